//! The JSON form of a document: what `nianbao extract --document` writes, one object a file.

use schemars::JsonSchema;
use serde::Serialize;

use super::{ExtractedNote, FileError, VERSION};
use crate::document::{Block, Cell, Document, FileKind, Layout, Location, Text};

/// One file: its blocks as the reader understood them, or why it could not be read.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "document", deny_unknown_fields)]
pub struct DocumentFile {
    /// The path as given on the command line.
    pub path: String,
    /// What the reader understood, if the file could be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<ExtractedDocument>,
    /// Why the file could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<FileError>,
}

/// The blocks of a file, with their positions and no meaning.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ExtractedDocument {
    /// Version of this contract.
    pub schema_version: u32,
    /// What kind of file it is, by its content.
    pub kind: FileKind,
    /// The encoding it was decoded from; `null` for packages.
    pub encoding: Option<String>,
    /// What the file says about itself outside its body.
    pub metadata: ExtractedMetadata,
    /// The body, in the order of the file.
    pub blocks: Vec<ExtractedBlock>,
    /// What the reader left out or had to guess.
    pub notes: Vec<ExtractedNote>,
}

/// What a file says about itself outside its body.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ExtractedMetadata {
    /// Its title.
    pub title: Option<String>,
    /// Its date of publication, as stated.
    pub published: Option<String>,
    /// Its site or publisher, as stated.
    pub publisher: Option<String>,
}

/// One block of the body.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename_all = "lowercase")]
#[schemars(deny_unknown_fields)]
pub enum ExtractedBlock {
    /// A paragraph that the file marks as a heading.
    Heading {
        /// 1 to 6, as the file says.
        level: u8,
        /// Its text.
        text: String,
        /// Where it stands.
        location: Location,
    },
    /// Any other paragraph.
    Paragraph {
        /// Its text; lines in it are separated by line breaks.
        text: String,
        /// Where it stands.
        location: Location,
    },
    /// A picture.
    Image {
        /// Its alternative text.
        text: String,
        /// Where it stands.
        location: Location,
    },
    /// A table.
    Table {
        /// `grid`: spans are known; `flow`: they were lost; `lines`: rows were brought back from labels.
        layout: Layout,
        /// Where it starts.
        location: Location,
        /// Its rows from top to bottom.
        rows: Vec<ExtractedRow>,
    },
}

/// A row of a table.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ExtractedRow {
    /// The cells that start in it, from left to right.
    pub cells: Vec<ExtractedCell>,
}

/// A cell of a table.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ExtractedCell {
    /// Its text; paragraphs in it are separated by line breaks.
    pub text: String,
    /// Its first grid column, from 1.
    pub column: u32,
    /// How many grid columns it covers.
    pub colspan: u32,
    /// How many rows it covers.
    pub rowspan: u32,
    /// Whether a picture stands in it.
    pub image: bool,
    /// Where it stands.
    pub location: Location,
}

impl From<&Cell> for ExtractedCell {
    fn from(cell: &Cell) -> Self {
        Self {
            text: cell.text.value.clone(),
            column: cell.column.saturating_add(1),
            colspan: cell.colspan,
            rowspan: cell.rowspan,
            image: cell.has_image,
            location: cell.text.location,
        }
    }
}

impl From<&Block> for ExtractedBlock {
    fn from(block: &Block) -> Self {
        let said = |text: &Text| (text.value.clone(), text.location);
        match block {
            Block::Heading { level, text } => {
                let (text, location) = said(text);
                Self::Heading { level: *level, text, location }
            }
            Block::Paragraph(text) => {
                let (text, location) = said(text);
                Self::Paragraph { text, location }
            }
            Block::Image(text) => {
                let (text, location) = said(text);
                Self::Image { text, location }
            }
            Block::Table(table) => {
                let rows = table
                    .rows
                    .iter()
                    .map(|r| ExtractedRow { cells: r.cells.iter().map(Into::into).collect() });
                Self::Table { layout: table.layout, location: table.location, rows: rows.collect() }
            }
        }
    }
}

impl From<&Document> for ExtractedDocument {
    fn from(document: &Document) -> Self {
        let metadata = &document.metadata;
        Self {
            schema_version: VERSION,
            kind: document.kind,
            encoding: document.encoding.map(str::to_owned),
            metadata: ExtractedMetadata {
                title: metadata.title.clone(),
                published: metadata.published.clone(),
                publisher: metadata.publisher.clone(),
            },
            blocks: document.blocks.iter().map(Into::into).collect(),
            notes: document.notes.iter().map(Into::into).collect(),
        }
    }
}
