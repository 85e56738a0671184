//! Plain text: as people type it, as Apache Tika and other tools make it of Word files and web pages, Markdown.
//!
//! One line is one paragraph; lines of a broken title are joined later, by recognition, which knows titles.

mod artefacts;
mod drawn;
mod front;
mod lines;
mod pipes;
mod spaced;
mod tabs;

use std::iter;
use std::ops::Range;

use nianbao_schema::document::{Block, Cell, Layout, Location, Row, Table, Text};

use self::lines::{Line, is_line_end};
use self::tabs::RawTable;
use crate::draft::{Draft, is_invisible, is_odd_space};
use crate::html;
use crate::limits;
use crate::output::{Output, Remark};
use crate::position::Cursor;

/// Reads a text.
pub(crate) fn read(source: &str, out: &mut Output) {
    let (lines, dropped) = lines::split(source);
    for _ in 0..dropped {
        out.remarks.add(Remark::Limit("文本行", limits::LINES), None);
    }
    let table_end = last_table_end(source);
    let mut reader =
        Reader { source, cursor: Cursor::new(source), draft: Draft::default(), markup: Markup::Plain, out };
    let mut rest = lines.as_slice();
    if let Some(front) = front::read(source, rest) {
        reader.out.metadata.published = front.date;
        if let Some(text) = front.title.and_then(|title| reader.text(iter::once(title))) {
            reader.out.push(Block::Heading { level: 1, text });
        }
        rest = &rest[front.lines..];
    }
    while let Some(line) = rest.first() {
        let taken = reader.block(line, rest, table_end);
        rest = &rest[taken..];
    }
}

struct Reader<'a, 'o> {
    source: &'a str,
    cursor: Cursor<'a>,
    draft: Draft,
    markup: Markup,
    out: &'o mut Output,
}

/// What else than text a stretch can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Markup {
    Plain,
    /// `\|` and `<br>`, in the cells of pipe tables.
    Pipes,
}

impl Reader<'_, '_> {
    /// Reads what starts with a line; says how many lines it was.
    fn block(&mut self, line: &Line, rest: &[Line], table_end: usize) -> usize {
        let text = line.text(self.source);
        if line.tab || text.contains('\t') {
            match tabs::read(self.source, rest) {
                tabs::Block::Table(length, rows) => {
                    self.table(line.start, rows, Markup::Plain);
                    return length;
                }
                tabs::Block::Lines(length) => {
                    for line in &rest[..length] {
                        self.line(line);
                    }
                    return length;
                }
            }
        }
        let next = rest.get(1).filter(|l| l.blanks == 0).map_or("", |l| l.text(self.source));
        if (text.contains('|') || next.trim_start().starts_with("---"))
            && let Some((length, rows)) = pipes::read(self.source, rest)
        {
            self.table(line.start, rows, Markup::Pipes);
            return length;
        }
        if (text.contains("--") || next.contains("--"))
            && let Some((length, rows)) = drawn::read(self.source, rest)
        {
            self.table(line.start, rows, Markup::Plain);
            return length;
        }
        if table_end > line.start
            && text.trim_start().get(..6).is_some_and(|t| t.eq_ignore_ascii_case("<table"))
        {
            return self.html_table(line, rest, table_end);
        }
        if text.trim_start().contains("  ") {
            match spaced::read(self.source, rest) {
                tabs::Block::Table(length, rows) => {
                    self.table(line.start, rows, Markup::Plain);
                    return length;
                }
                tabs::Block::Lines(length) => {
                    for line in &rest[..length] {
                        self.line(line);
                    }
                    return length;
                }
            }
        }
        self.line(line);
        1
    }

    /// A heading of Markdown, or a paragraph.
    fn line(&mut self, line: &Line) {
        let text = line.text(self.source);
        let marks = text.trim_start().bytes().take_while(|b| *b == b'#').count();
        let after = text.len() - text.trim_start().len() + marks;
        if (1..=6).contains(&marks) && text[after..].starts_with(char::is_whitespace) {
            let end = line.start + text.trim_end().trim_end_matches('#').len();
            if let Some(text) = self.text(iter::once(line.start + after..end.max(line.start + after))) {
                self.out.push(Block::Heading { level: marks as u8, text });
            }
        } else if let Some(text) = self.text(iter::once(line.range())) {
            self.out.paragraph(text);
        }
    }

    fn table(&mut self, start: usize, raw: RawTable, markup: Markup) {
        let place = self.cursor.place(start);
        let location = Location::line(place.line, place.column);
        self.markup = markup;
        let mut rows = Vec::with_capacity(raw.len().min(limits::ROWS));
        for raw_row in raw {
            if rows.len() >= limits::ROWS {
                self.out.remarks.add(Remark::Limit("表格行", limits::ROWS), Some(location));
                continue;
            }
            let mut row = Row::default();
            // Cells of several lines stand beside one another: each begins above where the one before it ended.
            let top = self.cursor.clone();
            for raw_cell in raw_row {
                let column = row.cells.len();
                if raw_cell.first().is_some_and(|range| self.cursor.is_past(range.start)) {
                    self.cursor = top.clone();
                }
                let start = raw_cell.first().map_or(start, |range| range.start);
                let place = self.cursor.place(start);
                let start = Location::line(place.line, place.column);
                if column >= limits::COLUMNS {
                    self.out.remarks.add(Remark::Limit("表格列", limits::COLUMNS), Some(start));
                } else if self.out.admit_cell(start) {
                    let text = self.text(raw_cell).unwrap_or_else(|| Text::new("", start));
                    row.cells.push(Cell::new(text, column as u32));
                }
            }
            rows.push(row);
        }
        self.markup = Markup::Plain;
        self.out.push(Block::Table(Table { layout: Layout::Flow, rows, location }));
    }

