//! Texts: characters of one or of two bytes, cut by the ends of records anywhere ([MS-XLS] §2.5.293, §2.5.294).

use crate::bytes::{u8_at, u16_at, u32_at};
use crate::xlsx::MAX_STRINGS;

/// Characters of two bytes each.
const WIDE: u8 = 0x01;
/// Data of an input method follow.
const EXTENDED: u8 = 0x04;
/// Formatting follows.
const RICH: u8 = 0x08;

/// The texts that cells share (§2.4.265).
pub(super) fn shared(parts: &[&[u8]]) -> Vec<String> {
    let mut cursor = Cursor { parts, part: 0, at: 8 };
    let count = parts.first().and_then(|data| u32_at(data, 4)).unwrap_or(0) as usize;
    let mut strings = Vec::new();
    while strings.len() < count.min(MAX_STRINGS) {
        let Some(text) = cursor.string() else { break };
        strings.push(text);
    }
    strings
}

/// A text with a length of two bytes that starts at an offset.
pub(super) fn long(parts: &[&[u8]], at: usize) -> Option<String> {
    Cursor { parts, part: 0, at }.string()
}

/// A text with a length of one byte.
pub(super) fn short(data: &[u8], at: usize) -> Option<String> {
    let length = u8_at(data, at)?;
    let flags = u8_at(data, at + 1)?;
    Cursor { parts: &[data], part: 0, at: at + 2 }.characters(length.into(), flags)
}

/// A place in records that continue each other.
struct Cursor<'a> {
    parts: &'a [&'a [u8]],
    part: usize,
    at: usize,
}

impl Cursor<'_> {
    fn data(&self) -> Option<&[u8]> {
        self.parts.get(self.part).copied()
    }

    /// Goes on to the next record at the end of one.
    fn settle(&mut self) -> Option<()> {
        while self.at >= self.data()?.len() {
            self.at -= self.data()?.len();
            self.part += 1;
        }
        Some(())
    }

    fn string(&mut self) -> Option<String> {
        self.settle()?;
        // The head of a text is not cut.
        let length = u16_at(self.data()?, self.at)?;
        let flags = u8_at(self.data()?, self.at + 2)?;
        self.at += 3;
        let mut after = 0;
        if flags & RICH != 0 {
            after += 4 * usize::from(u16_at(self.data()?, self.at)?);
            self.at += 2;
        }
        if flags & EXTENDED != 0 {
            after += u32_at(self.data()?, self.at)? as usize;
            self.at += 4;
        }
        let text = self.characters(length.into(), flags)?;
        self.at = self.at.saturating_add(after);
        Some(text)
    }

    /// Characters; in each record that continues them a byte in front tells anew how wide they are.
    fn characters(&mut self, mut count: usize, flags: u8) -> Option<String> {
        let mut units = Vec::with_capacity(count);
        let mut is_wide = flags & WIDE != 0;
        loop {
            let rest = self.data()?.get(self.at..).unwrap_or_default();
            let width = if is_wide { 2 } else { 1 };
            let here = count.min(rest.len() / width);
            if is_wide {
                units.extend(
                    rest[..2 * here].chunks_exact(2).map(|unit| u16::from_le_bytes([unit[0], unit[1]])),
                );
            } else {
                units.extend(rest[..here].iter().map(|&byte| u16::from(byte)));
            }
            self.at += here * width;
            count -= here;
            if count == 0 {
                break;
            }
            if self.part + 1 >= self.parts.len() {
                return None;
            }
            self.part += 1;
            is_wide = u8_at(self.data()?, 0)? & WIDE != 0;
            self.at = 1;
        }
        Some(char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_cut_by_records() {
        // Four characters of two bytes, cut after the first, which go on in one byte each.
        let first = [[1, 0, 0, 0, 2, 0, 0, 0].as_slice(), &[4, 0, 1, 0x32, 0x75]].concat();
        let second = [&[0, b'a', b'b', b'c'][..], &[1, 0, 0, b'z']].concat();
        assert_eq!(shared(&[&first, &second]), ["甲abc", "z"]);
        assert_eq!(shared(&[&first]), [""; 0]);
        assert_eq!(short(&[2, 0, b'a', b'b'], 0).as_deref(), Some("ab"));
        assert_eq!(short(&[3, 0, b'a', b'b'], 0), None);
        // With formatting and data of an input method behind it.
        let rich = [2, 0, 0x0c, 1, 0, 2, 0, 0, 0, b'a', b'b', 9, 9, 9, 9, 8, 8, 1, 0, 0, b'c'];
        let mut cursor = Cursor { parts: &[&rich], part: 0, at: 0 };
        assert_eq!((cursor.string().as_deref(), cursor.string().as_deref()), (Some("ab"), Some("c")));
    }
}
