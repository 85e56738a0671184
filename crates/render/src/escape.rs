//! Text inside markup.

/// Text for XML and HTML, as content or inside double quotes. Characters that XML 1.0 forbids become U+FFFD.
pub(crate) fn markup(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' => out.push(c),
            // A bare carriage return would be read back as a line feed.
            '\r' => out.push_str("&#13;"),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(c),
        }
    }
    out
}

/// A path as a terminal can show it, on one line: a name may hold line breaks and what a terminal takes for commands.
pub fn shown(path: &str) -> std::borrow::Cow<'_, str> {
    let unfit = |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if !path.contains(unfit) {
        return path.into();
    }
    let mut out = String::with_capacity(path.len());
    for c in path.chars() {
        if unfit(c) { out.extend(c.escape_default()) } else { out.push(c) }
    }
    out.into()
}

/// A path from the folder of the run, as those who compare it with names in a repository want it.
pub(crate) fn from_here(path: &str) -> String {
    path.replace('\\', "/").trim_start_matches("./").to_owned()
}

/// A path as a relative URI reference: everything but unreserved characters and `/` percent-encoded.
pub(crate) fn uri(path: &str) -> String {
    let path = from_here(path);
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(byte as char);
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_text() {
        assert_eq!(
            markup("<script>\"a\" & 'b'</script>\u{1}"),
            "&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/script&gt;\u{fffd}"
        );
    }

    #[test]
    fn names_cannot_command_the_terminal() {
        assert_eq!(shown("年报/a b.docx"), "年报/a b.docx");
        assert_eq!(shown("a\n\u{1b}[31mb\u{202e}.docx"), "a\\n\\u{1b}[31mb\\u{202e}.docx");
    }

    #[test]
    fn paths_become_uris() {
        assert_eq!(uri("./年报/a.docx"), uri("年报/a.docx"));
        assert_eq!(uri(r"年报\a b#1.docx"), "%E5%B9%B4%E6%8A%A5/a%20b%231.docx");
    }
}
