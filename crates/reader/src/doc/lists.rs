//! Automatic numbering: the `一、` that stands on the page and not in the text ([MS-DOC] §2.9.131, §2.9.150).
//!
//! A paragraph names a list override, an override names its list and may replace levels of it. Overrides of the same
//! list go on counting where the other stopped, unless they say where to start.

use std::collections::HashMap;

use nianbao_ooxml::NumberFormat;

use crate::bytes::{u8_at, u16_at, u32_at};

const LEVELS: usize = 9;

/// Lists and overrides kept.
const MAX_LISTS: usize = 1 << 14;

/// Length of a label in bytes. Longer ones would let a small file make a large text.
const MAX_LABEL: usize = 256;

/// The lists, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Lists {
    lists: HashMap<u32, List>,
    overrides: Vec<Override>,
}

#[derive(Debug, Default)]
struct List {
    levels: Vec<Level>,
    /// The last number given out on each level; none before the first.
    counts: [Option<u32>; LEVELS],
}

/// An `LFO`.
#[derive(Debug, Default)]
struct Override {
    list: u32,
    levels: Vec<LevelOverride>,
}

#[derive(Debug)]
struct LevelOverride {
    number: usize,
    /// Counting starts again here when the override is first used on this level.
    start: Option<u32>,
    level: Option<Level>,
}

/// An `LVL`.
#[derive(Debug, Default)]
struct Level {
    start: u32,
    format: NumberFormat,
    /// All numbers of the label in decimal digits.
    is_legal: bool,
    /// The first level whose use does not make this one start again, if it is not this one.
    restart: Option<usize>,
    /// Units below 9 stand for the numbers of the levels.
    pattern: Vec<u16>,
}

/// What stands in front of a numbered paragraph.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Label {
    pub(super) text: String,
    pub(super) is_bullet: bool,
}

/// Reads the lists, whose levels follow them, and the overrides, both from where they start to the end of the stream.
pub(super) fn read(lists: &[u8], overrides: &[u8]) -> Lists {
    let mut read = Lists::default();
    let count = usize::from(u16_at(lists, 0).unwrap_or(0)).min(MAX_LISTS);
    let mut at = 2 + 28 * count;
    for i in 0..count {
        let entry = 2 + 28 * i;
        let (Some(id), Some(flags)) = (u32_at(lists, entry), u8_at(lists, entry + 26)) else { break };
        let mut list = List::default();
        for _ in 0..if flags & 1 == 1 { 1 } else { LEVELS } {
            let Some((level, length)) = level(lists, at) else { break };
            list.levels.push(level);
            at += length;
        }
        read.lists.insert(id, list);
    }
    read.overrides = self::overrides(overrides);
    read
}

fn overrides(plf: &[u8]) -> Vec<Override> {
    let count = (u32_at(plf, 0).unwrap_or(0) as usize).min(MAX_LISTS);
    let mut at = 4 + 16 * count;
    let mut overrides = Vec::new();
    for i in 0..count {
        let entry = 4 + 16 * i;
        let (Some(list), Some(levels)) = (u32_at(plf, entry), u8_at(plf, entry + 12)) else { break };
        let mut read = Override { list, levels: Vec::new() };
        at += 4;
        for _ in 0..usize::from(levels).min(LEVELS) {
            let (Some(start), Some(flags)) = (u32_at(plf, at), u32_at(plf, at + 4)) else { break };
            at += 8;
            let replaced = if flags & 0x20 == 0 {
                None
            } else if let Some((level, length)) = level(plf, at) {
                at += length;
                Some(level)
            } else {
                break;
            };
            let (number, start) = ((flags & 0xf) as usize, (flags & 0x10 != 0).then_some(start));
            read.levels.push(LevelOverride { number, start, level: replaced });
        }
        overrides.push(read);
    }
    overrides
}

