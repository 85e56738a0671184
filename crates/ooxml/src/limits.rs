//! Bounds on what a hostile or broken file can make this crate do.
//!
//! Each is far above anything that a person writes, so that reaching one says that the file is not what it claims to
//! be.

/// Entries of the archive. A plain document has about fifteen, and one more for each picture.
pub const MAX_ENTRIES: u64 = 10_000;
/// Inflated size of one part. Counted while inflating: the size that the archive declares is not trusted.
pub const MAX_PART_BYTES: u64 = 64 << 20;
/// Nesting of XML elements. What is deeper is skipped.
pub const MAX_DEPTH: usize = 500;
/// `w:gridSpan` and `w:gridBefore`. Word allows 63 columns.
pub const MAX_SPAN: u32 = 1024;
/// Grid columns of a table.
pub const MAX_COLUMNS: u32 = 4096;
/// Rows × columns of a table, for those who lay the grid out.
pub const MAX_SLOTS: u64 = 4_000_000;
/// Paragraphs, rows and cells of a document together.
pub const MAX_NODES: u32 = 1_000_000;
