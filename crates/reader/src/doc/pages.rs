//! Formatted disk pages: which properties hold for which stretch of the file ([MS-DOC] §2.9.33, §2.9.175).
//!
//! A page is 512 bytes of the main stream: byte offsets of the stretches at its start, the properties from its end
//! upwards, the number of stretches in its last byte.

use crate::bytes::{stretch, u8_at, u32_at};

const PAGE: usize = 512;

/// Stretches kept of one kind. A report has some thousand.
const MAX_RUNS: usize = 2_000_000;

/// What the pages describe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Characters,
    Paragraphs,
}

/// A stretch of the main stream with the same properties.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    /// First byte, and byte after the last.
    pub(super) start: u32,
    pub(super) end: u32,
    /// Where the properties stand in the main stream.
    at: u32,
    length: u16,
}

impl Run {
    /// The properties as bytes: property modifiers, in pages of paragraphs with the style in front.
    pub(super) fn properties(self, stream: &[u8]) -> &[u8] {
        stretch(stream, self.at as usize, usize::from(self.length))
    }
}

/// All stretches of one kind, in the order of the file.
#[derive(Debug, Default)]
pub(super) struct Runs(Vec<Run>);

impl Runs {
    /// Reads the pages that a `PlcBteChpx` or `PlcBtePapx` lists, each of them once.
    pub(super) fn read(stream: &[u8], plc: &[u8], kind: Kind) -> Self {
        let mut runs = Vec::new();
        let count = plc.len().saturating_sub(4) / 8;
        let mut seen = vec![false; stream.len() / PAGE + 1];
        for i in 0..count {
            let number = u32_at(plc, 4 * (count + 1) + 4 * i).unwrap_or(0) & 0x3f_ffff;
            let Some(seen) = seen.get_mut(number as usize).filter(|seen| !**seen) else { continue };
            *seen = true;
            let start = number as usize * PAGE;
            if let Some(page) = stream.get(start..start + PAGE)
                && runs.len() < MAX_RUNS
            {
                read_page(page, start, kind, &mut runs);
            }
        }
        if !runs.is_sorted_by_key(|run| run.start) {
            runs.sort_by_key(|run| run.start);
        }
        Self(runs)
    }

    /// The stretch that holds a byte.
    pub(super) fn at(&self, offset: u32) -> Option<Run> {
        let after = self.0.partition_point(|run| run.start <= offset);
        self.0[..after].last().copied().filter(|run| offset < run.end)
    }

    /// Where the next stretch after a byte starts.
    pub(super) fn next_start(&self, offset: u32) -> u32 {
        let after = self.0.partition_point(|run| run.start <= offset);
        self.0.get(after).map_or(u32::MAX, |run| run.start)
    }
}

fn read_page(page: &[u8], at: usize, kind: Kind, runs: &mut Vec<Run>) {
    let count = usize::from(page[PAGE - 1]);
    let entry = if kind == Kind::Characters { 1 } else { 13 };
    for i in 0..count {
        let (Some(start), Some(end)) = (u32_at(page, 4 * i), u32_at(page, 4 * i + 4)) else { break };
        let Some(word) = u8_at(page, 4 * (count + 1) + entry * i) else { break };
        if end <= start {
            continue;
        }
        let offset = usize::from(word) * 2;
        let (from, length) = match (kind, word, u8_at(page, offset), u8_at(page, offset + 1)) {
            // Offset 0 stands for no properties.
            (_, 0, ..) | (.., None, _) => (0, 0),
            (Kind::Characters, _, Some(length), _) => (offset + 1, usize::from(length)),
            // The length counts pairs of bytes, less one byte; 0 says that it stands in the next byte (§2.9.181).
            (Kind::Paragraphs, _, Some(0), pairs) => (offset + 2, usize::from(pairs.unwrap_or(0)) * 2),
            (Kind::Paragraphs, _, Some(pairs), _) => (offset + 1, usize::from(pairs) * 2 - 1),
        };
        let length = length.min(PAGE - 1 - from.min(PAGE - 1)) as u16;
        runs.push(Run { start, end, at: (at + from) as u32, length });
    }
}
