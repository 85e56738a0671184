//! The body of an RTF file, token by token.

use std::collections::HashMap;

use nianbao_ooxml::limits::MAX_DEPTH;
use nianbao_ooxml::{Numbering, Paragraph};

use super::bytes::{Encodings, Pending, is_double_byte};
use super::group::{Destination, Group, ParagraphState, destination};
use super::tokens::{Token, Tokens};
use crate::code_page;
use crate::limits;
use crate::rows::{Assembler, Merge, RowShape};

/// Styles kept.
const MAX_STYLES: usize = 10_000;

/// Length of what is read beside the body: the name of a style, the title.
const MAX_ASIDE: usize = 1_000;

/// All that is known while reading, and what was read.
#[derive(Debug, Default)]
pub(super) struct Reader {
    pub(super) rows: Assembler,
    pub(super) encodings: Encodings,
    /// Text boxes, which are not read.
    pub(super) text_boxes: u32,
    group: Group,
    outer: Vec<Group>,
    /// Groups deeper than those that have a state.
    too_deep: usize,
    /// The last token was `\*`.
    is_starred: bool,
    /// Bytes or words left that stand for the last `\u`.
    skip: u32,
    surrogate: Option<u16>,
    pending: Pending,
    paragraph: Paragraph,
    label: String,
    title: String,
    /// The style being defined.
    style: Style,
    styles: HashMap<i32, Option<u8>>,
    font: i32,
    row: RowState,
    nested_row: RowState,
    /// A row was defined that has not ended.
    is_in_row: bool,
}

#[derive(Debug, Default)]
struct Style {
    number: i32,
    name: String,
    outline: Option<i32>,
}

/// The row as defined last, and the cell whose definition has begun.
#[derive(Debug, Default)]
struct RowState {
    shape: RowShape,
    sideways: Merge,
    downwards: Merge,
}

impl Reader {
    /// Reads a file; tells whether it ends where it should.
    pub(super) fn read(&mut self, bytes: &[u8]) -> bool {
        let mut tokens = Tokens::new(bytes);
        self.group.fallback = 1;
        let mut has_ended = false;
        while let Some(token) = tokens.next() {
            self.take(token);
            if self.outer.is_empty() && token == Token::Close {
                // Zeros and line ends may follow, but no more text.
                has_ended = !tokens.has_words();
                break;
            }
            if self.rows.is_full() {
                return true;
            }
            tokens.is_double_byte = is_double_byte(self.encodings.of_font(self.group.font));
        }
        self.flush();
        self.end_paragraph_at_end();
        has_ended
    }

    /// The title, unless it is blank.
    pub(super) fn title(&self) -> Option<String> {
        let title = self.title.trim();
        (!title.is_empty()).then(|| title.to_owned())
    }

    fn take(&mut self, token: Token<'_>) {
        match token {
            Token::Open => self.open(),
            Token::Close => self.close(),
            _ if self.too_deep > 0 => {}
            Token::Word(b"bin", _) => self.skip = self.skip.saturating_sub(1),
            Token::Word(b"u", Some(value)) => self.unicode(value),
            Token::Symbol(_) | Token::Byte(_) if self.skip > 0 => self.skip -= 1,
            Token::Word(word, _) if self.skip > 0 && character(word).is_some() => self.skip -= 1,
            Token::Word(word, value) => {
                // Not all writers give every `\u` something that stands for it.
                self.skip = 0;
                let is_starred = std::mem::take(&mut self.is_starred);
                self.word(word, value, is_starred);
            }
            Token::Symbol(symbol) => self.symbol(symbol),
            Token::Byte(byte) => self.bytes(&[byte]),
            Token::Text(text) => {
                let skipped = text.len().min(self.skip as usize);
                self.skip -= skipped as u32;
                self.bytes(&text[skipped..]);
            }
        }
    }

