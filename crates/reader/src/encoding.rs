//! Bytes to text: which encoding, and what could not be decoded.
//!
//! In order: a byte order mark; what the page declares, unless the bytes prove otherwise; UTF-8 where the bytes are
//! that; a guess from the bytes, with the habits of Chinese sites in mind.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

use crate::limits;
use crate::output::Remark;

/// A decoded file.
#[derive(Debug)]
pub(crate) struct Decoded<'a> {
    pub(crate) text: Cow<'a, str>,
    /// Name of the encoding.
    pub(crate) encoding: &'static str,
    /// The page declares another encoding.
    pub(crate) mislabelled: Option<Remark>,
}

/// Decodes a file that is text of some kind. Never fails: what cannot be decoded becomes U+FFFD.
pub(crate) fn decode(bytes: &[u8]) -> Decoded<'_> {
    decode_labelled(bytes, None)
}

/// As [`decode`], for bytes that come with the name of their encoding. It goes before what the page declares.
pub(crate) fn decode_labelled<'a>(bytes: &'a [u8], label: Option<&'static Encoding>) -> Decoded<'a> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return decoded(&bytes[mark..], encoding, None);
    }
    if let Some(encoding) = unmarked_utf16(bytes) {
        return decoded(bytes, encoding, None);
    }
    let declared = label.or_else(|| declared(bytes));
    let utf8 = Utf8Evidence::weigh(bytes);
    let encoding = match declared {
        Some(label) if label == UTF_8 => {
            if utf8.mostly() {
                UTF_8
            } else {
                guess(bytes)
            }
        }
        // Tools that fetch pages write them as UTF-8 and leave the declaration as it was. Text in one of the Chinese
        // encodings hardly ever is valid UTF-8, and then not with three bytes a character.
        Some(label) => {
            if utf8.errors == 0 && utf8.long > utf8.short {
                UTF_8
            } else {
                label
            }
        }
        None if utf8.mostly() => UTF_8,
        None => guess(bytes),
    };
    decoded(bytes, encoding, declared)
}

fn decoded<'a>(
    bytes: &'a [u8],
    encoding: &'static Encoding,
    declared: Option<&'static Encoding>,
) -> Decoded<'a> {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let mislabelled = declared
        .filter(|d| name(d) != name(encoding))
        .map(|d| Remark::Mislabelled { declared: name(d), used: name(encoding) });
    Decoded { text, encoding: name(encoding), mislabelled }
}

/// The name of an encoding. GB2312 and GBK pages are decoded as GB 18030, which contains both.
fn name(encoding: &'static Encoding) -> &'static str {
    if encoding == GBK { GB18030.name() } else { encoding.name() }
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    // What comes before the first character that is not ASCII tells nothing, and can be long.
    let start = Encoding::ascii_valid_up_to(bytes).saturating_sub(2);
    let sample = &bytes[start..];
    let sample = &sample[..sample.len().min(limits::DETECT)];
    detector.feed(sample, start + sample.len() == bytes.len());
    let guess = detector.guess(Some(b"cn"), Utf8Detection::Deny);
    // Bytes in Big5 are valid in GB 18030 as well, but then many of them are characters that nobody writes.
    if name(guess) == GB18030.name() {
        let odd = |encoding: &'static Encoding| {
            let (text, _) = encoding.decode_without_bom_handling(&sample[..sample.len().min(MOST_COMPARED)]);
            text.chars().filter(|c| matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{fffd}')).count()
        };
        let (simple, traditional) = (odd(guess), odd(BIG5));
        if simple > FEW_ODD && traditional * 10 < simple {
            return BIG5;
        }
    }
    guess
}

/// Bytes that are decoded twice to choose between two encodings.
const MOST_COMPARED: usize = 16_384;

/// Odd characters that a text may have in its own encoding.
const FEW_ODD: usize = 10;

/// How much the bytes look like UTF-8.
#[derive(Debug, Default)]
struct Utf8Evidence {
    /// Sequences that are none, but for the last one.
    errors: usize,
    /// Characters of two bytes.
    short: usize,
    /// Characters of three or four bytes.
    long: usize,
}

impl Utf8Evidence {
    fn weigh(bytes: &[u8]) -> Self {
        let mut evidence = Self::default();
        let mut chunks = bytes.utf8_chunks().peekable();
        while let Some(chunk) = chunks.next() {
            // A character cut off at the end of the file is no sign of another encoding.
            evidence.errors += usize::from(!chunk.invalid().is_empty() && chunks.peek().is_some());
            for lead in chunk.valid().bytes() {
                match lead {
                    0xc0..=0xdf => evidence.short += 1,
                    0xe0..=0xff => evidence.long += 1,
                    _ => {}
                }
            }
        }
        evidence
    }

    /// UTF-8 that has a few broken characters still is UTF-8.
    fn mostly(&self) -> bool {
        self.errors * 20 <= self.short + self.long
    }
}

/// UTF-16 without a mark shows by zero bytes on one side of its ASCII characters, line breaks at least.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096)];
    let (mut high, mut low) = (0, 0);
    for pair in sample.chunks_exact(2) {
        match pair {
            [0, b'\t' | b'\n' | b'\r' | b' '..=b'~'] => high += 1,
            [b'\t' | b'\n' | b'\r' | b' '..=b'~', 0] => low += 1,
            _ => {}
        }
    }
    let pairs = sample.len() / 2;
    let encoding = if low * 20 > pairs && high * 10 < low {
        UTF_16LE
    } else if high * 20 > pairs && low * 10 < high {
        UTF_16BE
    } else {
        return None;
    };
    let (text, _) = encoding.decode_without_bom_handling(sample);
    let odd = text.chars().filter(|&c| c == '\u{fffd}' || c == '\0' || ('\u{e000}'..'\u{f900}').contains(&c));
    (odd.count() * 20 <= pairs).then_some(encoding)
}

