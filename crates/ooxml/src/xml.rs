//! A forward-only scanner of XML tags with byte positions.
//!
//! Why not a general XML reader: most of a `document.xml` is formatting that nobody here asks for. This scanner jumps
//! over an unwanted element from `<` to `<` without looking at its attributes, keeps the byte range of everything that
//! it returns, and works on bytes, so that one invalid character does not cost the whole document. It accepts what
//! OPC allows (ECMA-376 part 2: no document type, hence no entities of one's own) and is lenient with the rest.

use std::borrow::Cow;
use std::num::IntErrorKind;

/// What [`Scanner::next`] found.
#[derive(Debug, Clone, Copy)]
pub enum Token<'a> {
    /// A start tag, or an empty element.
    Open(Tag<'a>),
    /// The qualified name of an end tag.
    Close(&'a [u8]),
    /// The end of the input.
    End,
}

/// A start tag.
#[derive(Debug, Clone, Copy)]
pub struct Tag<'a> {
    /// Offset of its `<`.
    pub start: usize,
    /// Qualified name.
    pub name: &'a [u8],
    /// Length of the prefix of the name; 0 without a prefix.
    pub prefix: usize,
    /// What stands between the name and `>`.
    attributes: &'a [u8],
    /// Whether it is an empty-element tag, `<…/>`.
    pub empty: bool,
    /// Whether it declares namespaces.
    pub declares: bool,
}

impl<'a> Tag<'a> {
    /// The name without its prefix.
    pub fn local(&self) -> &'a [u8] {
        local_name(self.name)
    }

    /// The attributes, in order.
    pub fn attributes(&self) -> Attributes<'a> {
        Attributes { rest: self.attributes }
    }

    /// The raw value of the first attribute with this local name.
    ///
    /// The prefix is not looked at: strict and transitional documents bind it to different namespaces, some writers
    /// leave it out, and no element read here has two attributes that differ in the prefix only.
    pub fn raw(&self, local: &[u8]) -> Option<&'a [u8]> {
        self.attributes().find(|(name, _)| local_name(name) == local).map(|(_, value)| value)
    }

    /// The value of the first attribute with this local name, references resolved.
    pub fn value(&self, local: &[u8]) -> Option<Cow<'a, str>> {
        self.raw(local).map(unescape)
    }

    /// An attribute that holds an integer; one with more digits than fit counts as the largest or smallest.
    pub fn number(&self, local: &[u8]) -> Option<i64> {
        let raw = str::from_utf8(self.raw(local)?.trim_ascii()).ok()?;
        raw.parse::<i64>().map_or_else(
            |error| match error.kind() {
                IntErrorKind::PosOverflow => Some(i64::MAX),
                IntErrorKind::NegOverflow => Some(i64::MIN),
                _ => None,
            },
            Some,
        )
    }

    /// The value of an on/off element (`ST_OnOff`): present without `val` means on.
    pub fn is_on(&self) -> bool {
        self.raw(b"val").is_none_or(|v| !matches!(v, b"0" | b"false" | b"off"))
    }
}

/// Iterator over `(qualified name, raw value)`.
#[derive(Debug, Clone)]
pub struct Attributes<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a [u8], &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.rest.trim_ascii_start();
        let equals = rest.iter().position(|&b| b == b'=')?;
        let name = rest[..equals].trim_ascii_end();
        let after = rest[equals + 1..].trim_ascii_start();
        let (&quote, value) = after.split_first()?;
        if quote != b'"' && quote != b'\'' {
            self.rest = &[];
            return None;
        }
        let end = value.iter().position(|&b| b == quote)?;
        self.rest = &value[end + 1..];
        Some((name, &value[..end]))
    }
}

/// A stretch of character data inside an element, as [`Scanner::characters`] yields it.
#[derive(Debug, Clone, Copy)]
pub struct Characters<'a> {
    /// Offset of the first byte.
    pub start: usize,
    /// The bytes as they stand in the file.
    pub raw: &'a [u8],
    /// Whether `&…;` in it is a reference; false in a CDATA section.
    pub references: bool,
}

/// The scanner.
#[derive(Debug, Clone)]
pub struct Scanner<'a> {
    xml: &'a [u8],
    position: usize,
    damaged_at: Option<usize>,
}

impl<'a> Scanner<'a> {
    /// A scanner of a whole part.
    pub fn new(xml: &'a [u8]) -> Self {
        Self::at(xml, 0)
    }

    /// A scanner that starts at an offset.
    pub fn at(xml: &'a [u8], position: usize) -> Self {
        Self { xml, position, damaged_at: None }
    }

    /// Offset of the byte after the last token.
    pub fn position(&self) -> usize {
        self.position
    }

    /// Offset of the first place at which the input is not well-formed, as far as this scanner looked.
    pub fn damaged_at(&self) -> Option<usize> {
        self.damaged_at
    }

    /// Notes a place at which the input is not well-formed, unless one before it is noted.
    pub fn note_damage(&mut self, at: usize) {
        self.damaged_at.get_or_insert(at);
    }

