//! Tokens to blocks.

use nianbao_schema::document::{Block, Location, Text};

use super::grid::{Grid, Spans};
use super::metadata::Facts;
use super::names::Class;
use super::skip::{Skip, Step};
use super::tokens::{Ident, StartTag, Token};
use crate::draft::{Draft, is_invisible, is_odd_space};
use crate::output::{Output, Remark};
use crate::position::{Cursor, Place};

/// Makes blocks of tokens.
///
/// A table with another one in a cell is layout, unless that one is small beside it. It is known to be so when the inner
/// one ends, or a third one starts in that, and from then on what it holds goes to the document directly. So nothing is
/// moved more than twice, however deep tables nest.
pub(super) struct Builder<'a, 'o> {
    source: &'a str,
    cursor: Cursor<'a>,
    out: &'o mut Output,
    facts: Facts,
    draft: Draft,
    space: Space,
    /// Level of the heading that is open.
    heading: Option<u8>,
    /// Pictures in the paragraph that is being read; they follow it.
    images: Vec<Text>,
    tables: Vec<OpenTable>,
    preformatted: usize,
    skip: Option<Skip>,
    /// Where the first text in a hidden element stands.
    hidden: Option<Location>,
    title: Option<String>,
}

/// White space that is waiting for the next character.
#[derive(Debug, Clone, Copy)]
enum Space {
    None,
    /// Blanks and tabs.
    Blank(Place),
    /// Among them a line end.
    LineEnd(Place),
}

#[derive(Debug, Default)]
struct OpenTable {
    /// `None` once the table is known to be layout.
    grid: Option<Box<Grid>>,
    part: Part,
    content: Content,
    /// The row group that is open.
    section: Option<Ident>,
}

/// The part of a table that is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Part {
    #[default]
    None,
    Cell(Ident),
    Caption,
}

/// Where that belongs what is read in a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Content {
    /// Between the rows.
    #[default]
    Stray,
    /// Into the last cell.
    Cell,
    /// Nowhere: there were too many cells.
    Dropped,
}

impl<'a, 'o> Builder<'a, 'o> {
    pub(super) fn new(source: &'a str, cursor: Cursor<'a>, out: &'o mut Output) -> Self {
        Self {
            source,
            cursor,
            out,
            facts: Facts::default(),
            draft: Draft::default(),
            space: Space::None,
            heading: None,
            images: Vec::new(),
            tables: Vec::new(),
            preformatted: 0,
            skip: None,
            hidden: None,
            title: None,
        }
    }

    pub(super) fn token(&mut self, token: Token) {
        match token {
            Token::Text { start, end } => {
                let source = self.source;
                if let Some(text) = source.get(start..end) {
                    self.text(text, start, true);
                }
            }
            Token::Decoded { text, start } => self.text(&text, start, false),
            Token::Start(tag) => self.start(&tag),
            Token::End(ident) => self.end(ident),
        }
    }

    pub(super) fn finish(mut self) {
        self.end_skip();
        self.end_paragraph();
        while !self.tables.is_empty() {
            self.end_table();
        }
        if let Some(title) = self.title.take() {
            self.facts.title(&title);
        }
        self.facts.tell(&mut self.out.metadata);
    }

    fn start(&mut self, tag: &StartTag) {
        if let Some(skip) = &mut self.skip {
            match skip.start(tag.ident) {
                Step::Inside => {
                    if tag.self_closing {
                        skip.end(tag.ident);
                    }
                    return;
                }
                Step::Ends | Step::EndedBefore => self.end_skip(),
            }
        }
        let class = tag.ident.class;
        if class.is_block() {
            self.end_paragraph();
        }
        let hidden = tag.attributes().hidden && class != Class::Root;
        if hidden || class == Class::Skipped {
            // Cells and rows that are not there make no gap, but the row that they would be in has begun.
            if class == Class::Cell {
                self.close_cell();
            } else if class == Class::Row {
                self.close_row();
            } else if class == Class::Section {
                self.start_section(None);
            }
            if class.has_content() && !tag.self_closing && !tag.unclosed {
                let in_cell = self.tables.last().is_some_and(|t| t.part != Part::None);
                self.skip = Some(Skip::new(tag.ident, hidden && class != Class::Skipped, in_cell));
            }
            return;
        }
        match class {
            Class::Table => self.start_table(tag.start),
            Class::Caption => self.start_caption(),
            Class::Section => self.start_section(Some(tag.ident)),
            Class::Row => self.start_row(),
            Class::Cell => self.start_cell(tag),
            Class::Heading(level) => self.heading = Some(level),
            Class::Preformatted => self.preformatted += 1,
            Class::LineBreak => self.line_break(),
            Class::Image => self.image(tag),
            Class::Meta => self.facts.meta(tag.attributes()),
            Class::Title if !tag.unclosed => self.title = Some(String::new()),
            _ => {}
        }
        if tag.self_closing {
            self.end(tag.ident);
        }
    }

