//! Documents in traditional characters, read as if they were in simplified ones.

use nianbao_schema::document::{Block, Document, Note, Text};
use nianbao_schema::script::{is_han, simplified};

/// Chinese characters that are looked at.
const SAMPLE: usize = 400;

/// In simplified text there are none but in names; in traditional text about one character in three is.
const SHARE: usize = 8;

/// The document in simplified characters, if it is written in traditional ones. Each becomes one, so places stay.
pub(crate) fn simplify(document: &Document) -> Option<Document> {
    let chars = document.blocks.iter().flat_map(texts).flat_map(|t| t.value.chars());
    let (mut all, mut traditional) = (0, 0);
    for c in chars.filter(|c| is_han(*c)).take(SAMPLE) {
        all += 1;
        traditional += usize::from(simplified(c).is_some());
    }
    if traditional * SHARE < all || traditional == 0 {
        return None;
    }
    let mut document = document.clone();
    document.blocks.iter_mut().for_each(fold_block);
    if let Some(title) = &mut document.metadata.title {
        *title = folded(title);
    }
    document.notes.push(Note {
        kind: "traditional-characters".into(),
        message: "文件用的是繁体字，已折算成简体字读取".to_owned(),
        location: None,
    });
    Some(document)
}

fn texts(block: &Block) -> Vec<&Text> {
    match block {
        Block::Heading { text, .. } | Block::Paragraph(text) | Block::Image(text) => vec![text],
        Block::Table(table) => table.rows.iter().flat_map(|r| &r.cells).map(|c| &c.text).collect(),
    }
}

fn fold_block(block: &mut Block) {
    match block {
        Block::Heading { text, .. } | Block::Paragraph(text) | Block::Image(text) => fold(text),
        Block::Table(table) => {
            table.rows.iter_mut().flat_map(|r| &mut r.cells).for_each(|c| fold(&mut c.text));
        }
    }
}

fn fold(text: &mut Text) {
    text.value = folded(&text.value);
}

fn folded(text: &str) -> String {
    text.chars().map(|c| simplified(c).unwrap_or(c)).collect()
}
