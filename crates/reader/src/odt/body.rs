//! Reading the content: one pass over its tags, with a stack instead of recursion.

use nianbao_ooxml::limits::{MAX_DEPTH, MAX_NODES};
use nianbao_ooxml::xml::{Scanner, Tag, Token};
use nianbao_ooxml::{Block, Notes};

use super::lists::Lists;
use super::names::Names;
use super::paragraph::ParagraphBuilder;
use super::styles::Styles;
use super::table::{Budget, TableBuilder};

/// End tags without a start tag after which the rest is not worth reading.
const MAX_STRAY_ENDS: u32 = 1000;

/// What the content holds.
#[derive(Debug)]
pub(super) struct Body {
    pub(super) blocks: Vec<Block>,
    pub(super) notes: Notes,
    /// It holds a text.
    pub(super) is_text: bool,
    /// It holds a spreadsheet, a presentation or a drawing.
    pub(super) is_other: bool,
}

/// Reads `content.xml`, or a document in one file.
pub(super) fn read(xml: &[u8], styles: &Styles) -> Body {
    let mut reader = Reader {
        scanner: Scanner::new(xml),
        names: Names::new(),
        declared: Vec::new(),
        open: Vec::new(),
        containers: vec![Vec::new()],
        paragraphs: Vec::new(),
        tables: Vec::new(),
        lists: Lists::default(),
        styles,
        hidden: 0,
        budget: Budget::default(),
        notes: Notes::default(),
        is_text: false,
        is_other: false,
    };
    reader.run();
    reader.finish()
}

/// The state of the pass.
pub(super) struct Reader<'a> {
    pub(super) scanner: Scanner<'a>,
    pub(super) names: Names<'a>,
    /// Depths at which elements declare namespaces, and how to undo it.
    declared: Vec<(usize, usize)>,
    open: Vec<Open<'a>>,
    /// The body, and the cells and text boxes open in it.
    pub(super) containers: Vec<Vec<Block>>,
    pub(super) paragraphs: Vec<ParagraphBuilder>,
    pub(super) tables: Vec<TableBuilder>,
    pub(super) lists: Lists<'a>,
    pub(super) styles: &'a Styles,
    /// Hidden sections open around the place.
    pub(super) hidden: u32,
    pub(super) budget: Budget,
    pub(super) notes: Notes,
    pub(super) is_text: bool,
    pub(super) is_other: bool,
}

/// An element whose end tag is still to come.
#[derive(Debug, Clone, Copy)]
struct Open<'a> {
    name: &'a [u8],
    start: usize,
    kind: Kind,
    inside: Context,
}

/// What has to happen when an element ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nothing: the element is a wrapper, or its meaning is not known here.
    Plain,
    /// A paragraph, a heading, or what stands for one around a drawing.
    Paragraph,
    Table,
    Row,
    Cell,
    TextBox,
    List,
    Item,
    /// A span with hidden text.
    HiddenSpan,
    /// A section that is not shown.
    HiddenSection,
}

/// What is being read: decides what an element may be. Wrappers (`text:span`, `text:section`, `text:a`, indexes and
/// all unknown ones) have the context of their parent, which is how they are looked through at every level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Context {
    /// Before the body.
    Outside,
    /// The body, a list item, a cell or a text box: paragraphs and tables.
    Container,
    Paragraph,
    /// `draw:frame`.
    Frame,
    Table,
    Row,
}

/// What to do with an element.
pub(super) enum Step {
    /// Read what is in it.
    Enter(Kind, Context),
    /// Pass over it.
    Skip,
    /// Nothing: it was read to its end already.
    Done,
}

impl<'a> Reader<'a> {
    fn run(&mut self) {
        let mut stray_ends = 0;
        loop {
            if self.context() == Context::Paragraph
                && let Some(paragraph) = self.paragraphs.last_mut()
            {
                while let Some(characters) = self.scanner.characters() {
                    self.notes.invalid_texts += paragraph.push_characters(&characters);
                }
            }
            match self.scanner.next() {
                Token::Open(tag) => self.start(&tag),
                Token::Close(name) => {
                    if self.open.last().is_some_and(|open| open.name == name) {
                        self.end();
                        continue;
                    }
                    self.scanner.note_damage(self.scanner.position());
                    if let Some(depth) = self.open.iter().rposition(|open| open.name == name) {
                        while self.open.len() > depth {
                            self.end();
                        }
                    } else {
                        stray_ends += 1;
                        if stray_ends == MAX_STRAY_ENDS {
                            return;
                        }
                    }
                }
                Token::End => return,
            }
        }
    }

