//! The JSON of a report read again: what `nianbao extract` wrote becomes a document whose tables are drawn as the form
//! has them, so that it takes the same way as any other file.
//!
//! Places are not taken over: they are those of another file. Only what is known is kept of a JSON file, and only as much
//! of it as a report can have, whatever its size.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::document::{Block, Cell, Document, FileKind, Location, Note, Row, Table, Text};
use crate::form::{self, Form};
use crate::layout::{self, Fill};
use crate::report::UnplacedReason;
use crate::{CellId, Edition};

/// Why some JSON is no report that can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotReadBack {
    /// It is none of ours, or no JSON at all.
    Foreign,
    /// It is ours and broken, or of a later version.
    Damaged(String),
    /// It holds that many reports.
    Several(usize),
    /// It says that a file could not be read, with the reason.
    Failure(String),
    /// It holds the blocks of a document (`extract --document`), not a report.
    DocumentView,
}

/// A report takes at most that much of each: sections, notes, rows that were not placed, marks.
const MOST: usize = 2048;

/// Lines of prose, all sections together.
const MOST_LINES: usize = 50_000;

/// A report as stored.
#[derive(Debug, Deserialize)]
struct Stored {
    schema_version: u32,
    edition: String,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    evidence: StoredEvidence,
    #[serde(default)]
    preamble: String,
    #[serde(default, deserialize_with = "at_most::<_, _, MOST>")]
    sections: Vec<StoredSection>,
    #[serde(default)]
    tables: Cells,
    #[serde(default, deserialize_with = "at_most::<_, _, MOST>")]
    not_applicable: Vec<String>,
    #[serde(default, deserialize_with = "at_most::<_, _, MOST>")]
    unplaced: Vec<StoredUnplaced>,
    #[serde(default, deserialize_with = "at_most::<_, _, MOST>")]
    notes: Vec<StoredNote>,
}

#[derive(Debug, Default, Deserialize)]
struct StoredEvidence {
    #[serde(default)]
    organ: Option<StoredOrgan>,
}

#[derive(Debug, Deserialize)]
struct StoredOrgan {
    #[serde(default)]
    source: String,
}

#[derive(Debug, Deserialize)]
struct StoredSection {
    #[serde(default)]
    number: u8,
    #[serde(default)]
    heading: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    images: usize,
}

#[derive(Debug, Deserialize)]
struct StoredUnplaced {
    table: String,
    row: String,
    reason: String,
    #[serde(default)]
    seen: usize,
    #[serde(default)]
    expected: usize,
}

#[derive(Debug, Deserialize)]
struct StoredNote {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    message: String,
}

/// One object of the output: a report, the view of a document, or a failure.
#[derive(Debug, Deserialize)]
struct StoredFile {
    #[serde(default)]
    report: Option<Stored>,
    #[serde(default)]
    document: Option<IgnoredAny>,
    #[serde(default)]
    error: Option<StoredFailure>,
}

#[derive(Debug, Deserialize)]
struct StoredFailure {
    #[serde(default)]
    message: String,
}

/// Makes a document of the JSON of one report: the array that `--format json` writes, one line of `--format jsonl`, or the
/// report alone.
///
/// # Errors
/// If it is not the JSON of exactly one report.
pub fn document(json: &str) -> Result<Document, NotReadBack> {
    let json = json.trim_start_matches('\u{feff}').trim();
    let ours = json.contains("\"schema_version\"") || json.contains("\"error\"") && json.contains("\"path\"");
    if !json.starts_with(['{', '[']) || !ours {
        return Err(NotReadBack::Foreign);
    }
    let damaged = |e: serde_json::Error| NotReadBack::Damaged(e.to_string());
    let mut files: Vec<StoredFile> = Vec::new();
    let mut count = 0;
    if json.starts_with('[') {
        let Listed(first, all) = serde_json::from_str(json).map_err(damaged)?;
        (files, count) = (first.into_iter().collect(), all);
    } else {
        for value in serde_json::Deserializer::from_str(json).into_iter::<StoredFile>() {
            let value = value.map_err(damaged)?;
            count += 1;
            if files.is_empty() {
                files.push(value);
            }
        }
    }
    if count > 1 {
        return Err(NotReadBack::Several(count));
    }
    let Some(file) = files.pop() else { return Err(NotReadBack::Foreign) };
    match file {
        StoredFile { report: Some(report), .. } => read(&report),
        StoredFile { document: Some(_), .. } => Err(NotReadBack::DocumentView),
        StoredFile { error: Some(failure), .. } => Err(NotReadBack::Failure(failure.message)),
        _ if json.starts_with('{') => read(&serde_json::from_str::<Stored>(json).map_err(damaged)?),
        _ => Err(NotReadBack::Foreign),
    }
}

