//! What conversions leave in a text: bookmarks, field codes, anchors of tables of contents.

use std::ops::Range;

/// A stretch to leave out, and how a note names it.
pub(super) type Artefact = (Range<usize>, &'static str);

const MERGE_FORMAT: &str = "MERGEFORMAT";

/// The artefacts in a line, in their order and without overlap.
pub(super) fn find(line: &str) -> Vec<Artefact> {
    // Every artefact has one of these.
    if !line.contains(['[', '\\', '_', '"', '“']) {
        return Vec::new();
    }
    let mut found: Vec<Artefact> = Vec::new();
    let mut add = |word: &str, name: &'static str, extent: fn(&str, usize) -> Option<Range<usize>>| {
        let mut end = 0;
        for (at, _) in line.match_indices(word) {
            // What is part of an artefact is not looked at again, or a line full of them would take forever.
            if at >= end
                && let Some(range) = extent(line, at)
            {
                end = range.end;
                found.push((range, name));
            }
        }
    };
    add("[bookmark:", "[bookmark: …]", bookmark);
    add("HYPERLINK", "HYPERLINK \"…\"", field);
    add("PAGEREF", "PAGEREF _Toc…", field);
    add("TOC", "TOC \\o …", table_of_contents);
    add(MERGE_FORMAT, "PAGE \\* MERGEFORMAT", number_format);
    add("_Toc", "_Toc…", anchor);
    found.sort_by_key(|(range, _)| (range.start, usize::MAX - range.end));
    let mut end = 0;
    found.retain(|(range, _)| {
        let apart = range.start >= end;
        if apart {
            end = range.end;
        }
        apart
    });
    found
}

fn bookmark(line: &str, at: usize) -> Option<Range<usize>> {
    // Names of bookmarks have at most 40 characters.
    let end = line[at..].char_indices().take(60).find(|(_, c)| *c == ']')?.0;
    Some(at..at + end + 1)
}

/// A field code with its arguments: `HYPERLINK "…" \o "…"`, `PAGEREF _Toc1 \h`.
fn field(line: &str, at: usize) -> Option<Range<usize>> {
    if line[..at].ends_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    let word = line[at..].find(|c: char| !c.is_ascii_uppercase()).unwrap_or(line.len() - at);
    let arguments = arguments(&line[at + word..]);
    (arguments > 0).then_some(at..at + word + arguments)
}

fn table_of_contents(line: &str, at: usize) -> Option<Range<usize>> {
    line[at + 3..].trim_start().starts_with('\\').then(|| field(line, at)).flatten()
}

/// How long the arguments of a field are: quoted texts, switches (`\h`), anchors (`_Toc123`).
fn arguments(text: &str) -> usize {
    let mut length = 0;
    loop {
        let rest = &text[length..];
        let word = rest.trim_start_matches([' ', '\u{a0}', '\t']);
        let blank = rest.len() - word.len();
        let argument = if let Some(quoted) = word.strip_prefix(['"', '“']) {
            // No address is longer.
            match quoted.char_indices().take(1000).find(|(_, c)| matches!(c, '"' | '”')) {
                Some((end, close)) => word.len() - quoted.len() + end + close.len_utf8(),
                None => return length,
            }
        } else if word.starts_with('\\')
            && word[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '*')
        {
            2
        } else if word.starts_with(MERGE_FORMAT) {
            MERGE_FORMAT.len()
        } else if let Some(anchor) = word.strip_prefix("_Toc") {
            4 + anchor.find(|c: char| !c.is_ascii_digit()).unwrap_or(anchor.len())
        } else {
            return length;
        };
        length += blank + argument;
    }
}

/// `PAGE \* MERGEFORMAT`, with or without the name of the field.
fn number_format(line: &str, at: usize) -> Option<Range<usize>> {
    let before = line[..at].trim_end().strip_suffix("\\*")?.trim_end();
    let name = before.len() - before.trim_end_matches(|c: char| c.is_ascii_uppercase()).len();
    Some(before.len() - name..at + MERGE_FORMAT.len())
}

fn anchor(line: &str, at: usize) -> Option<Range<usize>> {
    let digits = line[at + 4..].bytes().take_while(u8::is_ascii_digit).count();
    (digits > 0).then_some(at..at + 4 + digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(line: &str) -> String {
        let mut kept = String::new();
        let mut from = 0;
        for (range, _) in find(line) {
            kept.push_str(&line[from..range.start]);
            from = range.end;
        }
        kept + &line[from..]
    }

    #[test]
    fn only_artefacts_go() {
        for (line, kept) in [
            ("[bookmark: _GoBack]2020年", "2020年"),
            ("见[bookmark: OLE_LINK1][bookmark: _Toc12]附件", "见附件"),
            ("HYPERLINK \"http://example.invalid/a\" \\o \"年报\" \\t \"_blank\"年报全文", "年报全文"),
            ("参见 HYPERLINK \\l \"_Toc88\" 一、总体情况 PAGEREF _Toc88 \\h 1", "参见  一、总体情况  1"),
            ("TOC \\o \"1-3\" \\h \\z \\u 目录", " 目录"),
            ("- PAGE  \\* MERGEFORMAT 3 -", "-  3 -"),
            ("\\* MERGEFORMAT", ""),
            ("HYPERLINK \"a\" \\* MERGEFORMAT 网址", " 网址"),
            ("_Toc123456总则", "总则"),
            ("[附件]、“引文”、a_b、PAGE 3、HYPERLINK、TOC", "[附件]、“引文”、a_b、PAGE 3、HYPERLINK、TOC"),
            ("[bookmark: 没有结束", "[bookmark: 没有结束"),
            ("HYPERLINK \"没有结束", "HYPERLINK \"没有结束"),
        ] {
            assert_eq!(without(line), kept, "{line}");
        }
    }
}
