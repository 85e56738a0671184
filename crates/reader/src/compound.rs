//! The compound file that a .doc or .xls is: a little file system of streams ([MS-CFB]).
//!
//! Only what stands in the root is looked at: documents embedded in the document have streams of the same names in
//! storages of their own. Chains are followed as far as they make sense, so that a file cut short still gives its
//! beginning; no chain is longer than the file, which bounds time and memory whatever the tables say.

use crate::bytes::{u16_at, u32_at};

const END_OF_CHAIN: u32 = 0xffff_fffe;
const HEADER: usize = 512;
/// Entries of the file allocation table that stand in the header.
const HEADER_DIFAT: usize = 109;
const ENTRY: usize = 128;

/// A compound file.
#[derive(Debug)]
pub(crate) struct Compound<'a> {
    bytes: &'a [u8],
    /// Bytes of a sector: 512, or 4096 in version 4.
    sector: usize,
    /// Sectors that hold the allocation table.
    fat: Vec<u32>,
    /// Smaller streams stand in the mini stream, in sectors of 64 bytes.
    cutoff: u64,
    mini_fat: Vec<u8>,
    mini_stream: Vec<u8>,
    streams: Vec<Entry>,
}

/// A stream of the root storage.
#[derive(Debug)]
struct Entry {
    name: String,
    start: u32,
    size: u64,
}

impl<'a> Compound<'a> {
    /// Opens a compound file; nothing if its header or directory cannot be made sense of.
    pub(crate) fn open(bytes: &'a [u8]) -> Option<Self> {
        // [MS-CFB] §2.2.
        let sector = match u16_at(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let cutoff = u64::from(u32_at(bytes, 56)?);
        let mut file = Self {
            bytes,
            sector,
            fat: Vec::new(),
            cutoff,
            mini_fat: Vec::new(),
            mini_stream: Vec::new(),
            streams: Vec::new(),
        };
        file.fat = file.fat_sectors();
        let directory = file.chain(u32_at(bytes, 48)?, u64::MAX);
        let root = directory.get(..ENTRY)?;
        file.mini_fat = file.chain(u32_at(bytes, 60)?, u64::MAX);
        file.mini_stream = file.chain(u32_at(root, 116)?, u64::from(u32_at(root, 120)?));
        file.streams = root_streams(&directory, sector);
        Some(file)
    }

    /// Whether there is a stream of this name in the root.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.streams.iter().any(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// The content of a stream in the root, as much of it as is there.
    pub(crate) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.streams.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))?;
        Some(if entry.size < self.cutoff {
            self.mini_chain(entry.start, entry.size)
        } else {
            self.chain(entry.start, entry.size)
        })
    }

    /// Sectors of the allocation table: the first ones are named in the header, the others in a chain of sectors.
    fn fat_sectors(&self) -> Vec<u32> {
        let sectors = self.bytes.len() / self.sector + 1;
        let header = (0..HEADER_DIFAT).map_while(|i| u32_at(self.bytes, 76 + 4 * i));
        let mut fat: Vec<u32> = header.take_while(|&s| s < END_OF_CHAIN).collect();
        let mut next = u32_at(self.bytes, 68).unwrap_or(END_OF_CHAIN);
        // Each sector of the chain names over a hundred others, so one that runs in a circle soon names too many.
        while next < END_OF_CHAIN && fat.len() < sectors {
            let Some(listed) = self.sector(next) else { break };
            let (entries, last) = listed.split_at(listed.len().saturating_sub(4));
            let entries = entries.chunks_exact(4).filter_map(|chunk| u32_at(chunk, 0));
            let before = fat.len();
            fat.extend(entries.take_while(|&s| s < END_OF_CHAIN));
            next = u32_at(last, 0).unwrap_or(END_OF_CHAIN);
            if fat.len() == before {
                break;
            }
        }
        fat
    }

    /// The bytes of a sector; fewer of the last one of a file cut short.
    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        let start = (number as usize).checked_add(1)?.checked_mul(self.sector)?;
        let end = start.checked_add(self.sector)?.min(self.bytes.len());
        self.bytes.get(start.max(HEADER)..end).filter(|sector| !sector.is_empty())
    }

    fn next(&self, number: u32) -> u32 {
        let entries = self.sector / 4;
        let table = self.fat.get(number as usize / entries).and_then(|&s| self.sector(s));
        table.and_then(|table| u32_at(table, number as usize % entries * 4)).unwrap_or(END_OF_CHAIN)
    }

    fn chain(&self, start: u32, size: u64) -> Vec<u8> {
        let size = usize::try_from(size).unwrap_or(usize::MAX).min(self.bytes.len());
        let mut content = Vec::new();
        let mut number = start;
        while content.len() < size
            && let Some(sector) = self.sector(number)
        {
            content.extend_from_slice(&sector[..sector.len().min(size - content.len())]);
            number = self.next(number);
        }
        content
    }

    fn mini_chain(&self, start: u32, size: u64) -> Vec<u8> {
        const MINI: usize = 64;
        let size = usize::try_from(size).unwrap_or(usize::MAX).min(self.mini_stream.len());
        let mut content = Vec::new();
        let mut number = start as usize;
        while content.len() < size
            && let Some(from) = number.checked_mul(MINI)
            && let Some(sector) = self.mini_stream.get(from..)
            && !sector.is_empty()
        {
            content.extend_from_slice(&sector[..sector.len().min(MINI).min(size - content.len())]);
            number = u32_at(&self.mini_fat, number.saturating_mul(4)).unwrap_or(END_OF_CHAIN) as usize;
        }
        content
    }
}

/// The streams of the root storage, which hang together as a binary tree (§2.6.4).
fn root_streams(directory: &[u8], sector: usize) -> Vec<Entry> {
    let entry = |id: u32| directory.chunks_exact(ENTRY).nth(id as usize);
    let mut seen = vec![false; directory.len() / ENTRY];
    let mut open: Vec<u32> = entry(0).and_then(|root| u32_at(root, 76)).into_iter().collect();
    let mut streams = Vec::new();
    while let Some(id) = open.pop() {
        let Some(found) = seen.get_mut(id as usize).filter(|seen| !**seen) else { continue };
        *found = true;
        let Some(bytes) = entry(id) else { continue };
        open.extend([u32_at(bytes, 68), u32_at(bytes, 72)].into_iter().flatten());
        if bytes[66] != 2 {
            continue;
        }
        let length = usize::from(u16_at(bytes, 64).unwrap_or(0)).min(64) / 2;
        let units = (0..length).filter_map(|i| u16_at(bytes, 2 * i)).take_while(|&unit| unit != 0);
        let name = char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect();
        let low = u64::from(u32_at(bytes, 120).unwrap_or(0));
        let high = u64::from(u32_at(bytes, 124).unwrap_or(0));
        // In version 3 the upper half may hold anything (§2.6.1).
        let size = if sector == 512 { low } else { low | high << 32 };
        streams.push(Entry { name, start: u32_at(bytes, 116).unwrap_or(END_OF_CHAIN), size });
    }
    streams
}