fn read(stored: &Stored) -> Result<Document, NotReadBack> {
    if stored.schema_version != super::VERSION {
        return Err(NotReadBack::Damaged(format!("schema_version {}", stored.schema_version)));
    }
    let edition = Edition::ALL.iter().copied().find(|e| e.id() == stored.edition);
    let form = edition.ok_or_else(|| NotReadBack::Damaged(format!("edition {}", stored.edition)))?.form();
    let mut document = Document::new(FileKind::Json);
    let text = |value: &str| Text::new(value, Location::default());
    let mut room = MOST_LINES;
    let mut paragraphs = |words: &str| {
        let lines = words.lines().filter(|l| !l.trim().is_empty());
        let kept: Vec<Text> = lines.take(room).map(text).collect();
        room -= kept.len();
        kept
    };
    let in_metadata = stored.evidence.organ.as_ref().is_some_and(|o| o.source == "metadata");
    if in_metadata {
        document.metadata.title.clone_from(&stored.title);
    } else if let Some(title) = &stored.title {
        document.blocks.push(Block::Heading { level: 1, text: text(title) });
    }
    document.blocks.extend(paragraphs(&stored.preamble).into_iter().map(Block::Paragraph));
    let mut drawn: Vec<&form::Table> = Vec::new();
    for section in &stored.sections {
        document.blocks.push(Block::Heading { level: 2, text: text(&section.heading) });
        document.blocks.extend(paragraphs(&section.text).into_iter().map(Block::Paragraph));
        let images = (0..section.images.min(MOST)).map(|_| Block::Image(Text::default()));
        document.blocks.extend(images);
        let table = form.tables.iter().find(|t| t.section == section.number);
        if let Some(table) = table.filter(|t| drawn.iter().all(|d| d.id != t.id)) {
            document.blocks.extend(stored.draw(form, table).map(Block::Table));
            drawn.push(table);
        }
    }
    // A table whose section has no heading of its own.
    for table in form.tables.iter().filter(|t| drawn.iter().all(|d| d.id != t.id)) {
        document.blocks.extend(stored.draw(form, table).map(Block::Table));
    }
    let notes = stored.notes.iter();
    document.notes = notes
        .map(|n| Note { kind: n.kind.clone().into(), message: n.message.clone(), location: None })
        .collect();
    if room == 0 {
        document.notes.push(Note {
            kind: "limit-reached".into(),
            message: format!("正文超过 {MOST_LINES} 行，其余未读取"),
            location: None,
        });
    }
    Ok(document)
}

impl Stored {
    fn unplaced(&self, table: &str, row: &str) -> Option<UnplacedReason> {
        let found = self.unplaced.iter().find(|u| u.table == table && u.row == row)?;
        reason(&found.reason, found.seen, found.expected)
    }

    fn words(&self, id: CellId) -> Option<String> {
        if self.not_applicable.iter().any(|n| n == id.as_str()) {
            return Some("/".to_owned());
        }
        self.tables.0.iter().find(|(cell, _)| *cell == id).map(|(_, words)| words.clone())
    }

