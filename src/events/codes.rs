//! Event codes as people type them.

/// What was meant by a typed code: upper case, spaces and dashes dropped, look-alikes forgiven
/// (O is 0, I and L are 1, U is V; Crockford's base32). `None` when it cannot be a code.
pub fn normalise(typed: &str) -> Option<String> {
    let code: String = typed
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            'U' => 'V',
            other => other,
        })
        .collect();
    let is_code = code.len() == 8
        && code
            .bytes()
            .all(|c| c.is_ascii_digit() || c.is_ascii_uppercase());
    is_code.then_some(code)
}

#[cfg(test)]
mod tests {
    use super::normalise;

    #[test]
    fn look_alikes_case_and_dashes_are_forgiven() {
        assert_eq!(normalise(" 4oil-u7bz ").as_deref(), Some("4011V7BZ"));
        assert_eq!(normalise("4011v7bz").as_deref(), Some("4011V7BZ"));
        assert_eq!(normalise("short"), None);
        assert_eq!(normalise("../../etc"), None);
        assert_eq!(normalise("ÄÖÜ45678"), None);
    }
}