/// An `LVL` and its length (§2.9.149, §2.9.150).
fn level(bytes: &[u8], at: usize) -> Option<(Level, usize)> {
    let flags = u8_at(bytes, at + 5)?;
    let properties = usize::from(u8_at(bytes, at + 24)?) + usize::from(u8_at(bytes, at + 25)?);
    let text = at + 28 + properties;
    let length = usize::from(u16_at(bytes, text)?);
    let pattern = (0..length.min(MAX_LABEL)).map_while(|i| u16_at(bytes, text + 2 + 2 * i)).collect();
    let level = Level {
        start: u32_at(bytes, at)?,
        format: format(u8_at(bytes, at + 4)?),
        is_legal: flags & 4 != 0,
        restart: (flags & 8 != 0).then_some(usize::from(u8_at(bytes, at + 26)?)),
        pattern,
    };
    Some((level, 28 + properties + 2 + 2 * length))
}

/// The way to write numbers ([MS-OSHARED] §2.2.1.3).
fn format(code: u8) -> NumberFormat {
    match code {
        1 => NumberFormat::UpperRoman,
        2 => NumberFormat::LowerRoman,
        3 => NumberFormat::UpperLetter,
        4 => NumberFormat::LowerLetter,
        10 | 17 | 36 => NumberFormat::ChineseDigits,
        11 | 33 | 35 | 37 | 39 => NumberFormat::Chinese,
        14 | 19 => NumberFormat::FullWidth,
        16 | 34 | 38 => NumberFormat::ChineseLegal,
        18 | 28 => NumberFormat::Circled,
        22 => NumberFormat::DecimalZero,
        23 => NumberFormat::Bullet,
        26 => NumberFormat::Stopped,
        27 => NumberFormat::Parenthesized,
        30 => NumberFormat::HeavenlyStems,
        31 => NumberFormat::EarthlyBranches,
        255 => NumberFormat::None,
        _ => NumberFormat::Decimal,
    }
}

impl Lists {
    /// Counts one paragraph and returns its label; none if the list or level is not defined.
    pub(super) fn next(&mut self, number: i16, level: u8) -> Option<Label> {
        let replaced = self.overrides.get_mut(usize::try_from(number).ok()?.checked_sub(1)?)?;
        let list = self.lists.get_mut(&replaced.list)?;
        let level = usize::from(level).min(LEVELS - 1);
        let start = replaced.level(list, level)?.start;
        let restart = replaced.levels.iter_mut().find(|o| o.number == level).and_then(|o| {
            let start = o.start.take()?;
            Some(o.level.as_ref().map_or(start, |level| level.start))
        });
        let count = restart.or_else(|| Some(list.counts[level]?.saturating_add(1))).unwrap_or(start);
        list.counts[level] = Some(count);
        for deeper in level + 1..LEVELS {
            let restart = replaced.level(list, deeper).and_then(|deeper| deeper.restart);
            if restart.is_none_or(|restart| restart > level) {
                list.counts[deeper] = None;
            }
        }
        replaced.label(list, level)
    }
}

impl Override {
    fn level<'a>(&'a self, list: &'a List, number: usize) -> Option<&'a Level> {
        let replaced = self.levels.iter().filter(|o| o.number == number).find_map(|o| o.level.as_ref());
        replaced.or_else(|| list.levels.get(number))
    }

    fn label(&self, list: &List, level: usize) -> Option<Label> {
        let own = self.level(list, level)?;
        let mut text = String::new();
        if own.format == NumberFormat::Bullet {
            return Some(Label { text, is_bullet: true });
        }
        for unit in char::decode_utf16(own.pattern.iter().copied()) {
            let c = unit.unwrap_or('\u{fffd}');
            if text.len() > MAX_LABEL {
                break;
            }
            let referred = c as usize;
            if referred >= LEVELS {
                text.push(c);
                continue;
            }
            let other = self.level(list, referred);
            // A level that was not used yet shows its first number.
            let count = list.counts[referred].or(other.map(|other| other.start)).unwrap_or(1);
            let format = other.map(|other| other.format).unwrap_or_default();
            if own.is_legal { NumberFormat::Decimal } else { format }.write(count, &mut text);
        }
        Some(Label { text, is_bullet: false })
    }
}