    fn open(&mut self) {
        self.skip = 0;
        if self.outer.len() >= MAX_DEPTH {
            self.rows.notes.too_deep += u32::from(self.too_deep == 0);
            self.too_deep += 1;
            return;
        }
        // The font may change with the group, but a character does not go over its border.
        self.flush();
        self.outer.push(self.group);
    }

    fn close(&mut self) {
        self.skip = 0;
        self.is_starred = false;
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        self.flush();
        if self.group.destination == Destination::Styles {
            self.end_style();
        }
        if let Some(outer) = self.outer.pop() {
            self.group = outer;
        }
    }

    fn word(&mut self, word: &[u8], value: Option<i32>, is_starred: bool) {
        // In what is skipped only groups matter, and in drawings what kind of drawing it is.
        match self.group.destination {
            Destination::Skipped => return,
            Destination::Drawing => {
                self.text_boxes += u32::from(word == b"shptxt" || word == b"dptxbxtext");
                self.paragraph.has_image |= word == b"pict";
                return;
            }
            Destination::Alternatives => {
                if word == b"ud" {
                    self.group.destination = self.group.outside;
                }
                return;
            }
            Destination::Information if word == b"title" => {
                self.group.destination = Destination::Title;
                return;
            }
            _ => {}
        }
        if let Some(destination) = destination(word, is_starred) {
            self.flush();
            if word == b"pict" && self.group.destination == Destination::Body {
                self.paragraph.has_image = true;
            }
            if destination == Destination::Alternatives {
                self.group.outside = self.group.destination;
            }
            self.group.destination = destination;
            return;
        }
        match self.group.destination {
            Destination::Fonts => self.font_word(word, value),
            Destination::Styles => match word {
                b"s" => self.style.number = value.unwrap_or(0),
                b"outlinelevel" => self.style.outline = value,
                _ => self.character_word(word, value),
            },
            Destination::Body => {
                if !self.mark(word) && !self.paragraph_word(word, value) && !self.row_word(word, value) {
                    self.character_word(word, value);
                }
            }
            _ => self.character_word(word, value),
        }
    }

    fn font_word(&mut self, word: &[u8], value: Option<i32>) {
        let value = value.unwrap_or(0);
        match word {
            b"f" => self.font = value,
            b"fcharset" => self.encodings.set_font(self.font, code_page::of_charset(value)),
            b"cpg" => self.encodings.set_font(self.font, code_page::encoding(value)),
            _ => {}
        }
    }

    /// Formatting of characters, and words that stand for a character.
    fn character_word(&mut self, word: &[u8], value: Option<i32>) {
        let is_on = value != Some(0);
        match word {
            b"ansicpg" => self.encodings.set_code_page(value.unwrap_or(1252)),
            b"mac" => self.encodings.set_code_page(10000),
            b"deff" => {
                self.encodings.default_font = value.unwrap_or(0);
                self.set_font(self.encodings.default_font);
            }
            b"f" => self.set_font(value.unwrap_or(0)),
            b"uc" => self.group.fallback = value.and_then(|n| u32::try_from(n).ok()).unwrap_or(1).min(16),
            b"plain" => {
                self.set_font(self.encodings.default_font);
                self.group.is_hidden = false;
                self.group.is_deleted = false;
            }
            b"v" => self.group.is_hidden = is_on,
            b"deleted" => {
                self.flush();
                self.rows.notes.deletions += u32::from(is_on && !self.group.is_deleted);
                self.group.is_deleted = is_on;
            }
            b"revised" => self.rows.notes.insertions += u32::from(is_on),
            _ => {
                if let Some(c) = character(word) {
                    self.push(c);
                }
            }
        }
    }

    fn paragraph_word(&mut self, word: &[u8], value: Option<i32>) -> bool {
        let paragraph = &mut self.group.paragraph;
        match word {
            b"pard" => *paragraph = ParagraphState::default(),
            b"s" => paragraph.style = value.unwrap_or(0),
            b"outlinelevel" => paragraph.outline = value,
            b"intbl" => paragraph.is_in_table = true,
            b"itap" => paragraph.depth = value.and_then(|n| usize::try_from(n).ok()).unwrap_or(0),
            _ => return false,
        }
        true
    }