    /// Draws a table, if anything of it was found. What was not read is marked.
    fn draw(&self, form: &Form, table: &form::Table) -> Option<Table> {
        let mut fill = Fill::default();
        let mut any = false;
        for row in table.blocks.iter().flat_map(|b| &b.rows) {
            let cells = || form.cells().iter().filter(|c| std::ptr::eq(c.row, row));
            let reason = self.unplaced(table.id, &row.id);
            if reason.is_none() && cells().all(|c| self.words(c.id).is_none()) {
                fill.without.push(row.leaf().to_owned());
                continue;
            }
            any = true;
            for cell in cells() {
                fill.cells.insert(cell.id, self.words(cell.id).unwrap_or_else(|| mark(reason)));
            }
        }
        let mut groups: Vec<(&form::Row, Vec<String>)> = Vec::new();
        for block in &table.blocks {
            for group in &block.groups {
                let cells: Vec<_> = form.cells().iter().filter(|c| std::ptr::eq(c.row, group)).collect();
                let reason = self.unplaced(table.id, &group.id);
                if reason.is_some() || cells.iter().any(|c| self.words(c.id).is_some()) {
                    let words = cells.iter().map(|c| self.words(c.id).unwrap_or_else(|| mark(reason)));
                    groups.push((group, words.collect()));
                }
            }
        }
        if !any && groups.is_empty() {
            return None;
        }
        let mut drawn = layout::draw(table, &fill, 1);
        for (group, words) in groups {
            drawn.rows.push(sums(table, group, &words));
        }
        Some(drawn)
    }
}

/// The row of a group that carries sums: the form has none, so it stands below the others.
fn sums(table: &form::Table, group: &form::Row, words: &[String]) -> Row {
    let block = table.blocks.iter().find(|b| b.groups.iter().any(|g| std::ptr::eq(g, group)));
    let depth = block.into_iter().flat_map(|b| &b.rows).map(|r| r.label.len()).max().unwrap_or(1) as u32;
    let cell = |words: &str, column: u32, colspan: u32| Cell {
        colspan,
        ..Cell::new(Text::new(words, Location::default()), column)
    };
    let values = words.iter().zip(depth..).map(|(w, at)| cell(w, at, 1));
    Row { cells: std::iter::once(cell(group.leaf(), 0, depth)).chain(values).collect() }
}

const MARK: &str = "未读入";

/// What stands in the place of a cell that was not read.
fn mark(reason: Option<UnplacedReason>) -> String {
    match reason {
        None => MARK.to_owned(),
        Some(UnplacedReason::CellCount { seen, expected }) => {
            format!("{MARK}：{} {seen} {expected}", UnplacedReason::CellCount { seen, expected }.id())
        }
        Some(reason) => format!("{MARK}：{}", reason.id()),
    }
}

/// What a mark says: `None` if it is none, the reason if there is one.
pub fn marked(words: &str) -> Option<Option<UnplacedReason>> {
    let rest = words.strip_prefix(MARK)?;
    if rest.is_empty() {
        return Some(None);
    }
    let mut parts = rest.strip_prefix('：')?.split(' ');
    let name = parts.next()?;
    let mut number = || parts.next().and_then(|n| n.parse().ok()).unwrap_or(0);
    let (seen, expected) = (number(), number());
    reason(name, seen, expected).map(Some)
}

fn reason(id: &str, seen: usize, expected: usize) -> Option<UnplacedReason> {
    use UnplacedReason::{
        CellCount, Contradicted, Glued, Header, Lost, OtherForm, Scattered, Twice, Wrapped,
    };
    let all = [
        CellCount { seen, expected },
        Header,
        OtherForm,
        Twice,
        Contradicted,
        Glued,
        Wrapped,
        Scattered,
        Lost,
    ];
    all.into_iter().find(|r| r.id() == id)
}

/// Cells by their ids, as words.
#[derive(Debug, Default)]
struct Cells(Vec<(CellId, String)>);

impl<'de> Deserialize<'de> for Cells {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut cells = Self::default();
        Below { path: "", cells: &mut cells }.deserialize(deserializer)?;
        Ok(cells)
    }
}

/// Reads what stands below a path into cells; paths that no form has are passed over.
struct Below<'a> {
    path: &'a str,
    cells: &'a mut Cells,
}

