//! A short notation for whole reports. Rules write their examples in it, so that an example shows only what matters.
//!
//! A sketch says how a report differs from a complete, correct one:
//!
//! ```text
//! 机关：青禾县石桥镇人民政府
//! 年份：2022
//! 五、存在的主要问题及改进情况
//! 一是更新不及时。下一步，将按月检查栏目。
//! | 一、本年新收政府信息公开申请数量 | 自然人 3 | 总计 3 |
//! | 1.属于国家秘密 → 1.属于国家机密 |
//! 删去：四
//! ```
//!
//! - `页面：` puts a line of the page above the title; `网址：` states the address of the page.
//! - `机关：`, `年份：`, `格式：`, `标题：` set the organ, the year, the edition (by default that of the year), the title.
//! - A line that is the heading of a part of section one, before any heading of a section, replaces that part's prose.
//! - A line that is the heading of a section replaces that section's heading, the lines below it its prose.
//! - `| ROW | COLUMN VALUE | … |` sets cells, by the labels of the form; `空` leaves a cell blank.
//! - `| LABEL → OTHER |` writes another label, or another heading of a section.
//! - `顺序：一二三五四六` puts the sections in another order.
//! - `删去：四` leaves out a section, `删去：表三` a table, `删去：LABEL` a row.
//! - `留空：表三`, `留空：LABEL` blanks all cells of a table or row.

use std::collections::BTreeMap;

use nianbao_text::label;

use crate::document::{Block, Document, FileKind, Location, Text};
use crate::form::{Form, Table};
use crate::layout::{self, Fill};
use crate::{CellId, Edition};

/// The correct report that sketches start from: prose by section, `{机关}`, `{年份}` and `{简称}` to be filled in.
const BASE: &str = include_str!("sketch_base.txt");

/// Numbers of the correct report; all other cells are 0. They balance.
const BASE_CELLS: &[(&str, &str)] = &[
    ("disclosure.licensing.decisions", "46"),
    ("disclosure.penalty.decisions", "12"),
    ("applications.received.natural", "9"),
    ("applications.received.business", "2"),
    ("applications.received.total", "11"),
    ("applications.carried_in.natural", "1"),
    ("applications.carried_in.total", "1"),
    ("applications.granted.natural", "6"),
    ("applications.granted.business", "2"),
    ("applications.granted.total", "8"),
    ("applications.unavailable.not_held.natural", "2"),
    ("applications.unavailable.not_held.total", "2"),
    ("applications.handled_total.natural", "8"),
    ("applications.handled_total.business", "2"),
    ("applications.handled_total.total", "10"),
    ("applications.carried_out.natural", "2"),
    ("applications.carried_out.total", "2"),
    ("review.reconsideration.upheld", "1"),
    ("review.reconsideration.total", "1"),
];

/// The correct report of the year before: other words, and numbers that lead to those of [`BASE_CELLS`].
const BEFORE: Base = Base {
    prose: include_str!("sketch_base_before.txt"),
    cells: &[
        ("disclosure.licensing.decisions", "38"),
        ("disclosure.penalty.decisions", "9"),
        ("applications.received.natural", "6"),
        ("applications.received.business", "1"),
        ("applications.received.total", "7"),
        ("applications.granted.natural", "5"),
        ("applications.granted.business", "1"),
        ("applications.granted.total", "6"),
        ("applications.handled_total.natural", "5"),
        ("applications.handled_total.business", "1"),
        ("applications.handled_total.total", "6"),
        ("applications.carried_out.natural", "1"),
        ("applications.carried_out.total", "1"),
    ],
    year: "2022",
};

/// What a sketch starts from.
#[derive(Debug, Clone, Copy)]
struct Base {
    /// Prose by section, `{机关}` and `{年份}` to be filled in.
    prose: &'static str,
    /// Cells that are not 0.
    cells: &'static [(&'static str, &'static str)],
    /// The report year, if the sketch names none.
    year: &'static str,
}

/// What is wrong with a sketch, with the line that has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SketchError(pub String);

impl std::fmt::Display for SketchError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SketchError {}

