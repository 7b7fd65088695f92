//! `Content-Disposition`: what a file is called when it is kept.

use std::fmt::Write as _;

/// The header's value that shows a file in place, or has it saved. Source: RFC 6266, 4; names in UTF-8 by RFC 8187, 3.2.
pub(super) fn disposition(is_download: bool, name: &str) -> String {
    let how = if is_download { "attachment" } else { "inline" };
    let plain: String = name
        .chars()
        .map(|c| if is_plain(c) { c } else { '_' })
        .collect();
    let mut encoded = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    format!("{how}; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

/// What old browsers read as it stands: some decode `%`.
fn is_plain(c: char) -> bool {
    (c.is_ascii_graphic() || c == ' ') && !"\"\\%".contains(c)
}

#[cfg(test)]
mod tests {
    use super::disposition;

    #[test]
    fn names_of_all_scripts_survive_and_none_breaks_out() {
        assert_eq!(
            disposition(true, "été 💍.jpg"),
            "attachment; filename=\"_t_ _.jpg\"; filename*=UTF-8''%C3%A9t%C3%A9%20%F0%9F%92%8D.jpg"
        );
        assert_eq!(
            disposition(false, "a\"; x=\"b.jpg"),
            "inline; filename=\"a_; x=_b.jpg\"; filename*=UTF-8''a%22%3B%20x%3D%22b.jpg"
        );
    }
}
