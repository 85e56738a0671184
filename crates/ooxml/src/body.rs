//! Reading the main document part: one pass over its tags, with a stack instead of recursion.

use crate::container::Container;
use crate::field::Fields;
use crate::formatting::Formatting;
use crate::limits::{MAX_DEPTH, MAX_NODES};
use crate::model::{Body, Notes};
use crate::namespace::{Mark, Namespace, Namespaces};
use crate::package::Package;
use crate::paragraph::ParagraphBuilder;
use crate::table::TableBuilder;
use crate::xml::{Scanner, Tag, Token};

/// End tags without a start tag after which the rest is not worth reading.
const MAX_STRAY_ENDS: u32 = 1000;

/// Reads the body of a package.
pub(crate) fn read(package: &Package<'_>) -> Body {
    let mut reader = Reader {
        scanner: Scanner::new(package.document_xml()),
        namespaces: Namespaces::new(),
        declared: Vec::new(),
        open: Vec::new(),
        containers: vec![Container::default()],
        paragraphs: Vec::new(),
        tables: Vec::new(),
        text_boxes: 0,
        fields: Fields::default(),
        formatting: Formatting::new(package),
        nodes: 0,
        notes: Notes::default(),
    };
    reader.run();
    reader.finish()
}

/// The state of the pass.
pub(crate) struct Reader<'a> {
    pub scanner: Scanner<'a>,
    pub namespaces: Namespaces<'a>,
    /// Depths at which elements declare namespaces, and how to undo it.
    pub declared: Vec<(usize, Mark<'a>)>,
    pub open: Vec<Open<'a>>,
    /// The body, and the cells and text boxes open in it.
    pub containers: Vec<Container>,
    pub paragraphs: Vec<ParagraphBuilder>,
    pub tables: Vec<TableBuilder>,
    pub text_boxes: u32,
    pub fields: Fields,
    pub formatting: Formatting<'a>,
    /// Paragraphs, rows and cells so far.
    pub nodes: u32,
    pub notes: Notes,
}

/// An element whose end tag is still to come.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Open<'a> {
    pub name: &'a [u8],
    pub start: usize,
    pub kind: Kind,
    pub inside: Context,
}

/// What has to happen when an element ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Nothing: the element is a wrapper, or its meaning is not known here.
    Plain,
    Paragraph,
    Run,
    Table,
    Row,
    Cell,
    TextBox,
    /// `mc:AlternateContent`; whether one of its branches was taken.
    Alternatives(bool),
}

/// What is being read: decides what an element may be. Wrappers (`w:sdt`, `w:ins`, `w:hyperlink`, `w:customXml` and
/// all unknown ones) have the context of their parent, which is how they are looked through at every level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Context {
    /// Before the body.
    Outside,
    /// The body, a cell or a text box: paragraphs and tables.
    Container,
    Paragraph,
    Table,
    Row,
}

/// What to do with an element.
pub(crate) enum Step {
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
        let blocks = self.containers.pop().map(Container::finish).unwrap_or_default();
        self.notes.damaged_at = self.scanner.damaged_at().map(|at| at as u32);
        let (styles, unreadable_parts) = self.formatting.finish();
        self.notes.unreadable_parts = unreadable_parts;
        Body { blocks, styles, notes: self.notes }
    }

    pub(crate) fn context(&self) -> Context {
        self.open.last().map_or(Context::Outside, |open| open.inside)
    }

    fn start(&mut self, tag: &Tag<'a>) {
        if self.open.len() >= MAX_DEPTH {
            self.notes.too_deep += 1;
            return self.scanner.skip(tag);
        }
        let mark = tag.declares.then(|| self.namespaces.declare(tag));
        let step = match self.namespaces.of(tag) {
            Namespace::Word => self.word(tag),
            Namespace::Compatibility => self.alternative(tag),
            namespace => self.foreign(namespace, tag),
        };
        let Step::Enter(kind, inside) = step else {
            if let Some(mark) = mark {
                self.namespaces.restore(mark);
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
            self.namespaces.restore(mark);
        }
        let end = self.scanner.position();
        match open.kind {
            Kind::Plain | Kind::Alternatives(_) => {}
            Kind::Run => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.is_run_hidden = false;
                }
            }
            Kind::Paragraph => self.end_paragraph(end),
            Kind::Table => {
                if let (Some(table), Some(container)) = (self.tables.pop(), self.containers.last_mut()) {
                    container.push_table(table.finish(end));
                }
            }
            Kind::Row => {
                if let Some(table) = self.tables.last_mut() {
                    table.finish_row(end, &mut self.notes);
                }
            }
            Kind::Cell => {
                if let (Some(cell), Some(table)) = (self.containers.pop(), self.tables.last_mut()) {
                    table.finish_cell(open.start, end, cell.finish(), &mut self.notes);
                }
            }
            Kind::TextBox => {
                self.text_boxes -= 1;
                if let (Some(text_box), Some(anchor)) = (self.containers.pop(), self.paragraphs.last_mut()) {
                    anchor.after.append(&mut text_box.finish());
                }
            }
        }
    }

    fn end_paragraph(&mut self, end: usize) {
        let (Some(builder), Some(container)) = (self.paragraphs.pop(), self.containers.last_mut()) else {
            return;
        };
        self.notes.broken_fields += u32::from(self.fields.end_paragraph());
        self.notes.hidden_paragraphs += u32::from(builder.paragraph.has_hidden_text);
        let is_mark_deleted = builder.is_mark_deleted;
        let (paragraph, after) = builder.finish(end);
        container.push_paragraph(paragraph, after, is_mark_deleted);
    }

    /// Counts a paragraph, row or cell; says whether there is room for it.
    pub(crate) fn admit(&mut self) -> bool {
        let has_room = self.nodes < MAX_NODES;
        self.nodes += u32::from(has_room);
        self.notes.dropped += u32::from(!has_room);
        has_room
    }
}