struct Sketch {
    form: &'static Form,
    organ: String,
    year: String,
    title: Option<String>,
    page: Vec<String>,
    url: Option<String>,
    /// Heading and prose by section number, 0 being the preamble.
    sections: BTreeMap<u8, (String, Vec<String>)>,
    order: Vec<u8>,
    without_tables: Vec<&'static str>,
    fill: Fill,
}

/// Makes the document that a sketch describes.
///
/// # Errors
/// If a line names a section, row or column that the form does not have.
pub fn document(sketch: &str) -> Result<Document, SketchError> {
    of(sketch, &Base { prose: BASE, cells: BASE_CELLS, year: "2023" })
}

/// Makes the document that a sketch of last year's report describes: it starts from another correct report, whose numbers
/// lead to those that [`document`] starts from.
///
/// # Errors
/// If a line names a section, row or column that the form does not have.
pub fn document_before(sketch: &str) -> Result<Document, SketchError> {
    of(sketch, &BEFORE)
}

fn of(sketch: &str, base: &Base) -> Result<Document, SketchError> {
    let lines: Vec<&str> = sketch.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    let setting = |key: &str| lines.iter().find_map(|l| l.strip_prefix(key)).map(|v| v.trim().to_owned());
    let year = setting("年份：").unwrap_or_else(|| base.year.to_owned());
    let edition = match setting("格式：") {
        Some(id) => Edition::ALL.iter().copied().find(|e| e.id() == id),
        None => year.parse().ok().and_then(Form::for_year).map(|f| f.edition),
    };
    let form = edition.ok_or_else(|| SketchError(format!("没有这一年或这一版的格式：{year}")))?.form();
    let organ = setting("机关：").unwrap_or_else(|| "青禾县水务局".to_owned());
    let title = setting("标题：");
    let mut sketch = Sketch {
        form,
        organ,
        year,
        title,
        page: lines.iter().filter_map(|l| l.strip_prefix("页面：")).map(str::to_owned).collect(),
        url: setting("网址："),
        sections: BTreeMap::new(),
        order: (0..=6).collect(),
        without_tables: Vec::new(),
        fill: Fill::default(),
    };
    sketch.base(base);
    let mut section = None;
    let mut part = None;
    for line in lines {
        if ["机关：", "年份：", "格式：", "标题：", "页面：", "网址："].iter().any(|k| line.starts_with(k))
        {
            continue;
        }
        let done = if line.starts_with('|') {
            sketch.table_line(line)
        } else if let Some(what) = line.strip_prefix("删去：") {
            sketch.leave_out(what.trim())
        } else if let Some(order) = line.strip_prefix("顺序：") {
            sketch.reorder(order)
        } else if let Some(what) = line.strip_prefix("留空：") {
            sketch.blank(what.trim())
        } else if section.is_none_or(|s| s == 0)
            && let Some(at) = sketch.part(line)
        {
            // The lines that follow are this part's, in place of the ones that stand there.
            part = Some(at);
            section = Some(0);
            Some(())
        } else if let Some(number) = section_number(line) {
            part = None;
            section = Some(number);
            sketch.sections.insert(number, (line.to_owned(), Vec::new()));
            Some(())
        } else if let Some(at) = &mut part {
            let prose = &mut sketch.sections.entry(1).or_default().1;
            prose.insert(*at, line.to_owned());
            *at += 1;
            Some(())
        } else {
            let prose = &mut sketch.sections.entry(section.unwrap_or(0)).or_default().1;
            if section.is_none() {
                // The first line before any heading replaces the preamble.
                prose.clear();
                section = Some(0);
            }
            prose.push(line.to_owned());
            Some(())
        };
        done.ok_or_else(|| SketchError(format!("看不懂这一行：{line}")))?;
    }
    Ok(sketch.build())
}

const NUMERALS: [&str; 6] = ["一", "二", "三", "四", "五", "六"];

fn section_number(line: &str) -> Option<u8> {
    let normal = label::normal(line);
    let (number, words) = label::split_number(&normal);
    let at = NUMERALS.iter().position(|n| *n == number)?;
    let heading = normal.starts_with(number) && words.chars().count() <= 40 && !line.contains('。');
    heading.then_some(at as u8 + 1)
}

