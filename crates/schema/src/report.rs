//! The understood report (年报): what recognition makes of a document.

use std::ops::Range;

use serde::Serialize;

use crate::claim::Claim;
use crate::document::{Location, Note, Text};
use crate::form::{Form, Table};
use crate::organ::{Level, OrganKind, Scope};
use crate::value::{Reading, Value};
use crate::{CellId, Edition};

/// A report as understood. Recognition never fails: what could not be understood is absent here and said in `notes`.
#[derive(Debug, Clone)]
pub struct Report {
    /// The official form that the file follows, by its labels; without any, by its year.
    pub edition: Edition,
    /// How the edition was decided.
    pub edition_basis: EditionBasis,
    /// The report year (数据年度).
    pub year: Option<u16>,
    /// Every statement of a year that counts as one of the report's own.
    pub year_evidence: Vec<YearEvidence>,
    /// The organ whose report it is.
    pub organ: Option<Organ>,
    /// The title, joined if it was broken over lines.
    pub title: Option<Title>,
    /// The period of the statistics, if stated.
    pub period: Option<Period>,
    /// When it was published, if the user or the page says so.
    pub publication: Option<Publication>,
    /// Month and day of the following year by which local rules want it published.
    pub deadline: Option<(u8, u8)>,
    /// Address of the page, if the page states it.
    pub url: Option<String>,
    /// All lines of prose from the title on, in order; table cells are not among them.
    pub lines: Vec<Line>,
    /// The sections found, in the order of the file.
    pub sections: Vec<Section>,
    /// The tables found, one entry for every official table that was found.
    pub tables: Vec<FoundTable>,
    /// Labels of the tables as read, in the order of the file.
    pub labels: Vec<LabelReading>,
    /// The numbers of the prose and what they say, in the order of the file.
    pub claims: Vec<Claim>,
    /// What was not placed, and other remarks of reader and recognition.
    pub notes: Vec<Note>,
    /// Readings by [`CellId::index`].
    cells: Vec<Option<Reading>>,
}

/// How the edition was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditionBasis {
    /// By labels that only one form has: how many of each edition were seen.
    Labels(Vec<(Edition, usize)>),
    /// No such label was seen; by the report year.
    Year,
    /// Neither; the newest form is assumed.
    Assumed,
}

/// Where a year was stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum YearSource {
    /// In the title.
    Title,
    /// In the period of the statistics.
    Period,
    /// At the beginning of a paragraph or most often in the prose.
    Prose,
}

/// A statement of the report's year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearEvidence {
    /// The year.
    pub year: u16,
    /// Where it was stated.
    pub source: YearSource,
    /// Index of the line in [`Report::lines`] and the bytes of the year in it; `None` for the title.
    pub at: Option<(usize, Range<usize>)>,
    /// How often it was stated there.
    pub times: usize,
}

/// The organ whose report it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organ {
    /// Its name as in the title.
    pub name: String,
    /// Its kind, if the name shows it or it was given.
    pub kind: Option<OrganKind>,
    /// Its level, if known.
    pub level: Option<Level>,
    /// Whether kind (and level) were given by the user and not inferred.
    pub given: bool,
    /// Other names of it that the user gave.
    pub aliases: Vec<String>,
    /// What it is besides its kind, as the user says: a zone that also governs a town (区镇合一).
    pub also: Vec<OrganKind>,
    /// Whose figures the report counts, if the user said so.
    pub scope: Option<Scope>,
}

impl Organ {
    /// Its kind and what it is besides.
    pub fn kinds(&self) -> impl Iterator<Item = OrganKind> {
        self.kind.into_iter().chain(self.also.iter().copied())
    }

    /// Its name and its other names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.aliases.iter().map(String::as_str))
    }
}

/// The title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// Its text, lines joined.
    pub text: String,
    /// Where it starts.
    pub location: Location,
    /// Byte range of the year in `text`.
    pub year: Option<Range<usize>>,
}

/// The period of the statistics (统计期限).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// First day: year, month, day, as written.
    pub from: (u16, u8, u8),
    /// Last day.
    pub to: (u16, u8, u8),
    /// Index of the line in [`Report::lines`], and the bytes of the statement in it.
    pub at: (usize, Range<usize>),
}

/// A day: year, month, day.
pub type Day = (u16, u8, u8);

/// When a report was published (发布日期).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// The day.
    pub day: Day,
    /// Who says so.
    pub basis: PublicationBasis,
}