    /// The next tag; character data before it is passed over.
    #[expect(clippy::should_implement_trait, reason = "it never ends: after the end it goes on saying so")]
    pub fn next(&mut self) -> Token<'a> {
        loop {
            let Some(start) = self.find(self.position, b'<') else {
                self.position = self.xml.len();
                return Token::End;
            };
            match self.xml.get(start + 1) {
                Some(b'/') => {
                    let name = &self.xml[start + 2..];
                    let Some(length) = short_position(name, b'>') else {
                        return self.cut_off(start);
                    };
                    self.position = start + length + 3;
                    return Token::Close(name[..length].trim_ascii_end());
                }
                Some(b'!' | b'?') => self.pass_declaration(start),
                Some(_) => return self.tag(start).map_or_else(|| self.cut_off(start), Token::Open),
                None => return self.cut_off(start),
            }
        }
    }

    /// Passes over the rest of an element whose start tag was just returned, up to and including its end tag.
    pub fn skip(&mut self, tag: &Tag<'_>) {
        self.skip_watching(tag, |_| false);
    }

    /// As [`Scanner::skip`]; says whether `is_watched` held for what follows the prefix of any start tag inside.
    ///
    /// Only tags of the same name are counted, which is exact in a well-formed file, because `<` cannot stand in an
    /// attribute value; everything else is jumped over.
    pub fn skip_watching(&mut self, tag: &Tag<'_>, is_watched: impl Fn(&[u8]) -> bool) -> bool {
        let mut watched = false;
        if tag.empty {
            return watched;
        }
        let is_same = |rest: &[u8]| {
            rest.starts_with(tag.name)
                && rest
                    .get(tag.name.len())
                    .is_none_or(|b| matches!(b, b'>' | b'/' | b' ' | b'\t' | b'\r' | b'\n'))
        };
        let mut depth = 1_u32;
        while let Some(start) = self.find(self.position, b'<') {
            let rest = &self.xml[start + 1..];
            match rest.first() {
                Some(b'/') => {
                    self.position = start + 2;
                    if is_same(&rest[1..]) {
                        let end = self.find(self.position, b'>');
                        self.position = end.map_or(self.xml.len(), |end| end + 1);
                        depth -= 1;
                        if depth == 0 {
                            return watched;
                        }
                    }
                }
                Some(b'!' | b'?') => self.pass_declaration(start),
                _ if is_same(rest) => match self.tag(start) {
                    Some(inner) => depth += u32::from(!inner.empty),
                    None => break,
                },
                _ => {
                    self.position = start + 1;
                    // Properties are in the vocabulary of their element, so they have the same prefix.
                    let local = usize::from(tag.prefix > 0) + tag.prefix;
                    watched |= rest.get(local..).is_some_and(&is_watched);
                }
            }
        }
        self.cut_off(tag.start);
        watched
    }

    /// Visits the child elements of an element whose start tag was just returned, up to and including its end tag.
    ///
    /// A child that `visit` does not read to its end is skipped.
    pub fn children(&mut self, tag: &Tag<'_>, mut visit: impl FnMut(&mut Self, &Tag<'a>)) {
        if tag.empty {
            return;
        }
        loop {
            match self.next() {
                Token::Open(child) => {
                    let position = self.position;
                    visit(self, &child);
                    if self.position == position {
                        self.skip(&child);
                    }
                }
                Token::Close(_) => return,
                Token::End => {
                    self.note_damage(tag.start);
                    return;
                }
            }
        }
    }

    /// Passes over the end tag of an element if it is what comes next; says whether it was.
    pub fn close(&mut self, tag: &Tag<'_>) -> bool {
        let rest = self.xml.get(self.position..).unwrap_or_default();
        let name = rest.strip_prefix(b"</").and_then(|rest| rest.strip_prefix(tag.name));
        let is_next = name.is_some_and(|rest| rest.first() == Some(&b'>'));
        if is_next {
            self.position += tag.name.len() + 3;
        }
        is_next
    }

    /// The next stretch of character data inside the current element; none at the next tag, which is left in place.
    pub fn characters(&mut self) -> Option<Characters<'a>> {
        loop {
            let start = self.position;
            let end = self.find(start, b'<').unwrap_or(self.xml.len());
            if end > start {
                self.position = end;
                return Some(Characters { start, raw: &self.xml[start..end], references: true });
            }
            let rest = &self.xml[end..];
            if rest.starts_with(b"<![CDATA[") {
                let start = end + 9;
                let length = memchr::memmem::find(&self.xml[start..], b"]]>");
                let end = length.map_or(self.xml.len(), |n| start + n);
                self.position = (end + 3).min(self.xml.len());
                return Some(Characters { start, raw: &self.xml[start..end], references: false });
            } else if matches!(rest.get(1), Some(b'!' | b'?')) {
                self.pass_declaration(end);
            } else {
                return None;
            }
        }
    }

    fn find(&self, from: usize, byte: u8) -> Option<usize> {
        let rest = self.xml.get(from..)?;
        // Word writes no space between tags.
        if rest.first() == Some(&byte) {
            return Some(from);
        }
        memchr::memchr(byte, rest).map(|n| from + n)
    }

    fn cut_off(&mut self, at: usize) -> Token<'a> {
        self.note_damage(at);
        self.position = self.xml.len();
        Token::End
    }

    /// Reads the tag whose `<` is at `start`; none if the input ends in it.
    fn tag(&mut self, start: usize) -> Option<Tag<'a>> {
        let xml = self.xml;
        let mut prefix = 0;
        let ends_name = |(at, b): (usize, &u8)| {
            if *b == b':' && prefix == 0 {
                prefix = at;
            }
            matches!(b, b' ' | b'\t' | b'\r' | b'\n' | b'/' | b'>' | b'<')
        };
        let name_end = start + 1 + xml[start + 1..].iter().enumerate().position(ends_name)?;
        let mut at = name_end;
        let mut declares = false;
        loop {
            match *xml.get(at)? {
                b'>' => break,
                quote @ (b'"' | b'\'') => at += 1 + short_position(&xml[at + 1..], quote)?,
                b'x' if xml[at..].starts_with(b"xmlns") => declares = true,
                // The tag was never closed. What comes next is worth more than the rest of this one.
                b'<' => {
                    self.note_damage(at);
                    self.position = at;
                    let (name, attributes) = (&xml[start + 1..name_end], &xml[name_end..at]);
                    return Some(Tag { start, name, prefix, attributes, empty: false, declares });
                }
                _ => {}
            }
            at += 1;
        }
        self.position = at + 1;
        let empty = at > name_end && xml[at - 1] == b'/';
        let attributes = &xml[name_end..at - usize::from(empty)];
        Some(Tag { start, name: &xml[start + 1..name_end], prefix, attributes, empty, declares })
    }

    /// Passes over a comment, CDATA section, processing instruction or document type that starts at `start`.
    fn pass_declaration(&mut self, start: usize) {
        let rest = &self.xml[start..];
        let end = if rest.starts_with(b"<!--") {
            memchr::memmem::find(&rest[4..], b"-->").map(|n| n + 7)
        } else if rest.starts_with(b"<![CDATA[") {
            memchr::memmem::find(rest, b"]]>").map(|n| n + 3)
        } else if rest.starts_with(b"<?") {
            memchr::memmem::find(rest, b"?>").map(|n| n + 2)
        } else {
            document_type_length(rest)
        };
        match end {
            Some(end) => self.position = start + end,
            None => {
                self.cut_off(start);
            }
        }
    }
}

