//! Replacing words in a text or web page, every other byte as it was.
//!
//! A word is replaced only where it stands in the file exactly as it was read: a word that was joined over tags, or
//! written with entities, is refused. Only encodings are written in which every character can be found again by itself;
//! where decoding and encoding does not give the same bytes back, nothing is replaced.

use std::ops::Range;

use encoding_rs::{Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

use crate::encoding::{self, Decoded};
use crate::sniff::{self, Kind, TextKind};

/// Words to replace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replacement {
    /// Line of the first character, from 1.
    pub line: u32,
    /// Column of the first character, in characters from 1.
    pub column: u32,
    /// The words that stand there.
    pub old: String,
    /// The words that shall stand there.
    pub new: String,
}

/// A file with words replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patched {
    /// The new bytes.
    pub bytes: Vec<u8>,
    /// For every replacement whether it was made.
    pub made: Vec<bool>,
    /// The text before, decoded.
    pub before: String,
    /// The text after, decoded.
    pub after: String,
}

/// Replaces words in a text or web page; `None` for files of other kinds.
pub fn patch(bytes: &[u8], replacements: &[Replacement]) -> Option<Patched> {
    if !matches!(sniff::kind(bytes), Kind::Text) {
        return None;
    }
    let Decoded { text, encoding, .. } = encoding::decode(bytes);
    let html = match sniff::text_kind(&text) {
        TextKind::Html => true,
        TextKind::Plain => false,
        TextKind::FlatOdt | TextKind::Foreign(_) => return None,
    };
    let mark = Encoding::for_bom(bytes).map_or(0, |(_, length)| length);
    let whole = encode(&text, encoding).is_some_and(|b| b == bytes[mark..]);
    let lines = line_starts(&text);
    let mut made = vec![false; replacements.len()];
    let mut places: Vec<(Range<usize>, usize)> = Vec::new();
    for (i, wanted) in replacements.iter().enumerate() {
        let markup = html && wanted.new.contains(['<', '>', '&']);
        if let Some(range) =
            place(&text, &lines, wanted).filter(|_| whole && !markup && writable(&wanted.new, encoding))
        {
            places.push((range, i));
        }
    }
    places.sort_by_key(|(range, i)| (range.start, *i));
    let (mut after, mut at) = (String::with_capacity(text.len()), 0);
    for (range, i) in places {
        // Of two that overlap the first one is made; the other one's words are no longer what they were.
        if range.start < at {
            continue;
        }
        after.push_str(&text[at..range.start]);
        after.push_str(&replacements[i].new);
        at = range.end;
        made[i] = true;
    }
    after.push_str(&text[at..]);
    let mut out = bytes[..mark].to_vec();
    match encode(&after, encoding).filter(|_| whole) {
        Some(encoded) => out.extend(encoded),
        None => {
            made.fill(false);
            after = text.clone().into_owned();
            out = bytes.to_vec();
        }
    }
    Some(Patched { bytes: out, made, before: text.into_owned(), after })
}

/// Where the lines of a text begin: after LF, CR LF or a lone CR, as readers count them.
fn line_starts(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let ends = |i: &usize| bytes[*i] == b'\n' || (bytes[*i] == b'\r' && bytes.get(i + 1) != Some(&b'\n'));
    std::iter::once(0).chain((0..bytes.len()).filter(ends).map(|i| i + 1)).collect()
}

/// Where the old words stand, if they do.
fn place(text: &str, lines: &[usize], wanted: &Replacement) -> Option<Range<usize>> {
    let line = *lines.get(usize::try_from(wanted.line).ok()?.checked_sub(1)?)?;
    let column = usize::try_from(wanted.column).ok()?.checked_sub(1)?;
    let (offset, _) = text[line..].char_indices().nth(column)?;
    let start = line + offset;
    let found = !wanted.old.is_empty() && text[start..].starts_with(wanted.old.as_str());
    found.then(|| start..start + wanted.old.len())
}

