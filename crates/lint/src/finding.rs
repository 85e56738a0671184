//! What a check found (问题).

use std::ops::Range;

use nianbao_schema::document::Location;
use nianbao_schema::report::Report;
use nianbao_schema::source::Cite;
use nianbao_schema::{CellId, Language};
use nianbao_text::label;
use xxhash_rust::xxh3::xxh3_64;

use crate::rule::RuleMeta;

/// A text in both languages, made at the moment of the finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Say {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Say {
    /// The text in a language.
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Zh => &self.zh,
            Language::En => &self.en,
        }
    }
}

/// A [`Say`] from two format strings.
#[macro_export]
macro_rules! say {
    ($zh:literal, $en:literal $(,)?) => {
        $crate::Say { zh: format!($zh), en: format!($en) }
    };
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Style, or a hint for a reviewer.
    Info,
    /// Probably wrong.
    Warning,
    /// An official label, arithmetic or statute is violated, or the text contradicts its own table.
    Error,
}

impl Severity {
    /// All, mildest first.
    pub const ALL: [Self; 3] = [Self::Info, Self::Warning, Self::Error];

    /// The word used in JSON, configuration and on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// The word for people.
    pub fn name(self, language: Language) -> &'static str {
        match (language, self) {
            (Language::En, _) => self.id(),
            (_, Self::Info) => "提示",
            (_, Self::Warning) => "警告",
            (_, Self::Error) => "错误",
        }
    }

    /// One level milder; info stays.
    #[must_use]
    pub fn lowered(self) -> Self {
        match self {
            Self::Error => Self::Warning,
            Self::Warning | Self::Info => Self::Info,
        }
    }
}

/// Whose the fault is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The text or number is wrong.
    Author,
    /// The file or its conversion lost something.
    Extraction,
}

impl Origin {
    /// The word used in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Self::Author => "author",
            Self::Extraction => "extraction",
        }
    }
}

/// Where a finding is, in the words of the form and in the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// Section number, 0 for title and preamble.
    pub section: u8,
    /// Number of the part of section one, 0 for none.
    pub part: u8,
    /// Table id.
    pub table: Option<&'static str>,
    /// The one cell it is about, if it is about one.
    pub cell: Option<CellId>,
    /// Where in the file; `None` for what is missing.
    pub location: Option<Location>,
}

/// What a finding shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evidence {
    /// Words of the report.
    Quote {
        /// A sentence, heading or label.
        text: String,
        /// Byte ranges in it that are meant.
        marks: Vec<Range<usize>>,
        /// Where the sentence begins.
        location: Location,
    },
    /// Cells of a table.
    Cells {
        /// Cells to show.
        shown: Vec<CellId>,
        /// Those of them that are meant.
        marked: Vec<CellId>,
    },
}

/// A cell that probably holds the wrong value (疑点).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspect {
    /// The cell.
    pub cell: CellId,
    /// Its words now.
    pub seen: String,
    /// What it most probably should say.
    pub proposed: Option<String>,
    /// Why.
    pub reason: Say,
    /// Which explanation it belongs to, from 1: cells of the same explanation are wrong together.
    pub explanation: usize,
}

/// An official equation that fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokenIdentity {
    /// The family of the identity, e.g. `applications.balance`.
    pub family: String,
    /// The column, row or group that it is about.
    pub at: String,
    /// It with its numbers.
    pub text: Say,
    /// Left and right side as things stand.
    pub before: (String, String),
    /// Left and right side if the first explanation is right; `None` without one.
    pub after: Option<(String, String)>,
}

/// A replacement of words in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Where the old words begin.
    pub location: Location,
    /// The old words.
    pub old: String,
    /// The new words.
    pub new: String,
}

/// A safe change that removes the finding. Never of a number, never filling a blank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What to replace.
    pub edits: Vec<Edit>,
}

/// What a check found.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The rule.
    pub rule: &'static RuleMeta,
    /// How bad it is.
    pub severity: Severity,
    /// Whose the fault is.
    pub origin: Origin,
    /// What is wrong, where, with the numbers.
    pub message: Say,
    /// What to do.
    pub help: Option<Say>,
    /// The clause that it violates.
    pub source: Option<Cite>,
    /// Every official cell that it is about.
    pub cells: Vec<CellId>,
    /// Cells that probably hold the wrong value, most probable first.
    pub suspects: Vec<Suspect>,
    /// The official equations that fail.
    pub identities: Vec<BrokenIdentity>,
    /// Where.
    pub place: Place,
    /// What it shows.
    pub evidence: Vec<Evidence>,
    /// A safe fix.
    pub fix: Option<Fix>,
    /// What makes it this finding and no other of its rule: cells or words, never a line number.
    key: String,
    /// Words of prose that it is about: line and bytes.
    spots: Vec<(usize, Range<usize>)>,
    /// The words of its cells: another number in the same cell is another finding.
    values: Vec<String>,
    /// Which of several findings with the same rule and key it is.
    repeat: u32,
}

