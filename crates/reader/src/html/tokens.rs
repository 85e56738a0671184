//! Tokens of HTML, each with its place in the source.
//!
//! html5gum's own emitters join all characters between two tags into one token; this one passes every stretch on with
//! its offset, so that the place of each character is known exactly, entities and line ends notwithstanding.

use std::collections::VecDeque;
use std::ops::Range;

use html5gum::{Emitter, Error, Readable, State, StringReader, Tokenizer};

use super::names::{Class, class, content_state};

/// A token. Offsets are in the decoded source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Token {
    /// Characters that stand in the source as they are, line ends of all kinds among them.
    Text { start: usize, end: usize },
    /// Characters that stand for something else, from `start` on: a decoded entity, a normalised line end.
    Decoded { text: String, start: usize },
    /// A start tag.
    Start(StartTag),
    /// An end tag.
    End(Ident),
}

/// Which element it is: its class, and a number for telling names apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ident {
    pub(crate) class: Class,
    id: u64,
}

impl Ident {
    pub(crate) fn new(name: &[u8]) -> Self {
        // FNV-1a. Names that collide by malice only confuse the page that has them.
        let id = name
            .iter()
            .fold(0xcbf2_9ce4_8422_2325, |h: u64, b| (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3));
        Self { class: class(name), id }
    }
}

/// A start tag, with those of its attributes that the reader asks about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StartTag {
    pub(crate) ident: Ident,
    pub(crate) start: usize,
    /// `<…/>`, which means something in XHTML only.
    pub(crate) self_closing: bool,
    /// No such element ends after this tag: what follows cannot be its content alone.
    pub(crate) unclosed: bool,
    /// Boxed: most tags have none of them, and tags are moved about.
    attributes: Option<Box<Attributes>>,
}

impl StartTag {
    pub(crate) fn attributes(&self) -> &Attributes {
        static NONE: Attributes = Attributes::none();
        self.attributes.as_deref().unwrap_or(&NONE)
    }
}

/// The attributes that the reader asks about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Attributes {
    /// `hidden`, or `display:none` in `style`.
    pub(crate) hidden: bool,
    pub(crate) colspan: Option<String>,
    pub(crate) rowspan: Option<String>,
    pub(crate) alt: Option<String>,
    /// `name` or `property` of a `<meta>`.
    pub(crate) name: Option<String>,
    pub(crate) content: Option<String>,
}

impl Attributes {
    const fn none() -> Self {
        Self { hidden: false, colspan: None, rowspan: None, alt: None, name: None, content: None }
    }

    /// Takes an attribute; of two of the same name the first counts.
    fn set(attributes: &mut Option<Box<Self>>, name: &[u8], value: &[u8]) {
        let field: fn(&mut Self) -> &mut Option<String> = match name {
            b"hidden" => return attributes.get_or_insert_default().hidden = true,
            b"style" if hides(value) => return attributes.get_or_insert_default().hidden = true,
            b"colspan" => |a| &mut a.colspan,
            b"rowspan" => |a| &mut a.rowspan,
            b"alt" => |a| &mut a.alt,
            b"name" | b"property" | b"itemprop" => |a| &mut a.name,
            b"content" => |a| &mut a.content,
            _ => return,
        };
        field(attributes.get_or_insert_default())
            .get_or_insert_with(|| String::from_utf8_lossy(value).into_owned());
    }
}

/// Whether a style says `display: none`.
fn hides(style: &[u8]) -> bool {
    style.split(|&b| b == b';').any(|rule| {
        let mut sides = rule.splitn(2, |&b| b == b':').map(<[u8]>::trim_ascii);
        let name = sides.next().unwrap_or_default();
        let value = sides.next().unwrap_or_default();
        let value = value.split(|b| b.is_ascii_whitespace() || *b == b'!').next().unwrap_or_default();
        name.eq_ignore_ascii_case(b"display") && value.eq_ignore_ascii_case(b"none")
    })
}

/// The tokens of `source[start..end]`.
pub(crate) fn tokens(source: &str, start: usize, end: usize, xml: bool) -> impl Iterator<Item = Token> + '_ {
    let source = &source[..end];
    let reader: StringReader<'_> = (&source[start..]).to_reader();
    Tokenizer::new_with_emitter(reader, Positions::new(source, start, xml)).map(|token| match token {
        Ok(token) => token,
        Err(never) => match never {},
    })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TagKind {
    Start,
    End,
}

struct Positions<'a> {
    source: &'a str,
    xml: bool,
    position: usize,
    /// Where the next characters start.
    mark: usize,
    tag_start: usize,
    tag: TagKind,
    tag_name: Vec<u8>,
    self_closing: bool,
    last_start: Vec<u8>,
    attribute: (Vec<u8>, Vec<u8>),
    attributes: Option<Box<Attributes>>,
    /// Depth in drawings and formulas, where `<style/>` and the like may be empty elements.
    foreign: usize,
    /// The last end tag of each element that swallows what follows, as far as it was looked for.
    last_ends: Vec<(Vec<u8>, Option<usize>)>,
    /// Characters that are being read. The tokenizer hands them out in parts, which may end within one.
    run: Option<Range<usize>>,
    queue: VecDeque<Token>,
}