    fn end(&mut self, ident: Ident) {
        if let Some(skip) = &mut self.skip {
            match skip.end(ident) {
                Step::Inside => return,
                Step::Ends => return self.end_skip(),
                Step::EndedBefore => self.end_skip(),
            }
        }
        if ident.class.is_block() {
            self.end_paragraph();
        }
        match ident.class {
            Class::Table => self.end_table(),
            Class::Caption | Class::Cell | Class::Row | Class::Section => self.end_table_part(ident),
            Class::Heading(_) => self.heading = None,
            Class::Preformatted => self.preformatted = self.preformatted.saturating_sub(1),
            Class::LineBreak => self.line_break(),
            Class::Title => {
                if let Some(title) = self.title.take() {
                    self.facts.title(&title);
                }
            }
            _ => {}
        }
    }

    fn end_skip(&mut self) {
        self.skip = None;
        if let Some(place) = self.hidden.take() {
            self.out.remarks.add(Remark::Hidden, Some(place));
        }
    }

    // Text.

    fn text(&mut self, text: &str, source: usize, verbatim: bool) {
        if let Some(skip) = &self.skip {
            if skip.hidden && self.hidden.is_none() && !text.trim().is_empty() {
                let place = self.cursor.place(source);
                self.hidden = Some(Location::line(place.line, place.column));
            }
            return;
        }
        if let Some(title) = &mut self.title {
            title.push_str(text);
            return;
        }
        if !verbatim {
            for c in text.chars() {
                if !self.special(c, source) {
                    self.flush_space(c);
                    let place = self.cursor.place(source);
                    self.draft.substitute(c.encode_utf8(&mut [0; 4]), place);
                }
            }
            self.draft.interrupt();
            return;
        }
        let mut plain: Option<usize> = None;
        for (i, c) in text.char_indices() {
            if is_special(c) {
                if let Some(start) = plain.take() {
                    self.plain(&text[start..i], source + start);
                }
                if !self.special(c, source + i) {
                    self.plain(&text[i..i + c.len_utf8()], source + i);
                }
            } else if plain.is_none() {
                plain = Some(i);
            }
        }
        if let Some(start) = plain {
            self.plain(&text[start..], source + start);
        }
    }

    /// A stretch that is kept as it is.
    fn plain(&mut self, run: &str, source: usize) {
        if let Some(first) = run.chars().next() {
            self.flush_space(first);
            self.draft.push(run, source, &mut self.cursor);
        }
    }

    /// Takes a character that is not kept as it is; says no if it is none.
    fn special(&mut self, c: char, source: usize) -> bool {
        if is_invisible(c) {
            // The next character starts a piece of its own, since the offsets do not meet.
        } else if matches!(c, '\n' | '\r') && self.preformatted > 0 {
            self.line_break();
        } else if c == '\u{3000}' {
            return self.draft.at_line_start();
        } else if is_odd_space(c) {
            if !self.draft.at_line_start() {
                self.flush_space(c);
                let place = self.cursor.place(source);
                self.draft.substitute(" ", place);
            }
        } else if c.is_whitespace() {
            let line_end = matches!(c, '\n' | '\r');
            self.space = match self.space {
                Space::None if self.draft.at_line_start() => Space::None,
                Space::None if line_end => Space::LineEnd(self.cursor.place(source)),
                Space::None => Space::Blank(self.cursor.place(source)),
                Space::Blank(place) if line_end => Space::LineEnd(place),
                space => space,
            };
        } else {
            return false;
        }
        true
    }

    /// Writes the white space that is waiting before a character. A line end between two wide characters is no blank:
    /// editors break lines of Chinese text anywhere.
    fn flush_space(&mut self, next: char) {
        let space = std::mem::replace(&mut self.space, Space::None);
        let place = match space {
            Space::None => return,
            Space::Blank(place) => place,
            Space::LineEnd(place) => {
                if is_wide(next) && self.draft.last().is_some_and(is_wide) {
                    return;
                }
                place
            }
        };
        if !self.draft.at_line_start() {
            self.draft.substitute(" ", place);
        }
    }

    fn line_break(&mut self) {
        self.space = Space::None;
        self.draft.newline();
    }

    fn image(&mut self, tag: &StartTag) {
        let place = self.cursor.place(tag.start);
        let location = Location::line(place.line, place.column);
        let image = Text::new(tag.attributes().alt.as_deref().unwrap_or_default().trim(), location);
        if self.draft.is_empty() {
            self.push(Block::Image(image));
        } else if self.out.admit_part(location) {
            self.images.push(image);
        }
    }

    fn end_paragraph(&mut self) {
        self.space = Space::None;
        if let Some(text) = self.draft.take() {
            // Only the first paragraph of a heading is one, so that a forgotten end tag spoils no more than that.
            let block = match self.heading.take() {
                Some(level) => Block::Heading { level, text },
                None => Block::Paragraph(text),
            };
            self.push(block);
        }
        for image in std::mem::take(&mut self.images) {
            self.push(Block::Image(image));
        }
    }

