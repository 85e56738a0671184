//! Single property modifiers: a code of two bytes and an operand whose length the code tells ([MS-DOC] §2.2.5.1).

use crate::bytes::{u8_at, u16_at};

/// A modifier.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sprm<'a> {
    pub(super) code: u16,
    /// Its operand, without the length of operands that have one.
    pub(super) operand: &'a [u8],
}

impl Sprm<'_> {
    /// The operand as a switch.
    pub(super) fn is_on(&self) -> bool {
        self.operand.first().is_some_and(|&b| b & 1 == 1)
    }
}

/// Modifiers in a list of them; ends where the list stops making sense.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sprms<'a>(pub(super) &'a [u8]);

impl<'a> Iterator for Sprms<'a> {
    type Item = Sprm<'a>;

    fn next(&mut self) -> Option<Sprm<'a>> {
        let code = u16_at(self.0, 0)?;
        let rest = &self.0[2..];
        let (skip, length) = match (code, code >> 13) {
            // sprmTDefTable counts one byte too many, in two bytes.
            (0xd608, _) => (2, usize::from(u16_at(rest, 0)?).saturating_sub(1)),
            // sprmPChgTabs may be longer than its length can tell.
            (0xc615, _) if rest.first() == Some(&255) => (1, long_tabs(rest)?),
            (_, 6) => (1, usize::from(u8_at(rest, 0)?)),
            (_, 0 | 1) => (0, 1),
            (_, 3) => (0, 4),
            (_, 7) => (0, 3),
            _ => (0, 2),
        };
        let operand = rest.get(skip..skip + length)?;
        self.0 = &rest[skip + length..];
        Some(Sprm { code, operand })
    }
}

/// Tab stops deleted, four bytes each, and tab stops added, three bytes each, with their numbers in front (§2.9.183).
fn long_tabs(operand: &[u8]) -> Option<usize> {
    let deleted = usize::from(u8_at(operand, 1)?) * 4;
    let added = usize::from(u8_at(operand, 2 + deleted)?) * 3;
    Some(2 + deleted + added)
}