impl<'a> Positions<'a> {
    fn new(source: &'a str, start: usize, xml: bool) -> Self {
        Self {
            source,
            xml,
            position: start,
            mark: start,
            tag_start: start,
            tag: TagKind::Start,
            tag_name: Vec::new(),
            self_closing: false,
            last_start: Vec::new(),
            attribute: (Vec::new(), Vec::new()),
            attributes: None,
            foreign: 0,
            last_ends: Vec::new(),
            run: None,
            queue: VecDeque::new(),
        }
    }

    fn flush_run(&mut self) {
        if let Some(run) = self.run.take().filter(|run| !run.is_empty()) {
            self.queue.push_back(Token::Text { start: run.start, end: run.end });
        }
    }

    fn flush_attribute(&mut self) {
        let (name, value) = &mut self.attribute;
        if !name.is_empty() && self.tag == TagKind::Start {
            Attributes::set(&mut self.attributes, name, value);
        }
        name.clear();
        value.clear();
    }

    /// Whether an end tag for the current tag stands anywhere after it.
    fn ends_later(&mut self) -> bool {
        let last = match self.last_ends.iter().find(|(name, _)| *name == self.tag_name) {
            Some((_, last)) => *last,
            None => {
                let word = [b"</", self.tag_name.as_slice()].concat();
                let last =
                    self.source.as_bytes().windows(word.len()).rposition(|w| w.eq_ignore_ascii_case(&word));
                self.last_ends.push((self.tag_name.clone(), last));
                last
            }
        };
        last.is_some_and(|last| last >= self.position)
    }

    fn emit_start_tag(&mut self) -> Option<State> {
        let ident = Ident::new(&self.tag_name);
        if matches!(self.tag_name.as_slice(), b"svg" | b"math") && !self.self_closing {
            self.foreign += 1;
        }
        let empty = self.self_closing && (self.xml || self.foreign > 0);
        let swallows = matches!(ident.class, Class::Skipped | Class::Title)
            || matches!(self.tag_name.as_slice(), b"xmp");
        let unclosed = swallows && !empty && !self.ends_later();
        let state = content_state(&self.tag_name).filter(|state| {
            // A script or style that never ends hides the rest of the page from every browser.
            let code = matches!(state, State::ScriptData) || self.tag_name == b"style";
            !empty && (!unclosed || code)
        });
        let mut attributes = self.attributes.take();
        // What is struck out is no longer said, and a raised mark is no part of the number before it: 12<sup>1</sup> is 12.
        if matches!(self.tag_name.as_slice(), b"del" | b"s" | b"strike" | b"sup") {
            attributes.get_or_insert_default().hidden = true;
        }
        self.queue.push_back(Token::Start(StartTag {
            ident,
            start: self.tag_start,
            self_closing: empty,
            unclosed: unclosed && state.is_none(),
            attributes,
        }));
        self.last_start.clone_from(&self.tag_name);
        state
    }
}