    fn push(&mut self, block: Block) {
        let Some(OpenTable { grid: Some(grid), content, .. }) = self.tables.last_mut() else {
            return self.out.push(block);
        };
        let (Block::Heading { text, .. } | Block::Paragraph(text) | Block::Image(text)) = &block else {
            return;
        };
        if *content == Content::Dropped || !self.out.admit_part(text.location) {
            return;
        }
        if *content == Content::Cell { grid.push_to_cell(block) } else { grid.push_stray(block) }
    }

    // Tables.

    fn start_table(&mut self, start: usize) {
        // A table right in a table, in no cell: the end tag of the first one was forgotten.
        if self.tables.last().is_some_and(|t| t.part == Part::None) {
            self.end_table();
        }
        self.open_up_tables();
        let place = self.cursor.place(start);
        let grid = Grid::new(Location::line(place.line, place.column));
        self.tables.push(OpenTable { grid: Some(Box::new(grid)), ..OpenTable::default() });
    }

    /// A table starts in a cell. Those around it are layout; only the innermost may turn out to be one of figures with
    /// a small table in a cell, which shows when that one ends.
    fn open_up_tables(&mut self) {
        let waits = |table: &OpenTable| table.grid.as_ref().is_some_and(|grid| grid.is_sizable());
        let from = self.tables.len().saturating_sub(2);
        let keep = match &self.tables[from..] {
            [outer, inner] => outer.grid.is_none() && waits(inner),
            [only] => waits(only),
            _ => false,
        };
        if keep {
            return;
        }
        for table in &mut self.tables[from..] {
            if let Some(grid) = table.grid.take() {
                grid.flatten(self.out);
            }
        }
    }

    fn end_table(&mut self) {
        let Some(OpenTable { grid: Some(grid), .. }) = self.tables.pop() else { return };
        if let Some(outer) = self.tables.last_mut()
            && let Some(mut around) = outer.grid.take()
        {
            if grid.is_small() && outer.content == Content::Cell {
                around.absorb(*grid, self.out);
                outer.grid = Some(around);
                return;
            }
            around.flatten(self.out);
        }
        grid.finish(self.out);
    }

    fn start_caption(&mut self) {
        self.start_section(None);
        if let Some(table) = self.tables.last_mut() {
            table.part = Part::Caption;
        }
    }

    fn start_section(&mut self, section: Option<Ident>) {
        self.close_row();
        if let Some(table) = self.tables.last_mut() {
            table.section = section;
            if let Some(grid) = &mut table.grid {
                grid.end_group();
            }
        }
    }

    fn start_row(&mut self) {
        self.close_row();
        self.imply_section();
        if let Some(grid) = self.tables.last_mut().and_then(|t| t.grid.as_mut()) {
            grid.start_row(self.out);
        }
    }

    fn start_cell(&mut self, tag: &StartTag) {
        self.close_cell();
        self.imply_section();
        let Some(table) = self.tables.last_mut() else { return };
        table.part = Part::Cell(tag.ident);
        if let Some(grid) = &mut table.grid {
            let place = self.cursor.place(tag.start);
            let spans =
                Spans::parse(tag.attributes().colspan.as_deref(), tag.attributes().rowspan.as_deref());
            let admitted = grid.start_cell(spans, Location::line(place.line, place.column), self.out);
            table.content = if admitted { Content::Cell } else { Content::Dropped };
        }
    }

    fn close_cell(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            (table.part, table.content) = (Part::None, Content::Stray);
        }
    }

    fn close_row(&mut self) {
        self.close_cell();
        if let Some(grid) = self.tables.last_mut().and_then(|t| t.grid.as_mut()) {
            grid.end_row();
        }
    }

    /// A row outside of any row group starts one.
    fn imply_section(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            table.section.get_or_insert_with(|| Ident::new(b"tbody"));
        }
    }

    /// An end tag counts if it is for something that is open.
    fn end_table_part(&mut self, ident: Ident) {
        let Some(table) = self.tables.last() else { return };
        match (ident.class, table.part) {
            (Class::Caption, Part::Caption) => self.close_cell(),
            (Class::Cell, Part::Cell(open)) if open == ident => self.close_cell(),
            (Class::Row, Part::None | Part::Cell(_)) => self.close_row(),
            (Class::Section, Part::None | Part::Cell(_)) if table.section == Some(ident) => {
                self.start_section(None);
            }
            _ => {}
        }
    }
}

/// Whether a character is not simply copied.
fn is_special(c: char) -> bool {
    // Nearly all characters are Han or digits; the first test lets them pass.
    !matches!(c, '!'..='~' | '\u{4e00}'..='\u{9fff}') && (c.is_whitespace() || is_invisible(c))
}

/// A character of East Asian width, next to which a line end is no word boundary.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff01}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}' | '\u{20000}'..='\u{3ffff}')
}
