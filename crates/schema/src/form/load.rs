//! From the shapes of the files to forms: names resolved, spans of cells worked out, identities written out cell by cell.

use nianbao_text::label;

use super::{Block, Cell, Column, Each, Form, Identity, Mapping, Part, Row, Section, Table, raw};
use crate::source::Cite;
use crate::{Bilingual, CellId, Edition};

fn cell_name(table: &str, row: &str, column: &str) -> String {
    [table, row, column].into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(".")
}

/// The names of the cells of an edition, official ones and those of group rows, table by table. Works on the raw data,
/// because the registry of ids is built from it before any [`Form`] exists.
pub(crate) fn cell_names(edition: Edition) -> Vec<String> {
    let raw = raw::of(edition);
    let mut names = Vec::new();
    for groups in [false, true] {
        for table in &raw.table {
            for block in &table.block {
                for row in if groups { &block.groups } else { &block.rows } {
                    names.extend(block.columns.iter().map(|c| cell_name(&table.id, &row.id, &c.id)));
                }
            }
        }
    }
    names
}

/// Leaks a value: forms live as long as the program, and everything points into them.
fn keep<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

fn cite(raw: raw::Cite) -> Cite {
    Cite { document: keep(raw.document), clause: keep(raw.clause) }
}

/// The form of an edition.
pub(super) fn load(edition: Edition) -> Form {
    let raw = raw::of(edition).clone();
    let tables: &'static [Table] = keep(raw.table.into_iter().map(table).collect::<Vec<_>>());
    let cells = cells(tables);
    let mut by_index = vec![None; CellId::count()];
    for (i, cell) in cells.iter().enumerate() {
        by_index[cell.id.index()] = Some(i as u16);
    }
    let identities = raw.identity.into_iter().flat_map(|i| expand(i, tables)).collect();
    let crosswalk = raw.crosswalk.map_or_else(Vec::new, |c| {
        let from = Edition::ALL.iter().find(|e| raw::of(**e).id == c.from);
        let from =
            from.unwrap_or_else(|| panic!("edition {}: crosswalk from unknown edition {}", raw.id, c.from));
        let (old, new) = (cell_names(*from), cell_names(edition));
        let mapping = |m: raw::Map| Mapping {
            kind: m.kind,
            old: m.old.iter().flat_map(|p| matching(p, &old)).collect(),
            new: m.new.iter().flat_map(|p| matching(p, &new)).collect(),
            note: m.note,
        };
        c.map.into_iter().map(mapping).collect()
    });
    Form {
        edition,
        id: raw.id,
        name: raw.name,
        source: cite(raw.source),
        first_year: raw.first_year,
        last_year: raw.last_year,
        encouraged_years: raw.encouraged_years,
        markers: raw.markers.iter().map(|m| label::normal(m)).collect(),
        sections: raw
            .section
            .into_iter()
            .map(|s| Section {
                number: s.number,
                id: s.id,
                heading: s.heading,
                aliases: s.aliases,
                keywords: s.keywords,
                table: s.table,
            })
            .collect(),
        parts: raw
            .part
            .into_iter()
            .map(|p| Part {
                number: p.number,
                id: p.id,
                heading: p.heading,
                aliases: p.aliases,
                topics: p.topics,
            })
            .collect(),
        tables,
        crosswalk,
        cells,
        by_index,
        identities,
    }
}

/// The cells that a name or a pattern `prefix.*` stands for. Panics on a name that the edition does not have, which a
/// unit test rules out.
fn matching(pattern: &str, names: &[String]) -> Vec<CellId> {
    let wanted: Vec<&String> = match pattern.strip_suffix(".*") {
        // `applications.other.*` means the cells of that row, not those of rows below it.
        Some(row) => names.iter().filter(|n| n.rsplit_once('.').is_some_and(|(r, _)| r == row)).collect(),
        None => names.iter().filter(|n| *n == pattern).collect(),
    };
    assert!(!wanted.is_empty(), "no cell is named {pattern}");
    wanted.into_iter().filter_map(|n| CellId::parse(n)).collect()
}