impl Emitter for Positions<'_> {
    type Token = Token;

    fn set_last_start_tag(&mut self, last_start_tag: Option<&[u8]>) {
        self.last_start = last_start_tag.unwrap_or_default().to_vec();
    }

    fn emit_eof(&mut self) {
        self.flush_run();
    }

    fn emit_error(&mut self, _: Error) {}

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn pop_token(&mut self) -> Option<Token> {
        self.queue.pop_front()
    }

    fn init_string(&mut self) {
        self.mark = self.position;
    }

    fn emit_string(&mut self, characters: &[u8]) {
        let end = self.position;
        let start = end.saturating_sub(characters.len());
        let there = self.source.as_bytes().get(start..end).unwrap_or_default();
        // Line ends are normalised: CR to LF, and the LF of CR LF is passed over. White space is white space.
        if there == characters || there == b"\r" && characters == b"\n" {
            let between = |run: &Range<usize>| self.source.as_bytes().get(run.end..start);
            match &mut self.run {
                Some(run) if run.end == start || between(run) == Some(b"\n") => run.end = end,
                _ => {
                    self.flush_run();
                    self.run = Some(start..end);
                }
            }
        } else {
            self.flush_run();
            let text = String::from_utf8_lossy(characters).into_owned();
            self.queue.push_back(Token::Decoded { text, start: self.mark.min(end) });
        }
        self.mark = end;
    }

    fn init_start_tag(&mut self) {
        self.tag = TagKind::Start;
        self.tag_name.clear();
        self.self_closing = false;
        self.attributes = None;
    }

    fn init_end_tag(&mut self) {
        self.tag = TagKind::End;
        self.tag_name.clear();
    }

    fn init_comment(&mut self) {}

    fn emit_current_tag(&mut self) -> Option<State> {
        self.flush_run();
        self.flush_attribute();
        self.mark = self.position;
        match self.tag {
            TagKind::Start => self.emit_start_tag(),
            TagKind::End => {
                if matches!(self.tag_name.as_slice(), b"svg" | b"math") {
                    self.foreign = self.foreign.saturating_sub(1);
                }
                self.last_start.clear();
                self.queue.push_back(Token::End(Ident::new(&self.tag_name)));
                None
            }
        }
    }

    fn emit_current_comment(&mut self) {
        self.mark = self.position;
    }

    fn emit_current_doctype(&mut self) {
        self.mark = self.position;
    }

    fn set_self_closing(&mut self) {
        self.self_closing = true;
    }

    fn set_force_quirks(&mut self) {}

    fn push_tag_name(&mut self, name: &[u8]) {
        self.tag_name.extend_from_slice(name);
    }

    fn push_comment(&mut self, _: &[u8]) {}

    fn push_doctype_name(&mut self, _: &[u8]) {}

    fn init_doctype(&mut self) {}

    fn init_attribute(&mut self) {
        self.flush_attribute();
    }

    fn push_attribute_name(&mut self, name: &[u8]) {
        self.attribute.0.extend_from_slice(name);
    }

    fn push_attribute_value(&mut self, value: &[u8]) {
        self.attribute.1.extend_from_slice(value);
    }

    fn set_doctype_public_identifier(&mut self, _: &[u8]) {}

    fn set_doctype_system_identifier(&mut self, _: &[u8]) {}

    fn push_doctype_public_identifier(&mut self, _: &[u8]) {}

    fn push_doctype_system_identifier(&mut self, _: &[u8]) {}

    fn start_open_tag(&mut self) {
        self.tag_start = self.position.saturating_sub(1);
    }

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.tag == TagKind::End && !self.last_start.is_empty() && self.last_start == self.tag_name
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&mut self) -> bool {
        self.xml
    }

    fn move_position(&mut self, offset: isize) {
        self.position = self.position.saturating_add_signed(offset);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every character that the tokens give, with its offset; `None` where it is decoded.
    fn read(source: &str) -> Vec<(String, usize)> {
        tokens(source, 0, source.len(), false)
            .filter_map(|token| match token {
                Token::Text { start, end } => Some((source[start..end].to_owned(), start)),
                Token::Decoded { text, start } => Some((text, start)),
                _ => None,
            })
            .collect()
    }

    fn pairs(expected: &[(&str, usize)]) -> Vec<(String, usize)> {
        expected.iter().map(|(text, at)| ((*text).to_owned(), *at)).collect()
    }

    #[test]
    fn entities_and_lone_marks_keep_their_offsets() {
        assert_eq!(read("甲&nbsp;乙"), pairs(&[("甲", 0), ("\u{a0}", 3), ("乙", 9)]));
        assert_eq!(read("a&#20013;&#x6587;b"), pairs(&[("a", 0), ("中", 1), ("文", 9), ("b", 17)]));
        assert_eq!(read("&lt&notanentity; <b>"), pairs(&[("<", 0), ("¬", 3), ("anentity; ", 7)]));
        let joined = |s: &str| read(s).into_iter().map(|(t, _)| t).collect::<String>();
        assert_eq!(joined("1 < 2 && 3 <= 4 &"), "1 < 2 && 3 <= 4 &");
        assert_eq!(joined("<p>x<!-- y --><![if !a]>z<![endif]></p><"), "xz<");
    }

    #[test]
    fn stretches_are_where_they_say() {
        let source = "<title>甲 &amp; 乙</title>\r\n<p a='&lt;'>丙\r\n丁\r戊&#10;</p>&#65";
        let mut last = 0;
        for token in tokens(source, 0, source.len(), false) {
            let (start, end) = match token {
                Token::Text { start, end } => (start, end),
                Token::Decoded { start, .. } => (start, start),
                Token::Start(tag) => (tag.start, tag.start),
                Token::End(_) => continue,
            };
            assert!(start >= last && end <= source.len(), "{start}..{end} after {last}");
            last = end;
        }
        let (text, start) = read(source).into_iter().find(|(text, _)| text.contains('丁')).unwrap();
        assert_eq!((text.as_str(), start), ("丙\r\n丁\r戊", source.find('丙').unwrap()));
        assert_eq!(read(source).last(), Some(&("A".to_owned(), source.len() - 4)));
    }

    #[test]
    fn scripts_are_one_stretch_and_unclosed_titles_are_not() {
        assert_eq!(read("<script>if (a<b) '<p>'</script>甲").last(), Some(&("甲".to_owned(), 31)));
        assert_eq!(read("<title>甲<p>乙").len(), 2);
        assert_eq!(read("<svg><style/><p>乙").last().map(|(t, _)| t.as_str()), Some("乙"));
    }

    #[test]
    fn styles_that_hide() {
        for (style, hidden) in [
            ("display:none", true),
            ("color:red; DISPLAY : NONE !important", true),
            ("display:nonesuch", false),
            ("mso-display:none", false),
            ("display:block", false),
        ] {
            assert_eq!(hides(style.as_bytes()), hidden, "{style}");
        }
    }
}
