//! Prints the blocks of a file with their positions: `cargo run -p nianbao-reader --example dump -- FILE…`
#![expect(clippy::disallowed_methods, reason = "an example has to get its file from somewhere")]
#![expect(clippy::print_stdout, reason = "printing is what it is for")]

use nianbao_schema::document::{Block, Text};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for path in std::env::args().skip(1) {
        println!("== {path}");
        match nianbao_reader::read(&std::fs::read(&path)?) {
            Ok(document) => print(&document),
            Err(error) => println!("{}: {}\n{error}", error.kind(), error.message_zh()),
        }
    }
    Ok(())
}

fn print(document: &nianbao_schema::document::Document) {
    println!("{} {:?} {:?}", document.kind.name(), document.encoding, document.metadata);
    for block in &document.blocks {
        match block {
            Block::Heading { level, text } => println!("{} H{level} {}", place(text), text.value),
            Block::Paragraph(text) => println!("{} P{} {}", place(text), text.location.paragraph, text.value),
            Block::Image(text) => println!("{} IMAGE {}", place(text), text.value),
            Block::Table(table) => {
                let at = table.location;
                println!(
                    "{}:{} TABLE {} {:?}, {} rows",
                    at.line,
                    at.column,
                    at.table,
                    table.layout,
                    table.rows.len()
                );
                for (number, row) in (1..).zip(&table.rows) {
                    let cells: Vec<String> = row
                        .cells
                        .iter()
                        .map(|cell| {
                            let spans = match (cell.colspan, cell.rowspan) {
                                (1, 1) => String::new(),
                                (columns, rows) => format!("[{columns}×{rows}]"),
                            };
                            format!("{}={}{spans} {:?}", cell.column, place(&cell.text), cell.text.value)
                        })
                        .collect();
                    println!("  row {number}: {}", cells.join(" | "));
                }
            }
        }
    }
    for note in &document.notes {
        println!("note {}: {} {:?}", note.kind, note.message, note.location.map(|l| (l.line, l.column)));
    }
}

fn place(text: &Text) -> String {
    format!("{}:{}", text.location.line, text.location.column)
}
