//! The tokens of RTF (1.9.1, “RTF Syntax”).

/// A token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// `\word` or `\word12`.
    Word(&'a [u8], Option<i32>),
    /// `\*` and others of one character that is no letter.
    Symbol(u8),
    /// `\'hh`
    Byte(u8),
    /// Text as it stands in the file, without line breaks.
    Text(&'a [u8]),
}

/// Cuts a file into tokens.
#[derive(Debug)]
pub(super) struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
    /// The text is in an encoding whose characters may have `\`, `{` or `}` as their second byte.
    pub(super) is_double_byte: bool,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, is_double_byte: false }
    }

    /// Whether there are control words in what is left.
    pub(super) fn has_words(&self) -> bool {
        self.bytes[self.at..].contains(&b'\\')
    }

    fn word(&mut self) -> Token<'a> {
        let rest = &self.bytes[self.at..];
        let letters = rest.iter().take_while(|b| b.is_ascii_alphabetic()).count();
        let (name, mut rest) = rest.split_at(letters);
        let mut length = letters;
        let is_negative = rest.first() == Some(&b'-') && rest.get(1).is_some_and(u8::is_ascii_digit);
        if is_negative {
            rest = &rest[1..];
            length += 1;
        }
        let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
        let value = rest[..digits]
            .iter()
            .fold(0_i32, |n, digit| n.saturating_mul(10).saturating_add(i32::from(digit - b'0')));
        let value = (digits > 0).then_some(if is_negative { -value } else { value });
        length += digits;
        // One blank belongs to the word.
        length += usize::from(rest.get(digits) == Some(&b' '));
        self.at += length;
        if name == b"bin"
            && let Some(skipped) = value
        {
            self.at = self.at.saturating_add(usize::try_from(skipped).unwrap_or(0)).min(self.bytes.len());
        }
        Token::Word(name, value)
    }

    fn escaped(&mut self) -> Option<Token<'a>> {
        let &byte = self.bytes.get(self.at)?;
        if byte.is_ascii_alphabetic() {
            return Some(self.word());
        }
        self.at += 1;
        if byte != b'\'' {
            return Some(Token::Symbol(byte));
        }
        let digit = |at: usize| self.bytes.get(at).and_then(|&b| char::from(b).to_digit(16));
        match (digit(self.at), digit(self.at + 1)) {
            (Some(high), Some(low)) => {
                self.at += 2;
                Some(Token::Byte((high * 16 + low) as u8))
            }
            _ => Some(Token::Symbol(b'\'')),
        }
    }

    /// Where the text that starts here ends.
    fn text_end(&self) -> usize {
        let mut end = self.at;
        while let Some(&byte) = self.bytes.get(end) {
            match byte {
                b'\\' | b'{' | b'}' | b'\r' | b'\n' | 0 => break,
                // The second byte is often written as `\'hh` even if the first is not.
                0x81..=0xfe if self.is_double_byte => {
                    let is_pair = match self.bytes.get(end + 1..) {
                        Some([b'\\', b'\'', ..]) | Some([b'\r' | b'\n' | 0, ..]) | Some([]) | None => false,
                        Some(_) => true,
                    };
                    end += 1 + usize::from(is_pair);
                }
                _ => end += 1,
            }
        }
        end
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b'{' | b'}' => {
                    self.at += 1;
                    return Some(if byte == b'{' { Token::Open } else { Token::Close });
                }
                b'\\' => {
                    self.at += 1;
                    return self.escaped();
                }
                b'\r' | b'\n' | 0 => self.at += 1,
                _ => {
                    let end = self.text_end();
                    let text = &self.bytes[self.at..end];
                    self.at = end;
                    return Some(Token::Text(text));
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_take_one_blank_and_their_number() {
        let tokens: Vec<_> = Tokens::new(b"{\\rtf1\\b0 x\\u-123 ?\\'c4\\~\r\n\\bin3 }}}\\par\\-}").collect();
        assert_eq!(
            tokens,
            [
                Token::Open,
                Token::Word(b"rtf", Some(1)),
                Token::Word(b"b", Some(0)),
                Token::Text(b"x"),
                Token::Word(b"u", Some(-123)),
                Token::Text(b"?"),
                Token::Byte(0xc4),
                Token::Symbol(b'~'),
                Token::Word(b"bin", Some(3)),
                Token::Word(b"par", None),
                Token::Symbol(b'-'),
                Token::Close,
            ]
        );
    }

    #[test]
    fn a_second_byte_may_be_a_backslash() {
        let mut tokens = Tokens::new(b"\x81\\par\x81\\'40\xff");
        tokens.is_double_byte = true;
        let tokens: Vec<_> = tokens.collect();
        assert_eq!(tokens, [Token::Text(b"\x81\\par\x81"), Token::Byte(0x40), Token::Text(b"\xff")]);
    }
}