impl Below<'_> {
    fn put(self, words: String) {
        if let Some(id) = CellId::parse(self.path)
            && self.cells.0.iter().all(|(known, _)| *known != id)
        {
            self.cells.0.push((id, words));
        }
    }
}

impl<'de> DeserializeSeed<'de> for Below<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Below<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number, words, null, or an object of these")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            let path = if self.path.is_empty() { key } else { format!("{}.{key}", self.path) };
            map.next_value_seed(Below { path: &path, cells: self.cells })?;
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.put(String::new());
        Ok(())
    }

    fn visit_str<E>(self, words: &str) -> Result<(), E> {
        self.put(words.to_owned());
        Ok(())
    }

    fn visit_i64<E>(self, n: i64) -> Result<(), E> {
        self.put(n.to_string());
        Ok(())
    }

    fn visit_u64<E>(self, n: u64) -> Result<(), E> {
        self.put(n.to_string());
        Ok(())
    }

    fn visit_f64<E>(self, n: f64) -> Result<(), E> {
        self.put(n.to_string());
        Ok(())
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.put(value.to_string());
        Ok(())
    }
}

/// The first element of a list, and how many there are.
struct Listed(Option<StoredFile>, usize);

impl<'de> Deserialize<'de> for Listed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct First;
        impl<'de> Visitor<'de> for First {
            type Value = Listed;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of reports")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Listed, A::Error> {
                let first = seq.next_element()?;
                let mut count = usize::from(first.is_some());
                while seq.next_element::<IgnoredAny>()?.is_some() {
                    count += 1;
                }
                Ok(Listed(first, count))
            }
        }
        deserializer.deserialize_seq(First)
    }
}

/// A list of which no more than `N` elements are kept.
fn at_most<'de, D, T, const N: usize>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    struct Bounded<T, const N: usize>(PhantomData<T>);
    impl<'de, T: Deserialize<'de>, const N: usize> Visitor<'de> for Bounded<T, N> {
        type Value = Vec<T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a list")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Vec<T>, A::Error> {
            let mut kept = Vec::new();
            while kept.len() < N {
                let Some(element) = seq.next_element()? else { return Ok(kept) };
                kept.push(element);
            }
            while seq.next_element::<IgnoredAny>()?.is_some() {}
            Ok(kept)
        }
    }
    deserializer.deserialize_seq(Bounded::<T, N>(PhantomData))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_keep_their_reason() {
        use UnplacedReason::{
            CellCount, Contradicted, Glued, Header, Lost, OtherForm, Scattered, Twice, Wrapped,
        };
        let count = CellCount { seen: 6, expected: 7 };
        for reason in [count, Header, OtherForm, Twice, Contradicted, Glued, Wrapped, Scattered, Lost] {
            assert_eq!(marked(&mark(Some(reason))), Some(Some(reason)));
        }
        assert_eq!(marked(&mark(None)), Some(None));
        assert_eq!(marked("未读入的申请"), None);
        assert_eq!(marked("12"), None);
    }

    #[test]
    fn what_is_no_single_report_is_told_apart() {
        use NotReadBack::{DocumentView, Failure, Foreign, Several};
        let report = r#"{"path":"a","report":{"schema_version":1,"edition":"2021"}}"#;
        assert!(document(report).is_ok());
        assert!(document(&format!("[{report}]")).is_ok());
        assert!(document(r#"{"schema_version":1,"edition":"2019"}"#).is_ok());
        for (json, expected) in [
            (format!("[{report},{report}]"), Several(2)),
            (format!("{report}\n{report}\n{report}\n"), Several(3)),
            (r#"{"path":"a","error":{"kind":"empty","message":"空"}}"#.to_owned(), Failure("空".to_owned())),
            (r#"{"path":"a","document":{"schema_version":1}}"#.to_owned(), DocumentView),
            (r#"{"name":"package"}"#.to_owned(), Foreign),
            ("[索引号] 无".to_owned(), Foreign),
        ] {
            assert_eq!(document(&json).err(), Some(expected), "{json}");
        }
        assert!(matches!(document(&report[..40]), Err(NotReadBack::Damaged(_))));
    }
}