    /// Row properties (“Table Definitions”).
    fn row_word(&mut self, word: &[u8], value: Option<i32>) -> bool {
        let is_nested = self.group.is_nested_row;
        let row = if is_nested { &mut self.nested_row } else { &mut self.row };
        match word {
            b"nesttableprops" => self.group.is_nested_row = true,
            b"trowd" => *row = RowState::default(),
            b"trleft" if row.shape.len() == 0 => row.shape.set_left(value.unwrap_or(0)),
            b"clmgf" => row.sideways = Merge::Start,
            b"clmrg" => row.sideways = Merge::Continue,
            b"clvmgf" => row.downwards = Merge::Start,
            b"clvmrg" => row.downwards = Merge::Continue,
            b"cellx" => {
                if row.shape.len() < limits::COLUMNS {
                    row.shape.push(value.unwrap_or(0), row.sideways, row.downwards);
                }
                (row.sideways, row.downwards) = (Merge::No, Merge::No);
                self.is_in_row |= !is_nested;
            }
            _ => return false,
        }
        true
    }

    /// Marks that end a paragraph, cell or row.
    fn mark(&mut self, word: &[u8]) -> bool {
        match word {
            // A deleted mark joins its paragraph with the next one.
            b"par" | b"sect" if self.group.is_deleted => self.flush(),
            b"par" | b"sect" => {
                let paragraph = self.end_paragraph();
                self.rows.paragraph(self.depth(), paragraph);
            }
            b"cell" => {
                let paragraph = self.end_paragraph();
                self.rows.end_cell(1, paragraph);
            }
            b"nestcell" => {
                let paragraph = self.end_paragraph();
                self.rows.end_cell(self.depth().max(2), paragraph);
            }
            b"row" => {
                self.end_row_text(1);
                self.rows.end_row(1, Some(&self.row.shape));
                self.is_in_row = false;
            }
            b"nestrow" => {
                let depth = self.depth().max(2);
                self.end_row_text(depth);
                self.rows.end_row(depth, Some(&self.nested_row.shape));
            }
            _ => return false,
        }
        true
    }

    /// How many tables the current paragraph stands in. Not all writers say it of each paragraph in a row.
    fn depth(&self) -> usize {
        let paragraph = &self.group.paragraph;
        paragraph.depth.max(usize::from(paragraph.is_in_table || self.is_in_row))
    }

    /// Text between the last cell and the end of its row.
    fn end_row_text(&mut self, depth: usize) {
        let paragraph = self.end_paragraph();
        if !paragraph.text.trim().is_empty() {
            self.rows.paragraph(depth, paragraph);
        }
    }

    fn end_paragraph_at_end(&mut self) {
        if !self.paragraph.text.is_empty() || self.paragraph.has_image {
            let paragraph = self.end_paragraph();
            self.rows.paragraph(self.depth(), paragraph);
        }
    }

    /// The paragraph that ends here, as the properties that hold here say.
    fn end_paragraph(&mut self) -> Paragraph {
        self.flush();
        self.surrogate = None;
        let mut paragraph = std::mem::take(&mut self.paragraph);
        let state = &self.group.paragraph;
        paragraph.heading = match state.outline {
            Some(level) => heading(level),
            None => self.styles.get(&state.style).copied().flatten(),
        };
        let label = std::mem::take(&mut self.label);
        let label = label.trim();
        if !label.is_empty() {
            let is_bullet = !label.chars().any(char::is_alphanumeric);
            paragraph.numbering = Some(Numbering { list: 1, level: 0, is_bullet });
            paragraph.number_label = Some(label.to_owned());
        }
        paragraph
    }

