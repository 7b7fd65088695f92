//! Names and mail addresses as people type them, and as they are kept.

/// Most characters of a first or last name.
pub const NAME_MOST: usize = 80;
/// Most characters of a mail address. Source: RFC 5321 §4.5.3.1.3, without the angle brackets.
const EMAIL_MOST: usize = 254;

/// A name without spaces at its ends and without control characters, or the Fluent key of its problem.
pub fn name(typed: &str) -> Result<String, &'static str> {
    let name: String = typed.trim().chars().filter(|c| !c.is_control()).collect();
    if name.is_empty() {
        Err("field-needed")
    } else if name.chars().count() > NAME_MOST {
        Err("field-too-long")
    } else {
        Ok(name)
    }
}

/// A mail address as it is kept, trimmed and in lower case, or the Fluent key of its problem.
pub fn email(typed: &str) -> Result<String, &'static str> {
    let email = typed.trim().to_lowercase();
    if email.is_empty() {
        return Err("field-needed");
    }
    if email.chars().count() > EMAIL_MOST {
        return Err("field-too-long");
    }
    let domain = email.rsplit('@').next().unwrap_or_default();
    let is_whole = domain.contains('.') && email.parse::<lettre::Address>().is_ok();
    if is_whole {
        Ok(email)
    } else {
        Err("email-incomplete")
    }
}

/// The initials shown in the frame, at most two, upper-case.
pub fn initials(first: &str, last: &str) -> String {
    [first, last]
        .iter()
        .filter_map(|name| name.chars().next())
        .flat_map(char::to_uppercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_kept_in_one_form() {
        assert_eq!(email(" Mara@Example.COM "), Ok("mara@example.com".into()));
        for typed in [
            "mara",
            "mara@example",
            "@example.com",
            "a b@example.com",
            "a@b..com",
            "a@b.com, c@d.com",
            "a@b.com\r\nBcc: x@y.z",
        ] {
            assert_eq!(email(typed), Err("email-incomplete"), "{typed}");
        }
        assert_eq!(
            email(&format!("{}@example.com", "a".repeat(250))),
            Err("field-too-long")
        );
    }

    #[test]
    fn names_may_be_in_any_script_but_not_endless() {
        assert_eq!(name(" Złota\u{0} "), Ok("Złota".into()));
        assert_eq!(name(" \t"), Err("field-needed"));
        assert_eq!(name(&"ü".repeat(81)), Err("field-too-long"));
        assert_eq!(initials("ärne", "Ōta"), "ÄŌ");
    }
}
