//! The title in the summary of the document ([MS-OLEPS] §2.21, [MS-OSHARED] §2.3.3.2.1).

use encoding_rs::{Encoding, UTF_16LE, WINDOWS_1252};

use crate::bytes::{stretch, u16_at, u32_at};

/// Name of the stream.
pub(super) const STREAM: &str = "\u{5}SummaryInformation";

const CODE_PAGE: u32 = 1;
const TITLE: u32 = 2;
/// Type of a string in the code page of the set.
const STRING: u32 = 0x1e;
/// Type of a string in UTF-16.
const WIDE_STRING: u32 = 0x1f;

/// Properties of a set; there are about twenty.
const MAX_PROPERTIES: usize = 256;

/// The title, unless it is blank or broken.
pub(super) fn title(stream: &[u8]) -> Option<String> {
    let set = stream.get(u32_at(stream, 44)? as usize..)?;
    let count = (u32_at(set, 4)? as usize).min(MAX_PROPERTIES);
    let property = |wanted: u32| {
        let at = (0..count).map(|i| 8 + 8 * i).find(|&at| u32_at(set, at) == Some(wanted))?;
        set.get(u32_at(set, at + 4)? as usize..)
    };
    let value = property(TITLE)?;
    let length = u32_at(value, 4)? as usize;
    let (encoding, length) = match u32_at(value, 0)? {
        STRING => {
            (property(CODE_PAGE).and_then(|value| u16_at(value, 4)).map_or(WINDOWS_1252, encoding), length)
        }
        WIDE_STRING => (UTF_16LE, length.saturating_mul(2)),
        _ => return None,
    };
    let (text, _) = encoding.decode_without_bom_handling(stretch(value, 8, length));
    let title = text.trim_matches(|c: char| c.is_whitespace() || c == '\0');
    (!title.is_empty() && !title.contains('\u{fffd}')).then(|| title.to_owned())
}

fn encoding(code_page: u16) -> &'static Encoding {
    match code_page {
        1200 => UTF_16LE,
        _ => crate::code_page::encoding(code_page.into()).unwrap_or(WINDOWS_1252),
    }
}