/// Length of `<!DOCTYPE … [ … ]>`, whose internal subset may hold `>`.
fn document_type_length(rest: &[u8]) -> Option<usize> {
    let mut subset = false;
    rest.iter()
        .position(|&b| {
            match b {
                b'[' => subset = true,
                b']' => subset = false,
                b'>' => return !subset,
                _ => {}
            }
            false
        })
        .map(|n| n + 1)
}

/// Where a byte is that is expected within a few bytes, where calling `memchr` costs more than it saves.
fn short_position(bytes: &[u8], byte: u8) -> Option<usize> {
    bytes.iter().position(|&b| b == byte)
}

/// The part of a qualified name after the colon.
pub fn local_name(name: &[u8]) -> &[u8] {
    name.iter().position(|&b| b == b':').map_or(name, |n| &name[n + 1..])
}

/// Reads one reference at the start of `raw` (`&amp;`, `&#19968;`, `&#x4E00;`): the character and the length.
pub fn reference(raw: &[u8]) -> Option<(char, usize)> {
    // The longest valid reference is `&#x0010FFFF;`; a cap keeps a text full of bare `&` linear.
    let end = raw.iter().take(16).position(|&b| b == b';')?;
    let character = match &raw[1..end] {
        b"amp" => '&',
        b"lt" => '<',
        b"gt" => '>',
        b"quot" => '"',
        b"apos" => '\'',
        [b'#', b'x' | b'X', hex @ ..] => {
            char::from_u32(u32::from_str_radix(str::from_utf8(hex).ok()?, 16).ok()?)?
        }
        [b'#', decimal @ ..] => char::from_u32(str::from_utf8(decimal).ok()?.parse().ok()?)?,
        _ => return None,
    };
    Some((character, end + 1))
}

/// The text of an attribute value; what is no valid reference stays as it is.
pub fn unescape(raw: &[u8]) -> Cow<'_, str> {
    if !raw.contains(&b'&') {
        return String::from_utf8_lossy(raw);
    }
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(n) = rest.iter().position(|&b| b == b'&') {
        out.push_str(&String::from_utf8_lossy(&rest[..n]));
        match reference(&rest[n..]) {
            Some((character, length)) => {
                out.push(character);
                rest = &rest[n + length..];
            }
            None => {
                out.push('&');
                rest = &rest[n + 1..];
            }
        }
    }
    out.push_str(&String::from_utf8_lossy(rest));
    Cow::Owned(out)
}

#[cfg(test)]
mod tests;