/// Who says when a report was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PublicationBasis {
    /// The user.
    Given,
    /// The page. Systems that move pages rewrite such dates, so it is called the page's date (页面日期) and no more.
    Page {
        /// Its words: `发布日期：2024-01-20`.
        words: String,
        /// Where they stand; `None` in the head of the page.
        location: Option<Location>,
    },
}

/// What part a line of prose plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Before the title: menus, metadata of the page.
    Chrome,
    /// The title or a repetition of it.
    Title,
    /// Between title and the first section.
    Preamble,
    /// The heading of a section.
    Heading,
    /// The heading of one of the five parts of section one.
    PartHeading,
    /// Prose.
    Body,
    /// A cell of a table that the file has as lines of text.
    TableText,
}

/// A line (paragraph) of prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its text.
    pub text: Text,
    /// What part it plays.
    pub role: Role,
    /// Number of the section that it belongs to, 0 before the first.
    pub section: u8,
    /// Number of the part of section one that it belongs to, 0 for none.
    pub part: u8,
}

impl Line {
    /// Whether it is prose of the report: preamble or body.
    pub fn is_prose(&self) -> bool {
        matches!(self.role, Role::Preamble | Role::Body)
    }
}

/// How a heading compares with the official one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum HeadingMatch {
    /// The official words with the official number, or words that the law itself uses.
    Official,
    /// The official words, but without a number.
    NumberLost,
    /// The official words with another number.
    OtherNumber,
    /// Other words that mean the section.
    Variant,
}

/// A section as found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// 1 to 6 by the form, whatever number is printed.
    pub number: u8,
    /// Index of its heading in [`Report::lines`].
    pub heading: usize,
    /// The lines that follow up to the next heading (indices into [`Report::lines`]).
    pub body: Range<usize>,
    /// How the heading compares with the official one.
    pub matched: HeadingMatch,
    /// The parts found (section one only): number, index of the line that starts it, and its lines.
    pub parts: Vec<Part>,
    /// How many tables stand in it, recognised or not.
    pub tables: usize,
    /// How many pictures stand in it.
    pub images: usize,
}

/// One of the five parts of section one, as found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// 1 to 5 by the form.
    pub number: u8,
    /// Index of the line that starts it.
    pub heading: usize,
    /// Whether the heading is followed by text on the same line.
    pub run_in: bool,
    /// Its lines (indices into [`Report::lines`]); the first one is the heading line itself if `run_in`.
    pub body: Range<usize>,
}

/// An official table as found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundTable {
    /// `disclosure`, `applications` or `review`.
    pub id: &'static str,
    /// Where it starts.
    pub location: Location,
    /// Ids of the official rows that were found (`""` for the row without label).
    pub rows: Vec<&'static str>,
    /// Official rows that were found but whose cells could not be placed, with the reason.
    pub unplaced: Vec<Unplaced>,
}

/// An official row whose cells could not be placed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unplaced {
    /// Id of the row.
    pub row: &'static str,
    /// Where it stands.
    pub location: Location,
    /// Why.
    pub reason: UnplacedReason,
}

impl UnplacedReason {
    /// A stable kebab-case word for the reason.
    pub fn id(self) -> &'static str {
        match self {
            Self::CellCount { .. } => "cell-count",
            Self::Header => "header",
            Self::OtherForm => "other-form",
            Self::Twice => "twice",
            Self::Contradicted => "contradicted",
            Self::Glued => "glued",
            Self::Wrapped => "wrapped",
            Self::Scattered => "scattered",
            Self::Lost => "lost",
        }
    }

    /// Whether only a conversion can have done that, and no author.
    pub fn is_extraction(self) -> bool {
        matches!(self, Self::Glued | Self::Wrapped | Self::Scattered | Self::Lost)
    }
}

/// Why the cells of a row could not be placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnplacedReason {
    /// It has another number of cells than its header has columns.
    CellCount {
        /// Cells after the label.
        seen: usize,
        /// Columns of the form.
        expected: usize,
    },
    /// The header above it was not understood.
    Header,
    /// Some columns of the header belong to another form.
    OtherForm,
    /// The row occurs twice with different values; the first one counts.
    Twice,
    /// The row occurs twice in a table or section with different values, and nothing says which of both counts.
    Contradicted,
    /// Its cells were run together by a conversion and cannot be divided with certainty (`规章120`).
    Glued,
    /// Its numbers go over several lines that a conversion did not keep together.
    Wrapped,
    /// The table became loose text in a conversion: which words and numbers make a row cannot be told.
    Scattered,
    /// A conversion left out the content of the table.
    Lost,
}