fn table(raw: raw::Table) -> Table {
    Table {
        id: keep(raw.id),
        section: raw.section,
        name: raw.name,
        title: raw.title,
        blocks: raw.block.into_iter().map(block).collect(),
    }
}

fn block(raw: raw::Block) -> Block {
    let first = raw.columns.first().map(|c| c.label.clone()).unwrap_or_default();
    let shared_by_all = |depth: &usize| {
        let same = |c: &raw::Column| c.label.len() > depth + 1 && c.label[*depth] == first[*depth];
        first.len() > depth + 1 && raw.columns.iter().all(same)
    };
    let shared = (0..first.len()).take_while(shared_by_all).count();
    Block {
        id: raw.id,
        caption: raw.caption,
        corner: raw.corner,
        columns: raw
            .columns
            .into_iter()
            .map(|c| Column {
                name: Bilingual { zh: c.label[shared..].join("·"), en: c.en },
                id: c.id,
                label: c.label,
                kind: c.kind,
                unit: c.unit,
                aliases: c.aliases,
            })
            .collect(),
        rows: raw.rows.into_iter().map(row).collect(),
        groups: raw.groups.into_iter().map(row).collect(),
    }
}

fn row(raw: raw::Row) -> Row {
    let from = if raw.label.len() > 2 { 1 } else { raw.label.len().saturating_sub(1) };
    let name = Bilingual { zh: raw.label[from..].join("·"), en: raw.en };
    Row { id: raw.id, label: raw.label, name, aliases: raw.aliases }
}

fn cells(tables: &'static [Table]) -> Vec<Cell> {
    let mut cells = Vec::new();
    for official in [true, false] {
        for table in tables {
            for block in &table.blocks {
                for row in if official { &block.rows } else { &block.groups } {
                    for column in &block.columns {
                        let name = cell_name(table.id, &row.id, &column.id);
                        let id =
                            CellId::parse(&name).unwrap_or_else(|| panic!("cell {name} is not registered"));
                        cells.push(Cell { id, table, block, row, column, official });
                    }
                }
            }
        }
    }
    cells
}

fn expand(raw: raw::Identity, tables: &'static [Table]) -> Vec<Identity> {
    let table = tables.iter().find(|t| t.id == raw.table);
    let table = table.unwrap_or_else(|| panic!("identity {}: unknown table {}", raw.id, raw.table));
    let cell = |row: &str, column: &str| {
        let name = cell_name(table.id, row, column);
        CellId::parse(&name).unwrap_or_else(|| panic!("identity {}: unknown cell {name}", raw.id))
    };
    let blocks = table.blocks.iter().filter(|b| raw.block.as_ref().is_none_or(|id| *id == b.id));
    let mut places: Vec<String> = Vec::new();
    for block in blocks {
        match raw.each {
            Each::Column => places.extend(block.columns.iter().map(|c| c.id.clone())),
            Each::Row => {
                let groups = if raw.block.is_none() { &block.groups[..] } else { &[] };
                places.extend(block.rows.iter().chain(groups).map(|r| r.id.clone()));
            }
            Each::Table => {}
        }
    }
    if raw.each == Each::Table {
        places.push(
            raw.left.first().and_then(|c| c.rsplit_once('.')).map_or_else(String::new, |(g, _)| g.to_owned()),
        );
    }
    let source = cite(raw.source);
    let side = |names: &[String], place: &str| -> Vec<CellId> {
        let one = |name: &String| match raw.each {
            Each::Column => cell(name, place),
            Each::Row => cell(place, name),
            Each::Table => cell(name, ""),
        };
        names.iter().map(one).collect()
    };
    places
        .into_iter()
        .map(|place| Identity {
            family: raw.id.clone(),
            left: side(&raw.left, &place),
            right: side(&raw.right, &place),
            at: place,
            table: table.id,
            relation: raw.relation,
            weight: raw.severity,
            source,
            says: raw.says.clone(),
            exception: raw.exception.clone(),
        })
        .collect()
}
