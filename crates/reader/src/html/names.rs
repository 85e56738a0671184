//! What the reader makes of the elements of HTML.

use html5gum::State;

/// What an element means to the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    Table,
    Caption,
    /// `thead`, `tbody`, `tfoot`.
    Section,
    Row,
    Cell,
    Paragraph,
    /// `li`, `dt`, `dd`: ended by the next one.
    Item,
    /// `div` and other blocks that must be ended.
    Container,
    Heading(u8),
    /// `pre` and its kin: line breaks count.
    Preformatted,
    LineBreak,
    /// `hr`: a block without content.
    Separator,
    Image,
    Meta,
    Title,
    /// `html`, `head`, `body`: never hidden, whatever they say.
    Root,
    /// Not shown, or not text: scripts, drawings, form controls.
    Skipped,
    /// Has no content and no meaning here.
    Void,
    /// Part of a line of text.
    Inline,
    /// No element of HTML; part of a line of text as well.
    Unknown,
}

/// The class of an element.
pub(crate) fn class(name: &[u8]) -> Class {
    match name {
        b"table" => Class::Table,
        b"caption" => Class::Caption,
        b"thead" | b"tbody" | b"tfoot" => Class::Section,
        b"tr" => Class::Row,
        b"td" | b"th" => Class::Cell,
        b"p" => Class::Paragraph,
        b"li" | b"dt" | b"dd" => Class::Item,
        b"address" | b"article" | b"aside" | b"blockquote" | b"center" | b"details" | b"dialog" | b"dir"
        | b"div" | b"dl" | b"fieldset" | b"figcaption" | b"figure" | b"footer" | b"form" | b"header"
        | b"hgroup" | b"legend" | b"main" | b"menu" | b"nav" | b"ol" | b"optgroup" | b"option"
        | b"search" | b"section" | b"summary" | b"ul" => Class::Container,
        b"h1" => Class::Heading(1),
        b"h2" => Class::Heading(2),
        b"h3" => Class::Heading(3),
        b"h4" => Class::Heading(4),
        b"h5" => Class::Heading(5),
        b"h6" => Class::Heading(6),
        b"pre" | b"listing" | b"xmp" | b"plaintext" => Class::Preformatted,
        b"br" => Class::LineBreak,
        b"hr" => Class::Separator,
        b"img" | b"image" => Class::Image,
        b"meta" => Class::Meta,
        b"title" => Class::Title,
        b"html" | b"head" | b"body" => Class::Root,
        b"audio" | b"canvas" | b"datalist" | b"iframe" | b"noembed" | b"noframes" | b"noscript"
        | b"object" | b"script" | b"select" | b"style" | b"svg" | b"template" | b"textarea" | b"video" => {
            Class::Skipped
        }
        b"area" | b"base" | b"basefont" | b"bgsound" | b"col" | b"embed" | b"frame" | b"input"
        | b"keygen" | b"link" | b"param" | b"source" | b"track" | b"wbr" => Class::Void,
        b"a" | b"abbr" | b"acronym" | b"b" | b"bdi" | b"bdo" | b"big" | b"button" | b"cite" | b"code"
        | b"colgroup" | b"data" | b"del" | b"dfn" | b"em" | b"font" | b"i" | b"ins" | b"kbd" | b"label"
        | b"map" | b"mark" | b"nobr" | b"q" | b"rp" | b"rt" | b"ruby" | b"s" | b"samp" | b"small"
        | b"span" | b"strike" | b"strong" | b"sub" | b"sup" | b"time" | b"tt" | b"u" | b"var" => {
            Class::Inline
        }
        _ => Class::Unknown,
    }
}

/// How the content of an element is tokenized, where not as HTML.
pub(crate) fn content_state(name: &[u8]) -> Option<State> {
    match name {
        b"textarea" | b"title" => Some(State::RcData),
        b"script" => Some(State::ScriptData),
        b"style" | b"iframe" | b"noembed" | b"noframes" | b"noscript" | b"xmp" => Some(State::RawText),
        b"plaintext" => Some(State::PlainText),
        _ => None,
    }
}

impl Class {
    /// Whether a line of text ends where such an element starts or ends.
    pub(crate) fn is_block(self) -> bool {
        !matches!(
            self,
            Self::LineBreak
                | Self::Image
                | Self::Meta
                | Self::Title
                | Self::Skipped
                | Self::Void
                | Self::Inline
                | Self::Unknown
        )
    }

    /// Whether such an element has an end tag.
    pub(crate) fn has_content(self) -> bool {
        !matches!(self, Self::LineBreak | Self::Separator | Self::Image | Self::Meta | Self::Void)
    }
}
