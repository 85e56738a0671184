//! A .docx as a package: its body as paragraphs and tables that know where they stand, byte for byte.
//!
//! This crate knows WordprocessingML (ECMA-376, ISO/IEC 29500, transitional and strict) and nothing of reports. It
//! touches no file and starts no thread, and reads whatever bytes it is given without panicking, within the [`limits`].
//!
//! ```no_run
//! # fn main() -> Result<(), nianbao_ooxml::Error> {
//! # let bytes: &[u8] = &[];
//! use nianbao_ooxml::{Block, Package};
//!
//! let package = Package::open(bytes)?;
//! for block in &package.body().blocks {
//!     if let Block::Table(table) = block {
//!         let cell = &table.rows[0].cells[0];
//!         let xml = &package.document_xml()[cell.range.start as usize..cell.range.end as usize];
//!         assert!(xml.starts_with(b"<w:tc"));
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # What is read
//!
//! The body is read in the final view of tracked changes: insertions are in, deletions (runs, paragraph marks, rows,
//! cells) are out. Content controls, hyperlinks, fields and unknown wrappers are looked through at every level. Headers,
//! footers, footnotes and comments are not body text. [`Notes`] counts what a reader of the text should know about.

mod archive;
mod body;
mod container;
mod element;
mod error;
mod field;
mod formatting;
pub mod limits;
mod model;
mod namespace;
mod numbering;
mod numeral;
mod package;
mod paragraph;
mod properties;
mod relationships;
mod styles;
mod symbol;
mod table;
pub mod xml;

pub use archive::Archive;
pub use error::{ENTRIES, Error};
pub use model::{Block, Body, Cell, Notes, Numbering, Paragraph, Piece, Row, Source, Style, Table};
pub use numeral::Format as NumberFormat;
pub use package::Package;