/// A text in an encoding by its name; `None` where a character has no bytes there.
fn encode(text: &str, encoding: &str) -> Option<Vec<u8>> {
    let encoding = Encoding::for_label(encoding.as_bytes())?;
    if encoding == UTF_16LE {
        return Some(text.encode_utf16().flat_map(u16::to_le_bytes).collect());
    }
    if encoding == UTF_16BE {
        return Some(text.encode_utf16().flat_map(u16::to_be_bytes).collect());
    }
    // Encodings that switch between tables would not give the same bytes for the same words.
    if encoding != UTF_8 && encoding != GB18030 && encoding != GBK && !encoding.is_single_byte() {
        return None;
    }
    let (bytes, _, lossy) = encoding.encode(text);
    (!lossy).then(|| bytes.into_owned())
}

/// Whether words may be written: a page that was read as GB 18030 may be declared as GBK, which has no four-byte
/// characters.
fn writable(words: &str, encoding: &str) -> bool {
    Encoding::for_label(encoding.as_bytes()) != Some(GB18030) || !GBK.encode(words).2
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "标题\r\n\r\n我镇更好的服务群众，更好的公开。\r\n末行\n";

    fn wanted(line: u32, column: u32, old: &str, new: &str) -> Replacement {
        Replacement { line, column, old: old.into(), new: new.into() }
    }

    /// The file in an encoding, with a mark where asked for.
    fn file(text: &str, encoding: &str, mark: &[u8]) -> Vec<u8> {
        let mut bytes = mark.to_vec();
        bytes.extend(encode(text, encoding).unwrap());
        bytes
    }

    #[test]
    fn every_byte_outside_the_words_stays() {
        let edits = [wanted(3, 5, "的", "地"), wanted(3, 13, "的", "地")];
        for (encoding, mark) in [
            ("utf-8", &b""[..]),
            ("utf-8", b"\xef\xbb\xbf"),
            ("gb18030", b""),
            ("utf-16le", b"\xff\xfe"),
            ("utf-16be", b"\xfe\xff"),
        ] {
            let patched = patch(&file(TEXT, encoding, mark), &edits).unwrap();
            assert_eq!(patched.made, [true, true], "{encoding}");
            let expected = TEXT.replace("更好的", "更好地");
            assert_eq!(patched.bytes, file(&expected, encoding, mark), "{encoding}");
            assert_eq!((patched.before.as_str(), patched.after), (TEXT, expected));
        }
    }

    #[test]
    fn words_that_do_not_stand_there_are_refused() {
        let bytes = TEXT.as_bytes();
        for edit in [
            wanted(3, 4, "的", "地"),
            wanted(9, 1, "的", "地"),
            wanted(0, 0, "的", "地"),
            wanted(3, 99, "的", "地"),
            wanted(3, 5, "", "地"),
        ] {
            let patched = patch(bytes, std::slice::from_ref(&edit)).unwrap();
            assert_eq!((patched.made, patched.bytes.as_slice()), (vec![false], bytes), "{edit:?}");
        }
    }

    #[test]
    fn of_two_that_overlap_one_is_made() {
        let edits = [wanted(3, 3, "更好的", "更好地"), wanted(3, 5, "的", "地")];
        let patched = patch(TEXT.as_bytes(), &edits).unwrap();
        assert_eq!(patched.made, [true, false]);
        assert!(patched.after.contains("我镇更好地服务"));
    }

    #[test]
    fn pages_take_no_markup_and_words_across_tags_are_refused() {
        let page = "<html><body><p>更<b>好的</b>服务&nbsp;群众</p></body></html>";
        let at = |words: &str| page[..page.find(words).unwrap()].chars().count() as u32 + 1;
        let patched = patch(
            page.as_bytes(),
            &[
                wanted(1, at("更"), "更好的", "更好地"),
                wanted(1, at("的<"), "的", "<b>"),
                wanted(1, at("好的"), "好的", "好地"),
            ],
        )
        .unwrap();
        assert_eq!(patched.made, [false, false, true]);
        assert_eq!(patched.after, page.replace("好的", "好地"));
    }

    #[test]
    fn a_file_that_does_not_come_back_byte_for_byte_is_left_alone() {
        let mut bytes = file(TEXT, "gb18030", b"");
        bytes.extend(b"\xff\xff");
        if let Some(patched) = patch(&bytes, &[wanted(3, 5, "的", "地")]) {
            assert_eq!((patched.made, patched.bytes), (vec![false], bytes));
        }
        assert_eq!(patch(b"PK\x03\x04whatever", &[]), None);
    }
}