    /// A table in HTML, as Markdown has them where cells span.
    fn html_table(&mut self, line: &Line, rest: &[Line], last_end: usize) -> usize {
        let part = line.start..html_table_end(self.source, line.start, last_end);
        let length = rest.iter().take_while(|line| line.start < part.end).count();
        // Text behind the table on its last line belongs to the part as well, and becomes a paragraph.
        let part = part.start..rest[length - 1].end.max(part.end);
        html::read_part(self.source, part, &self.cursor, self.out);
        length
    }

    /// The text of some stretches, one line each.
    fn text(&mut self, ranges: impl IntoIterator<Item = Range<usize>>) -> Option<Text> {
        for (i, range) in ranges.into_iter().enumerate() {
            if i > 0 {
                self.draft.newline();
            }
            self.stretch(without_bold(self.source, range));
        }
        self.draft.take()
    }

    fn stretch(&mut self, range: Range<usize>) {
        let text = &self.source[range.clone()];
        let mut from = 0;
        for (artefact, name) in artefacts::find(text) {
            self.characters(range.start + from..range.start + artefact.start);
            let place = self.cursor.place(range.start + artefact.start);
            self.out.remarks.add(Remark::Artefact(name), Some(Location::line(place.line, place.column)));
            self.draft.interrupt();
            from = artefact.end;
        }
        self.characters(range.start + from..range.end);
    }

    fn characters(&mut self, range: Range<usize>) {
        let text = &self.source[range.clone()];
        let mut plain = 0;
        let mut skip_to = 0;
        for (i, c) in text.char_indices() {
            if i < skip_to || !self.is_special(c) {
                continue;
            }
            self.plain(&text[plain.min(i)..i], range.start + plain.min(i));
            plain = i + c.len_utf8();
            let source = range.start + i;
            if is_line_end(c) {
                self.draft.newline();
            } else if c == '\\' {
                if text[plain..].starts_with('|') {
                    self.draft.interrupt();
                } else {
                    plain = i;
                }
            } else if c == '<' {
                match line_break_tag(&text[i..]) {
                    Some(length) => {
                        self.draft.newline();
                        plain = i + length;
                        skip_to = plain;
                    }
                    None => plain = i,
                }
            } else if is_invisible(c) {
                self.draft.interrupt();
            } else if self.draft.at_line_start() {
                // Indents are not kept.
            } else if c == '\u{3000}' {
                self.draft.push("\u{3000}", source, &mut self.cursor);
            } else {
                self.draft.push(" ", source, &mut self.cursor);
            }
        }
        self.plain(&text[plain..], range.start + plain);
    }

    fn plain(&mut self, run: &str, source: usize) {
        if !run.is_empty() {
            self.draft.push(run, source, &mut self.cursor);
        }
    }

    fn is_special(&self, c: char) -> bool {
        match c {
            '\\' | '<' => self.markup == Markup::Pipes,
            '!'..='~' | '\u{4e00}'..='\u{9fff}' => false,
            _ => c.is_whitespace() || is_odd_space(c) || is_invisible(c),
        }
    }
}

/// A text that is bold as a whole, in Markdown, without its marks.
fn without_bold(source: &str, range: Range<usize>) -> Range<usize> {
    let text = &source[range.clone()];
    let trimmed = text.trim();
    let inner = trimmed.strip_prefix("**").and_then(|t| t.strip_suffix("**"));
    match inner {
        Some(inner) if !inner.trim().is_empty() && !inner.contains("**") => {
            let start = range.start + (text.len() - text.trim_start().len()) + 2;
            start..start + inner.len()
        }
        _ => range,
    }
}

/// The length of a `<br>` at the start of a text.
fn line_break_tag(text: &str) -> Option<usize> {
    let rest = text.get(..3).filter(|t| t.eq_ignore_ascii_case("<br")).map(|_| &text[3..])?;
    let close = rest.trim_start().trim_start_matches('/').strip_prefix('>')?;
    Some(text.len() - close.len())
}

/// Where the last `</table` of a text stands; 0 if there is none.
fn last_table_end(source: &str) -> usize {
    source.as_bytes().windows(7).rposition(|w| w.eq_ignore_ascii_case(b"</table")).unwrap_or(0)
}

/// The end of the HTML table that starts somewhere: of its own end tag, or of the last one there is.
fn html_table_end(source: &str, start: usize, last_end: usize) -> usize {
    let bytes = source.as_bytes();
    let mut depth = 0usize;
    let mut end = last_end;
    for (at, _) in source[start..].match_indices('<').map(|(i, t)| (start + i, t)) {
        let is = |word: &[u8]| bytes.get(at..at + word.len()).is_some_and(|w| w.eq_ignore_ascii_case(word));
        if is(b"<table") {
            depth += 1;
        } else if is(b"</table") {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                end = at;
                break;
            }
        }
    }
    source[end..].find('>').map_or(source.len(), |close| end + close + 1)
}