/// What a label is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LabelKind {
    /// The row above a block, e.g. 第二十条第（一）项.
    Caption,
    /// A column header.
    Column,
    /// A row label.
    Row,
}

/// How a label compares with the official one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LabelMatch {
    /// The official words; layout, numbering style and bracketed notes do not count.
    Official,
    /// A label of another form that means the same row or column.
    OtherForm(Edition),
    /// Nearly the official words: that many characters differ.
    Near(usize),
    /// The official words with further text around them.
    Extra,
    /// The beginning of the official words; the rest is lost.
    Truncated,
    /// No label at all; the place of the row decided.
    Missing,
}

/// A label of a table as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelReading {
    /// Table that it belongs to.
    pub table: &'static str,
    /// What it is for.
    pub kind: LabelKind,
    /// The official words.
    pub official: String,
    /// The words as they stand in the file.
    pub text: Text,
    /// How they compare.
    pub matched: LabelMatch,
}

impl Report {
    /// An empty report of an edition.
    pub fn new(edition: Edition) -> Self {
        Self {
            edition,
            edition_basis: EditionBasis::Assumed,
            year: None,
            year_evidence: Vec::new(),
            organ: None,
            title: None,
            period: None,
            publication: None,
            deadline: None,
            url: None,
            lines: Vec::new(),
            sections: Vec::new(),
            tables: Vec::new(),
            labels: Vec::new(),
            claims: Vec::new(),
            notes: Vec::new(),
            cells: vec![None; CellId::count()],
        }
    }

    /// The form that the file follows.
    pub fn form(&self) -> &'static Form {
        self.edition.form()
    }

    /// A cell as read; `None` if it was not found in the file.
    pub fn cell(&self, id: CellId) -> Option<&Reading> {
        self.cells[id.index()].as_ref()
    }

    /// Sets a cell and returns what was there before.
    pub fn set_cell(&mut self, id: CellId, reading: Reading) -> Option<Reading> {
        self.cells[id.index()].replace(reading)
    }

    /// Forgets a cell, as if it had not been found.
    pub fn clear_cell(&mut self, id: CellId) {
        self.cells[id.index()] = None;
    }

    /// The number in a cell, if there is one.
    pub fn number(&self, id: CellId) -> Option<rust_decimal::Decimal> {
        self.cell(id).and_then(|r| r.value.number())
    }

    /// Whether a cell was found and holds nothing that counts: blank or not applicable.
    pub fn is_open(&self, id: CellId) -> bool {
        self.cell(id).is_some_and(|r| r.value.is_open())
    }

    /// The cells found, in the order of the form.
    pub fn cells(&self) -> impl Iterator<Item = (CellId, &Reading)> {
        self.form().cells().iter().filter_map(|c| self.cell(c.id).map(|r| (c.id, r)))
    }

    /// The first section of a number.
    pub fn section(&self, number: u8) -> Option<&Section> {
        self.sections.iter().find(|s| s.number == number)
    }

    /// A table as found.
    pub fn table(&self, id: &str) -> Option<&FoundTable> {
        self.tables.iter().find(|t| t.id == id)
    }

    /// The prose of the report: every line of preamble and body with its index.
    pub fn prose(&self) -> impl Iterator<Item = (usize, &Line)> {
        self.lines.iter().enumerate().filter(|(_, l)| l.is_prose())
    }

    /// Whether the report states two different years as its own, so that no rule can know which form or law applies.
    pub fn year_in_doubt(&self) -> bool {
        let mut years: Vec<u16> = self.year_evidence.iter().map(|e| e.year).collect();
        years.sort_unstable();
        years.dedup();
        years.len() > 1
    }

    /// Whether a cell is official in the form of this report and was found with nothing but blanks in the whole table.
    pub fn is_all_blank(&self, table: &Table) -> bool {
        let mut any = false;
        for cell in self.form().official_cells().filter(|c| c.table.id == table.id) {
            match self.cell(cell.id).map(|r| &r.value) {
                Some(Value::Blank) => any = true,
                Some(_) => return false,
                None => {}
            }
        }
        any
    }
}