impl Finding {
    /// A finding of a rule. Without further calls it is about the whole report.
    pub(crate) fn new(rule: &'static RuleMeta, message: Say) -> Self {
        Self {
            rule,
            severity: rule.severity,
            origin: Origin::Author,
            message,
            help: None,
            source: None,
            cells: Vec::new(),
            suspects: Vec::new(),
            identities: Vec::new(),
            place: Place::default(),
            evidence: Vec::new(),
            fix: None,
            key: String::new(),
            spots: Vec::new(),
            values: Vec::new(),
            repeat: 0,
        }
    }

    pub(crate) fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    pub(crate) fn origin(mut self, origin: Origin) -> Self {
        self.origin = origin;
        self
    }

    pub(crate) fn help(mut self, help: Say) -> Self {
        self.help = Some(help);
        self
    }

    pub(crate) fn source(mut self, source: Cite) -> Self {
        self.source = Some(source);
        self
    }

    pub(crate) fn place(mut self, place: Place) -> Self {
        self.place = place;
        self
    }

    pub(crate) fn evidence(mut self, evidence: Evidence) -> Self {
        self.evidence.push(evidence);
        self
    }

    pub(crate) fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }

    /// Names what identifies the finding where neither its cells nor its marked words do.
    pub(crate) fn key(mut self, key: impl Into<String>) -> Self {
        self.key = key.into();
        self
    }

    /// The finding is about these cells; the first one gives the place.
    pub(crate) fn cells(mut self, report: &Report, cells: Vec<CellId>) -> Self {
        if let Some(first) = cells.first() {
            self.place.cell = (cells.len() == 1).then_some(*first);
            self.place.table = Some(first.table());
            self.place.section = report.form().table(first.table()).map_or(0, |t| t.section);
            if self.place.location.is_none() {
                self.place.location = report.cell(*first).map(|r| r.text.location);
            }
        }
        let words = |c: &CellId| report.cell(*c).map_or(String::new(), |r| r.text.value.trim().to_owned());
        self.values = cells.iter().map(words).collect();
        self.cells = cells;
        self
    }

    /// The finding is about words of a line: shows the sentence around them.
    pub(crate) fn quote(mut self, report: &Report, line: usize, range: Range<usize>) -> Self {
        let Some(found) = report.lines.get(line) else { return self };
        self.spots.push((line, range.clone()));
        let text = &found.text;
        let sentence = nianbao_text::sentence::sentence_at(&text.value, range.start);
        // Words over a sentence's end are shown with all of the line.
        let shown = if range.end <= sentence.end { sentence } else { 0..text.value.len() };
        if self.place.location.is_none() {
            self.place.section = found.section;
            self.place.part = found.part;
            self.place.location = Some(text.at(range.start));
        }
        if self.key.is_empty() {
            self.key = label::normal(&text.value[shown.clone()]);
        }
        self.evidence.push(Evidence::Quote {
            text: text.value[shown.clone()].to_owned(),
            marks: std::iter::once(range.start - shown.start..range.end - shown.start).collect(),
            location: text.at(shown.start),
        });
        self
    }

    /// The words of prose that it is about: line and bytes.
    pub(crate) fn spots(&self) -> &[(usize, Range<usize>)] {
        &self.spots
    }

    /// The fix, if it is one that may be written without asking: it changes no number (the width of its digits apart)
    /// and puts nothing where nothing stands. The digits in an official label are words and no number.
    pub fn safe_fix(&self) -> Option<&Fix> {
        let numeric = |c: &char| c.is_ascii_digit() || ['.', '%', '万', '亿'].contains(c);
        let number =
            |text: &str| -> String { text.chars().map(nianbao_text::fold_width).filter(numeric).collect() };
        let label = self.place.table.is_some() && self.cells.is_empty();
        let safe = |e: &Edit| {
            let fills = e.old.trim().is_empty() && !e.new.trim().is_empty();
            e.old != e.new && !e.old.is_empty() && !fills && (label || number(&e.old) == number(&e.new))
        };
        self.fix.as_ref().filter(|fix| !fix.edits.is_empty() && fix.edits.iter().all(safe))
    }

    /// A stable name for the finding: rule, cells with their words, and the sentence that it quotes. It survives new
    /// lines above it and changes elsewhere; another number in one of its cells makes another name.
    pub fn fingerprint(&self) -> String {
        let mut whole = format!("{}\n{}\n{}", self.rule.code, self.key, self.repeat);
        for (cell, words) in self.cells.iter().zip(&self.values) {
            whole.push('\n');
            whole.push_str(cell.as_str());
            whole.push('=');
            whole.push_str(words);
        }
        format!("{:016x}", xxh3_64(whole.as_bytes()))
    }

    fn order(&self) -> (u8, bool, Location, &'static str) {
        let location = self.place.location.unwrap_or_default();
        // What is missing has no place: it comes first in its section.
        (self.place.section, self.place.location.is_some(), location, self.rule.code)
    }
}

/// Puts findings in the order of the report and numbers those that would have the same fingerprint.
pub(crate) fn arrange(findings: &mut [Finding]) {
    findings.sort_by(|a, b| a.order().cmp(&b.order()));
    let mut seen = std::collections::BTreeMap::new();
    for finding in findings {
        let count: &mut u32 = seen.entry(finding.fingerprint()).or_default();
        finding.repeat = *count;
        *count += 1;
    }
}
