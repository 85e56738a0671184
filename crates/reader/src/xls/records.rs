//! Records: a number for the kind, a length, and data ([MS-XLS] §2.1.4).

use crate::bytes::u16_at;

pub(super) const FORMULA: u16 = 0x0006;
pub(super) const EOF: u16 = 0x000a;
pub(super) const DATEMODE: u16 = 0x0022;
pub(super) const FILEPASS: u16 = 0x002f;
pub(super) const CONTINUE: u16 = 0x003c;
pub(super) const COLINFO: u16 = 0x007d;
pub(super) const BOUNDSHEET: u16 = 0x0085;
pub(super) const MULRK: u16 = 0x00bd;
pub(super) const RSTRING: u16 = 0x00d6;
pub(super) const XF: u16 = 0x00e0;
pub(super) const MERGEDCELLS: u16 = 0x00e5;
pub(super) const SST: u16 = 0x00fc;
pub(super) const LABELSST: u16 = 0x00fd;
pub(super) const NUMBER: u16 = 0x0203;
pub(super) const LABEL: u16 = 0x0204;
pub(super) const BOOLERR: u16 = 0x0205;
pub(super) const STRING: u16 = 0x0207;
pub(super) const ROW: u16 = 0x0208;
pub(super) const RK: u16 = 0x027e;
pub(super) const FORMAT: u16 = 0x041e;
pub(super) const BOF: u16 = 0x0809;

/// Version of the format since Excel 97.
pub(super) const BIFF8: u16 = 0x0600;

/// A record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record<'a> {
    pub(super) kind: u16,
    pub(super) data: &'a [u8],
}

/// The records from some place of a stream on.
#[derive(Debug)]
pub(super) struct Records<'a> {
    stream: &'a [u8],
    at: usize,
}

impl<'a> Records<'a> {
    pub(super) fn new(stream: &'a [u8], at: usize) -> Self {
        Self { stream, at }
    }

    /// The next record; none at the end of the stream. Of a record cut short there is what there is.
    pub(super) fn next(&mut self) -> Option<Record<'a>> {
        let record = self.peek()?;
        self.at += 4 + record.data.len();
        Some(record)
    }

    fn peek(&self) -> Option<Record<'a>> {
        let kind = u16_at(self.stream, self.at)?;
        let length = usize::from(u16_at(self.stream, self.at + 2)?);
        let rest = &self.stream[self.at + 4..];
        Some(Record { kind, data: &rest[..length.min(rest.len())] })
    }

    /// The data of a record and of those that continue it.
    pub(super) fn with_continuations(&mut self, record: &Record<'a>) -> Vec<&'a [u8]> {
        let mut parts = vec![record.data];
        while let Some(next) = self.peek().filter(|next| next.kind == CONTINUE) {
            parts.push(next.data);
            self.at += 4 + next.data.len();
        }
        parts
    }
}