impl Sketch {
    fn base(&mut self, base: &Base) {
        let mut number = 0;
        for line in base.prose.lines().filter(|l| !l.is_empty()) {
            let line = line.replace("{机关}", &self.organ).replace("{年份}", &self.year);
            if let Some(n) = section_number(&line) {
                number = n;
                self.sections.insert(n, (line, Vec::new()));
            } else {
                self.sections.entry(number).or_default().1.push(line);
            }
        }
        self.fill.cells = self.form.official_cells().map(|c| (c.id, "0".to_owned())).collect();
        for (name, value) in base.cells {
            if let Some(id) = CellId::parse(name).filter(|id| self.form.cell(*id).is_some()) {
                self.fill.cells.insert(id, (*value).to_owned());
            }
        }
    }

    fn table_line(&mut self, line: &str) -> Option<()> {
        let fields: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let (first, values) = fields.split_first()?;
        if let Some((official, other)) = first.split_once('→') {
            self.fill.labels.insert(official.trim().to_owned(), other.trim().to_owned());
            return Some(());
        }
        for field in values {
            let (column, value) = field.rsplit_once(' ')?;
            let cell = self.cell(first, column.trim())?;
            let value = if value == "空" { "" } else { value };
            self.fill.cells.insert(cell, value.to_owned());
        }
        Some(())
    }

    /// The cell that a row label and a column label name. In the table of reviews the row label is the group.
    fn cell(&self, row: &str, column: &str) -> Option<CellId> {
        let same = |a: &str, b: &str| label::parts(a).words == label::parts(b).words;
        let found = self.form.cells().iter().find(|c| {
            let by_row = same(c.row.leaf(), row) && same(c.column.leaf(), column);
            let path = &c.column.label;
            let by_group = c.row.label.is_empty()
                && path.len() > 1
                && same(&path[path.len() - 2], row)
                && same(c.column.leaf(), column);
            by_row || by_group
        });
        found.map(|c| c.id)
    }

    /// Empties the part of section one that a line is the heading of. Gives the place of its first line.
    fn part(&mut self, line: &str) -> Option<usize> {
        let normal = label::normal(line);
        let words = label::split_number(&normal).1;
        let heading =
            self.form.parts.iter().find(|p| label::normal(&p.heading) == words && normal != words)?;
        let is_heading = |l: &String| {
            let normal = label::normal(l);
            let words = label::split_number(&normal).1;
            self.form.parts.iter().find(|p| label::normal(&p.heading) == words).map(|p| p.number)
        };
        let prose = &mut self.sections.get_mut(&1)?.1;
        let at = prose.iter().position(|l| is_heading(l) == Some(heading.number))? + 1;
        let end = prose[at..].iter().position(|l| is_heading(l).is_some()).map_or(prose.len(), |n| at + n);
        prose.drain(at..end);
        Some(at)
    }

