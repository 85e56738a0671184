//! Every limit that the readers keep, in one place.
//!
//! They are far above what any report needs and low enough that no file, however made, costs more than a moment
//! and some hundred megabytes. What is cut off is told by a note, never by an error; only a file that is too large
//! to be looked at is refused. Nesting needs no limit: no reader of text or HTML calls itself.

/// Largest file that is looked at, in bytes.
pub const INPUT: usize = 64 << 20;

/// Blocks (paragraphs, headings, pictures, tables) of one document.
pub const BLOCKS: usize = 200_000;

/// Cells of one document, over all its tables.
pub const CELLS: usize = 400_000;

/// Paragraphs and pictures in the cells of one document.
pub const PARTS: usize = 600_000;

/// Stretches of one text whose place is told apart.
pub const PIECES: usize = 1_000_000;

/// Rows of one table.
pub const ROWS: usize = 20_000;

/// Grid columns of one table.
pub const COLUMNS: usize = 2_000;

/// Largest `colspan` or `rowspan` that is believed.
pub const SPAN: u32 = 1_000;

/// Lines of plain text that are not blank.
pub const LINES: usize = 1_000_000;

/// How many bytes at the start are searched for a declared encoding.
pub(crate) const PRESCAN: usize = 16 << 10;

/// How many bytes the detector of undeclared encodings is fed.
pub(crate) const DETECT: usize = 128 << 10;

/// How many bytes at the start decide whether a decoded text is HTML.
pub(crate) const SNIFF: usize = 256 << 10;