/// The encoding that an XML declaration or a `<meta>` states. A file read as bytes cannot be UTF-16 if that statement
/// could be found, so such a label means UTF-8, as in browsers.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(limits::PRESCAN)];
    let xml = (head.trim_ascii_start().starts_with(b"<?xml"))
        .then(|| head.split(|&b| b == b'>').next())
        .flatten()
        .and_then(|declaration| label_after(declaration, b"encoding"));
    let label = xml.or_else(|| {
        let mut rest = head;
        while let Some(at) = find(rest, b"<meta") {
            rest = &rest[at + 5..];
            let tag = rest.split(|&b| b == b'>').next()?;
            if let Some(label) = label_after(tag, b"charset") {
                return Some(label);
            }
        }
        None
    })?;
    let encoding = Encoding::for_label_no_replacement(label)?;
    Some(if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding })
}

/// The value in `key = "value"`, quoted or not.
fn label_after<'a>(tag: &'a [u8], key: &[u8]) -> Option<&'a [u8]> {
    let after = tag[find(tag, key)? + key.len()..].trim_ascii_start().strip_prefix(b"=")?;
    let start = after.iter().position(|b| !matches!(b, b'"' | b'\'') && !b.is_ascii_whitespace())?;
    let value = &after[start..];
    let end = value
        .iter()
        .position(|b| matches!(b, b'"' | b'\'' | b';' | b'/' | b'?') || b.is_ascii_whitespace())
        .unwrap_or(value.len());
    Some(&value[..end])
}

/// Where a lower-case ASCII word first stands, in any case.
pub(crate) fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).position(|w| w.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = "青石县水务局2023年政府信息公开工作年度报告";

    fn encoded(text: &str, encoding: &'static Encoding) -> Vec<u8> {
        encoding.encode(text).0.into_owned()
    }

    #[test]
    fn marks_win() {
        let mut utf16 = vec![0xff, 0xfe];
        utf16.extend(SAMPLE.encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(decode(&utf16).text, SAMPLE);
        assert_eq!(decode(&utf16).encoding, "UTF-16LE");
        let big: Vec<u8> =
            [0xfe, 0xff].into_iter().chain(SAMPLE.encode_utf16().flat_map(u16::to_be_bytes)).collect();
        assert_eq!(decode(&big).text, SAMPLE);
        assert_eq!(decode(format!("\u{feff}{SAMPLE}").as_bytes()).text, SAMPLE);
    }

    #[test]
    fn utf16_shows_without_a_mark() {
        let text = format!("{SAMPLE}\r\n2023 1 0 0 0\r\n");
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&bytes).text, text);
    }

    #[test]
    fn a_gb2312_page_may_use_all_of_gb18030() {
        let page =
            format!("<meta http-equiv=Content-Type content=\"text/html; charset=gb2312\">{SAMPLE}㑇㭎𠮷");
        let bytes = encoded(&page, GB18030);
        let read = decode(&bytes);
        assert_eq!((read.text.as_ref(), read.encoding), (page.as_str(), "gb18030"));
        assert!(read.mislabelled.is_none());
    }

    #[test]
    fn undeclared_gbk_is_guessed() {
        let bytes = encoded(SAMPLE, GBK);
        assert_eq!(decode(&bytes).text, SAMPLE);
    }

    #[test]
    fn a_wrong_declaration_is_seen_through() {
        let page = format!("<META CHARSET='gb2312'>{SAMPLE}");
        let read = decode(page.as_bytes());
        assert_eq!((read.text.as_ref(), read.encoding), (page.as_str(), "UTF-8"));
        assert!(read.mislabelled.is_some());

        let page = format!("<?xml version='1.0' encoding=\"UTF-8\"?><html>{SAMPLE}");
        let bytes = encoded(&page, GBK);
        assert_eq!(decode(&bytes).text, page);
    }

    #[test]
    fn utf8_cut_in_a_character_stays_utf8() {
        let read = decode(&SAMPLE.as_bytes()[..SAMPLE.len() - 1]);
        assert_eq!(read.encoding, "UTF-8");
        assert!(read.text.starts_with("青石县") && read.text.ends_with('\u{fffd}'));
    }

    #[test]
    fn lone_surrogates_do_not_stop_the_reader() {
        let units = [0xfeff, 0x4e00, 0xd800, 0x4e8c, 0xdc00];
        let bytes: Vec<u8> = units.into_iter().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&bytes).text, "一\u{fffd}二\u{fffd}");
    }
}