    fn table_named(&self, name: &str) -> Option<&'static Table> {
        self.form.tables.iter().find(|t| t.name.zh == name)
    }

    fn reorder(&mut self, order: &str) -> Option<()> {
        let number = |c: char| NUMERALS.iter().position(|n| n.starts_with(c)).map(|at| at as u8 + 1);
        let given: Option<Vec<u8>> = order.trim().chars().map(number).collect();
        self.order = std::iter::once(0).chain(given?).collect();
        Some(())
    }

    fn leave_out(&mut self, what: &str) -> Option<()> {
        if let Some(table) = self.table_named(what) {
            self.without_tables.push(table.id);
        } else if let Some(at) = NUMERALS.iter().position(|n| *n == what) {
            let number = at as u8 + 1;
            self.sections.remove(&number)?;
            self.without_tables.extend(self.form.tables.iter().filter(|t| t.section == number).map(|t| t.id));
        } else {
            let rows = self.form.tables.iter().flat_map(|t| &t.blocks).flat_map(|b| &b.rows);
            let row = rows.map(super::form::Row::leaf).find(|l| *l == what)?;
            self.fill.without.push(row.to_owned());
        }
        Some(())
    }

    fn blank(&mut self, what: &str) -> Option<()> {
        let table = self.table_named(what);
        let wanted = |c: &&crate::form::Cell| match table {
            Some(t) => c.table.id == t.id,
            None => c.row.leaf() == what,
        };
        let cells: Vec<CellId> = self.form.official_cells().filter(wanted).map(|c| c.id).collect();
        for id in &cells {
            self.fill.cells.insert(*id, String::new());
        }
        (!cells.is_empty()).then_some(())
    }

    fn build(self) -> Document {
        let mut document = Document::new(FileKind::Text);
        let mut count = 0;
        let mut paragraph = |words: String, blocks: &mut Vec<Block>| {
            count += 1;
            blocks.push(Block::Paragraph(Text::new(words, Location::paragraph(count))));
        };
        document.metadata.url.clone_from(&self.url);
        for line in &self.page {
            paragraph(line.clone(), &mut document.blocks);
        }
        let title = self.title.clone();
        let title = title.unwrap_or_else(|| format!("{}{}年政府信息公开工作年度报告", self.organ, self.year));
        paragraph(title, &mut document.blocks);
        let mut tables = 0;
        for number in &self.order {
            let Some((heading, prose)) = self.sections.get(number) else { continue };
            if *number > 0 {
                let heading = self.fill.labels.get(heading).unwrap_or(heading);
                paragraph(heading.clone(), &mut document.blocks);
            }
            for line in prose {
                paragraph(line.clone(), &mut document.blocks);
            }
            for table in self
                .form
                .tables
                .iter()
                .filter(|t| t.section == *number && !self.without_tables.contains(&t.id))
            {
                tables += 1;
                document.blocks.push(Block::Table(layout::draw(table, &self.fill, tables)));
            }
        }
        document
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(document: &Document) -> Vec<String> {
        let mut all = Vec::new();
        for block in &document.blocks {
            match block {
                Block::Paragraph(t) | Block::Heading { text: t, .. } | Block::Image(t) => {
                    all.push(t.value.clone());
                }
                Block::Table(t) => {
                    all.extend(t.rows.iter().flat_map(|r| &r.cells).map(|c| c.text.value.clone()));
                }
            }
        }
        all
    }

    #[test]
    fn a_sketch_changes_only_what_it_names() {
        let plain = words(&document("").unwrap());
        let changed = words(&document("| 一、本年新收政府信息公开申请数量 | 自然人 77 |").unwrap());
        let differing: Vec<_> = plain.iter().zip(&changed).filter(|(a, b)| a != b).collect();
        assert_eq!(differing, [(&"9".to_owned(), &"77".to_owned())]);
    }

    #[test]
    fn sections_tables_and_rows_can_be_left_out() {
        let gone = |sketch: &str, label: &str| !words(&document(sketch).unwrap()).iter().any(|w| w == label);
        assert!(gone("删去：四", "四、政府信息公开行政复议、行政诉讼情况") && gone("删去：四", "行政复议"));
        assert!(gone("删去：表三", "自然人") && !gone("删去：表三", "三、收到和处理政府信息公开申请情况"));
        assert!(gone("删去：（七）总计", "（七）总计"));
        assert!(gone("| 1.属于国家秘密 → 1.属于国家机密 |", "1.属于国家秘密"));
    }

    #[test]
    fn a_part_can_be_replaced_alone() {
        let plain = words(&document("").unwrap());
        let changed =
            words(&document("（二）依申请公开\n全年收到申请3件。\n（五）监督保障\n组织培训。").unwrap());
        let new: Vec<_> = changed.iter().filter(|w| !plain.contains(w)).collect();
        assert_eq!(new, ["全年收到申请3件。", "组织培训。"]);
        assert_eq!(plain.len(), changed.len(), "one line for one line");
    }

    #[test]
    fn a_line_that_is_not_understood_is_an_error() {
        assert!(document("| 没有这一行 | 自然人 1 |").is_err());
        assert!(document("| 一、本年新收政府信息公开申请数量 | 外星人 1 |").is_err());
        assert!(document("年份：2010").is_err());
    }
}