    fn finish(mut self) -> Body {
        if let Some(open) = self.open.first() {
            self.scanner.note_damage(open.start);
        }
        while !self.open.is_empty() {
            self.end();
        }
        let blocks = self.containers.pop().unwrap_or_default();
        self.notes.damaged_at = self.scanner.damaged_at().map(|at| at as u32);
        Body { blocks, notes: self.notes, is_text: self.is_text, is_other: self.is_other }
    }

    pub(super) fn context(&self) -> Context {
        self.open.last().map_or(Context::Outside, |open| open.inside)
    }

    fn start(&mut self, tag: &Tag<'a>) {
        if self.open.len() >= MAX_DEPTH {
            self.notes.too_deep += 1;
            return self.scanner.skip(tag);
        }
        let mark = tag.declares.then(|| self.names.declare(tag));
        let step = self.element(tag);
        let Step::Enter(kind, inside) = step else {
            if let Some(mark) = mark {
                self.names.restore(mark);
            }
            if matches!(step, Step::Skip) {
                self.scanner.skip(tag);
            }
            return;
        };
        self.open.push(Open { name: tag.name, start: tag.start, kind, inside });
        if let Some(mark) = mark {
            self.declared.push((self.open.len(), mark));
        }
        if tag.empty {
            self.end();
        }
    }

    /// Does what the end of the innermost open element asks for.
    fn end(&mut self) {
        let Some(open) = self.open.pop() else { return };
        if let Some(&(depth, mark)) = self.declared.last()
            && depth > self.open.len()
        {
            self.declared.pop();
            self.names.restore(mark);
        }
        let end = self.scanner.position();
        match open.kind {
            Kind::Plain => {}
            Kind::Paragraph => self.end_paragraph(end),
            Kind::HiddenSpan => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.hidden = paragraph.hidden.saturating_sub(1);
                }
            }
            Kind::HiddenSection => self.hidden = self.hidden.saturating_sub(1),
            Kind::List => self.lists.end_list(),
            Kind::Item => self.lists.end_item(),
            Kind::Table => {
                if let (Some(table), Some(container)) = (self.tables.pop(), self.containers.last_mut()) {
                    let table = table.finish(end);
                    if !table.rows.is_empty() {
                        container.push(Block::Table(table));
                    }
                }
            }
            Kind::Row => {
                if let Some(table) = self.tables.last_mut() {
                    table.finish_row(end, &mut self.budget, &mut self.notes);
                }
            }
            Kind::Cell => {
                self.lists.leave();
                if let (Some(blocks), Some(table)) = (self.containers.pop(), self.tables.last_mut()) {
                    table.finish_cell(end, blocks);
                }
            }
            Kind::TextBox => {
                self.lists.leave();
                let Some(mut blocks) = self.containers.pop() else { return };
                let is_anchored = matches!(self.context(), Context::Paragraph | Context::Frame);
                match (self.paragraphs.last_mut(), self.containers.last_mut()) {
                    (Some(anchor), _) if is_anchored => anchor.after.append(&mut blocks),
                    (_, Some(container)) => container.append(&mut blocks),
                    _ => {}
                }
            }
        }
    }

    fn end_paragraph(&mut self, end: usize) {
        let (Some(builder), Some(container)) = (self.paragraphs.pop(), self.containers.last_mut()) else {
            return;
        };
        let is_anchor = builder.is_anchor;
        let (paragraph, mut after) = builder.finish(end);
        self.notes.hidden_paragraphs += u32::from(paragraph.has_hidden_text);
        if !is_anchor || paragraph.has_image {
            // Most containers are cells, and most cells hold one paragraph.
            if container.is_empty() {
                container.reserve_exact(1);
            }
            container.push(Block::Paragraph(paragraph));
        }
        container.append(&mut after);
    }

    /// Counts a paragraph, row or cell; says whether there is room for it.
    pub(super) fn admit(&mut self) -> bool {
        let has_room = self.budget.nodes < MAX_NODES;
        self.budget.nodes += u32::from(has_room);
        self.notes.dropped += u32::from(!has_room);
        has_room
    }
}
