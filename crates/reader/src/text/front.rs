//! The head of a Markdown file: what pandoc, trafilatura and site generators put before the text, between two lines `---`.

use std::ops::Range;

use super::lines::Line;

/// No head has more lines.
const MOST_LINES: usize = 60;

/// The head of a file.
#[derive(Debug, Default)]
pub(super) struct Front {
    /// How many lines it takes.
    pub(super) lines: usize,
    /// Where its title stands.
    pub(super) title: Option<Range<usize>>,
    /// Its date, as written.
    pub(super) date: Option<String>,
}

/// The head, if the file begins with one: every line of it names something.
pub(super) fn read(source: &str, lines: &[Line]) -> Option<Front> {
    let text = |line: &Line| line.text(source).trim_end().to_owned();
    let first = lines.first().filter(|l| text(l) == "---" && source[..l.start].trim().is_empty())?;
    let end =
        lines.iter().take(MOST_LINES).skip(1).position(|l| matches!(text(l).as_str(), "---" | "..."))?;
    let mut front = Front { lines: end + 2, ..Front::default() };
    for line in &lines[1..=end] {
        let words = line.text(source);
        // Lists and what goes over several lines is indented.
        if words.starts_with([' ', '\t', '-']) {
            continue;
        }
        let (name, value) = words.split_once(':')?;
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')) {
            return None;
        }
        let kept = value.trim().trim_matches(['"', '\'']);
        let start = line.start + words.len() - value.trim_start().len();
        let start = start + value.trim_start().find(kept).unwrap_or(0);
        match name {
            "title" if !kept.is_empty() => front.title = Some(start..start + kept.len()),
            "date" if !kept.is_empty() => front.date = Some(kept.to_owned()),
            _ => {}
        }
    }
    (first.start < lines[end + 1].start).then_some(front)
}

#[cfg(test)]
mod tests {
    use super::super::lines::split;
    use super::*;

    fn title(source: &str) -> Option<Option<&str>> {
        read(source, &split(source).0).map(|front| front.title.map(|t| &source[t]))
    }

    #[test]
    fn titles_of_heads() {
        for (source, expected) in [
            ("---\ntitle: 甲局年报\n---\n正文", Some(Some("甲局年报"))),
            ("---\ntitle: \"甲局年报\"\nauthor:\n- 乙\ndate: 2023-01-05\n...\n", Some(Some("甲局年报"))),
            ("---\nurl: http://example.invalid/\n---\n", Some(None)),
            ("---\n第一段：不是文件头\n---\n", None),
            ("---\ntitle: 没有结尾\n正文", None),
            ("正文\n---\ntitle: 甲\n---\n", None),
            ("", None),
        ] {
            assert_eq!(title(source), expected, "{source}");
        }
        assert_eq!(
            read("---\ndate: 2023-01-05\n---\n", &split("---\ndate: 2023-01-05\n---\n").0)
                .unwrap()
                .date
                .as_deref(),
            Some("2023-01-05")
        );
    }
}
