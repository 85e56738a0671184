//! What a group of RTF changes until it ends, and what goes into it.

/// Where the text of a group goes (RTF 1.9.1, “Destinations”).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Destination {
    /// Into the body.
    #[default]
    Body,
    /// Nowhere.
    Skipped,
    /// A drawing, in which pictures and text boxes are looked for.
    Drawing,
    /// Text twice, for those who know Unicode and for others.
    Alternatives,
    /// The properties of the document, among them the title.
    Information,
    Title,
    Fonts,
    Styles,
    /// The number that Word gave to a paragraph.
    Label,
}

/// The state that a group starts with as its parent left it, and that ends with it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Group {
    pub(super) destination: Destination,
    /// Where text goes outside of the alternatives.
    pub(super) outside: Destination,
    /// Row properties are those of a table in a table.
    pub(super) is_nested_row: bool,
    /// Bytes that stand for a `\u` for those who do not know it.
    pub(super) fallback: u32,
    pub(super) font: i32,
    pub(super) is_hidden: bool,
    pub(super) is_deleted: bool,
    pub(super) paragraph: ParagraphState,
}

/// What `\pard` resets.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct ParagraphState {
    pub(super) style: i32,
    pub(super) outline: Option<i32>,
    pub(super) is_in_table: bool,
    pub(super) depth: usize,
}

/// The destination that a control word starts, if it starts one; `is_starred` where `\*` stands before it, which says
/// that the group is to be skipped by those who do not know it.
pub(super) fn destination(word: &[u8], is_starred: bool) -> Option<Destination> {
    Some(match word {
        b"fonttbl" => Destination::Fonts,
        b"stylesheet" => Destination::Styles,
        b"info" => Destination::Information,
        b"listtext" | b"pntext" => Destination::Label,
        b"shp" | b"shpinst" | b"shpgrp" | b"do" => Destination::Drawing,
        b"upr" => Destination::Alternatives,
        // They only say that what follows them is new.
        b"shppict" | b"nesttableprops" => return None,
        b"colortbl" | b"filetbl" | b"listtable" | b"listoverridetable" | b"revtbl" | b"rsidtbl"
        | b"generator" | b"pict" | b"nonshppict" | b"objdata" | b"objclass" | b"objname" | b"fldinst"
        | b"header" | b"headerl" | b"headerr" | b"headerf" | b"footer" | b"footerl" | b"footerr"
        | b"footerf" | b"footnote" | b"ftnsep" | b"ftnsepc" | b"ftncn" | b"aftnsep" | b"aftnsepc"
        | b"aftncn" | b"annotation" | b"atnid" | b"atnauthor" | b"xe" | b"tc" | b"tcn" | b"rxe" | b"txe"
        | b"nonesttables" | b"shprslt" | b"pn" | b"bkmkstart" | b"bkmkend" | b"private" => {
            Destination::Skipped
        }
        _ if is_starred => Destination::Skipped,
        _ => return None,
    })
}