    fn end_style(&mut self) {
        let style = std::mem::take(&mut self.style);
        let name = style.name.trim().trim_end_matches(';').trim();
        let ascii = name.get(..7).filter(|start| start.eq_ignore_ascii_case("heading"));
        let rest = ascii.map(|start| &name[start.len()..]).or_else(|| name.strip_prefix("标题"));
        let by_name = || rest?.trim().parse().ok().filter(|level| (1..=9).contains(level));
        let level = style.outline.map_or_else(by_name, heading);
        if !name.is_empty() && self.styles.len() < MAX_STYLES {
            self.styles.entry(style.number).or_insert(level);
        }
    }

    fn symbol(&mut self, symbol: u8) {
        match symbol {
            b'*' => self.is_starred = true,
            b'~' => self.push('\u{a0}'),
            b'_' => self.push('-'),
            b'\\' | b'{' | b'}' => self.bytes(&[symbol]),
            b'\t' => self.push('\t'),
            b'\r' | b'\n' => self.word(b"par", None, false),
            _ => {}
        }
    }

    /// `\uN`: a unit of UTF-16, as a number with a sign.
    fn unicode(&mut self, value: i32) {
        self.skip = self.group.fallback;
        let unit = value as u16;
        let high = self.surrogate.take();
        if (0xd800..0xdc00).contains(&unit) {
            self.surrogate = Some(unit);
            return;
        }
        for c in char::decode_utf16(high.into_iter().chain([unit])) {
            if c.is_err() && self.group.destination == Destination::Body {
                self.rows.notes.invalid_texts += 1;
            }
            self.push(c.unwrap_or('\u{fffd}'));
        }
    }

    fn set_font(&mut self, font: i32) {
        self.group.font = font;
    }

    fn bytes(&mut self, bytes: &[u8]) {
        if matches!(
            self.group.destination,
            Destination::Skipped | Destination::Alternatives | Destination::Drawing | Destination::Fonts
        ) {
            return;
        }
        let encoding = self.encodings.of_font(self.group.font);
        if !self.pending.accepts(encoding) {
            self.flush();
        }
        self.pending.push(bytes, encoding);
    }

    fn push(&mut self, c: char) {
        self.flush();
        self.write(c.encode_utf8(&mut [0; 4]));
    }

    /// Decodes the bytes that wait.
    fn flush(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let mut text = String::new();
        let has_errors = self.pending.decode(&self.encodings, &mut text);
        if has_errors && self.group.destination == Destination::Body {
            self.rows.notes.invalid_texts += 1;
        }
        self.write(&text);
    }

    fn write(&mut self, text: &str) {
        let aside = match self.group.destination {
            Destination::Body => {
                if !self.group.is_deleted {
                    self.paragraph.has_hidden_text |= self.group.is_hidden && !text.trim().is_empty();
                    let shown = |c: &char| !c.is_control() || matches!(c, '\t' | '\n');
                    self.paragraph.text.extend(text.chars().filter(shown));
                }
                return;
            }
            Destination::Title => &mut self.title,
            Destination::Styles => &mut self.style.name,
            Destination::Label => &mut self.label,
            _ => return,
        };
        if aside.len() < MAX_ASIDE {
            aside.push_str(&text[..text.floor_char_boundary(MAX_ASIDE)]);
        }
    }
}

fn heading(outline: i32) -> Option<u8> {
    (0..9).contains(&outline).then_some(outline as u8 + 1)
}

/// The character that a word stands for (“Special Characters”).
fn character(word: &[u8]) -> Option<char> {
    Some(match word {
        b"tab" => '\t',
        b"line" | b"page" | b"column" | b"softline" => '\n',
        b"emdash" => '—',
        b"endash" => '–',
        b"lquote" => '‘',
        b"rquote" => '’',
        b"ldblquote" => '“',
        b"rdblquote" => '”',
        b"bullet" => '•',
        b"emspace" => '\u{2003}',
        b"enspace" => '\u{2002}',
        b"qmspace" => '\u{2005}',
        _ => return None,
    })
}
