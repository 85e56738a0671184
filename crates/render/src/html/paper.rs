//! The report as read: its lines and its tables, with findings marked at their place.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use nianbao_lint::memory::ClosedBy;
use nianbao_lint::{Evidence, Finding, Lint, Severity};
use nianbao_schema::CellId;
use nianbao_schema::form::Table;
use nianbao_schema::layout::{Fill, draw};
use nianbao_schema::report::{LabelMatch, Report, Role};
use nianbao_text::label;

use super::pick;
use crate::escape::markup;
use crate::{Options, words};

/// Before the id of a cell in a drawn table: tells the slot of a cell from a label.
const SLOT: char = '\u{1}';

/// Where findings stand in the report.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// Marks by line: bytes, finding.
    lines: BTreeMap<usize, Vec<(Range<usize>, usize)>>,
    /// Findings by cell.
    cells: BTreeMap<CellId, Vec<usize>>,
    /// Findings by table and words of a label as read.
    labels: BTreeMap<(&'static str, String), Vec<usize>>,
}

impl Places {
    /// Finds the places of all findings.
    pub(super) fn of(report: &Report, lint: &Lint) -> Self {
        let mut places = Self::default();
        for (index, finding) in lint.findings.iter().enumerate() {
            for cell in finding.cells.iter().chain(finding.suspects.iter().map(|s| &s.cell)) {
                let of_cell = places.cells.entry(*cell).or_default();
                if of_cell.last() != Some(&index) {
                    of_cell.push(index);
                }
            }
            for evidence in &finding.evidence {
                let Evidence::Quote { text, marks, location } = evidence else { continue };
                // The sentence is in the line that has it at the very place.
                let at = report.lines.iter().enumerate().find_map(|(i, line)| {
                    let starts = line.text.value.match_indices(text.as_str()).map(|(at, _)| at);
                    starts.into_iter().find(|at| line.text.at(*at) == *location).map(|at| (i, at))
                });
                match (at, finding.place.table) {
                    (Some((line, at)), _) => {
                        let of_line = places.lines.entry(line).or_default();
                        of_line.extend(marks.iter().map(|m| (m.start + at..m.end + at, index)));
                    }
                    (None, Some(table)) => {
                        places.labels.entry((table, label::normal(text))).or_default().push(index);
                    }
                    (None, None) => {}
                }
            }
        }
        places
    }

    /// The id of the element that a finding is about.
    pub(super) fn target(&self, number: usize, index: usize, report: &Report, finding: &Finding) -> String {
        let marked = self.lines.values().flatten().any(|(_, i)| *i == index)
            || self.labels.values().flatten().any(|i| *i == index);
        let first = finding.suspects.first().map(|s| s.cell).or(finding.cells.first().copied());
        match first {
            _ if marked => format!("f{number}-m{index}"),
            Some(cell) if report.table(cell.table()).is_some() => format!("f{number}-c-{}", cell.as_str()),
            _ => format!("f{number}-s{}", finding.place.section),
        }
    }
}

/// The whole report.
pub(super) fn paper(
    number: usize,
    report: &Report,
    lint: &Lint,
    places: &Places,
    options: &Options,
) -> String {
    let mut page = Page { number, report, lint, places, options, out: String::new(), marked: Vec::new() };
    let _ = writeln!(page.out, "<span id=\"f{number}-s0\"></span>");
    let mut open: Option<u8> = None;
    let mut drawn: Vec<&'static str> = Vec::new();
    for (i, line) in report.lines.iter().enumerate() {
        if line.role == Role::Heading {
            if let Some(section) = open {
                page.tables(section, &mut drawn);
            }
            open = Some(line.section);
        }
        page.line(i);
    }
    for section in &report.form().sections {
        let missing = report.section(section.number).is_none();
        if missing {
            let _ = writeln!(
                page.out,
                "<p class=\"absent\" id=\"f{number}-s{}\">{}{}</p>",
                section.number,
                pick(options, "没有找到：", "not found: "),
                markup(&section.heading)
            );
        }
        page.tables(section.number, &mut drawn);
    }
    page.out
}

struct Page<'a> {
    number: usize,
    report: &'a Report,
    lint: &'a Lint,
    places: &'a Places,
    options: &'a Options,
    out: String,
    /// Findings that have their anchor: an id may stand only once.
    marked: Vec<usize>,
}

impl Page<'_> {
    fn line(&mut self, index: usize) {
        let line = &self.report.lines[index];
        let (element, id) = match line.role {
            Role::Chrome | Role::TableText => return,
            Role::Title => ("h3 class=\"title\"", String::new()),
            Role::Heading => {
                let first = self.report.section(line.section).is_some_and(|s| s.heading == index);
                let id =
                    if first { format!(" id=\"f{}-s{}\"", self.number, line.section) } else { String::new() };
                ("h4", id)
            }
            Role::PartHeading => ("h5", String::new()),
            Role::Preamble | Role::Body => ("p", String::new()),
        };
        let closing = element.split(' ').next().unwrap_or(element);
        let marks = self.places.lines.get(&index).map(Vec::as_slice).unwrap_or_default();
        let text = self.marked_text(&line.text.value.clone(), marks);
        let _ = writeln!(self.out, "<{element}{id}>{text}</{closing}>");
    }

    /// Text with its marks; where marks overlap, the words belong to the worst finding.
    fn marked_text(&mut self, text: &str, marks: &[(Range<usize>, usize)]) -> String {
        let mut cuts: Vec<usize> = marks.iter().flat_map(|(r, _)| [r.start, r.end]).collect();
        cuts.extend([0, text.len()]);
        cuts.retain(|c| text.is_char_boundary(*c) && *c <= text.len());
        cuts.sort_unstable();
        cuts.dedup();
        let mut out = String::new();
        for pair in cuts.windows(2) {
            let (from, to) = (pair[0], pair[1]);
            let words = markup(&text[from..to]).replace('\n', "<br>");
            let over: Vec<usize> =
                marks.iter().filter(|(r, _)| r.start <= from && to <= r.end).map(|(_, i)| *i).collect();
            let Some(worst) = over.iter().copied().max_by_key(|i| (self.severity(*i), std::cmp::Reverse(*i)))
            else {
                out.push_str(&words);
                continue;
            };
            // Every finding needs its anchor somewhere, also one whose words another finding covers.
            for index in &over {
                out.push_str(&self.anchor(*index));
            }
            let _ = write!(
                out,
                "<a class=\"mark {}\" href=\"#f{}-n{worst}\" title=\"{}\">{words}</a>",
                self.severity(worst).id(),
                self.number,
                self.message(worst)
            );
        }
        out
    }

    fn severity(&self, index: usize) -> Severity {
        self.lint.findings[index].severity
    }

    fn message(&self, index: usize) -> String {
        markup(self.lint.findings[index].message.get(self.options.language))
    }

    /// The target of links from a finding, once.
    fn anchor(&mut self, index: usize) -> String {
        if self.marked.contains(&index) {
            return String::new();
        }
        self.marked.push(index);
        format!("<span class=\"anchor\" id=\"f{}-m{index}\"></span>", self.number)
    }

    /// The tables of a section that are not drawn yet.
    fn tables(&mut self, section: u8, drawn: &mut Vec<&'static str>) {
        for table in self.report.form().tables.iter().filter(|t| t.section == section) {
            if drawn.contains(&table.id) {
                continue;
            }
            drawn.push(table.id);
            if self.report.table(table.id).is_some() {
                self.table(table);
            } else {
                let name = markup(table.name.get(self.options.language));
                let words = pick(self.options, "没有读到", "not found: ");
                let _ = writeln!(self.out, "<p class=\"absent\">{words}{name}</p>");
            }
        }
    }

    fn table(&mut self, table: &'static Table) {
        let form = self.report.form();
        let mut fill = Fill::default();
        for cell in form.official_cells().filter(|c| c.table.id == table.id) {
            fill.cells.insert(cell.id, format!("{SLOT}{}", cell.id.as_str()));
        }
        // Labels as they stand in the file, where all places with the same official words agree.
        let mut labels: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for reading in self.report.labels.iter().filter(|l| l.table == table.id) {
            labels.entry(&reading.official).or_default().push(if reading.matched == LabelMatch::Official {
                &reading.official
            } else {
                &reading.text.value
            });
        }
        for (official, read) in labels {
            if let [first, rest @ ..] = &read[..]
                && rest.iter().all(|r| r == first)
                && !first.trim().is_empty()
            {
                fill.labels.insert(official.to_owned(), (*first).to_owned());
            }
        }
        let drawn = draw(table, &fill, 1);
        let name = markup(table.name.get(self.options.language));
        let _ = writeln!(
            self.out,
            "<div class=\"scroll\"><table class=\"form\"><caption>{name}</caption><tbody>"
        );
        for row in &drawn.rows {
            self.out.push_str("<tr>");
            for cell in &row.cells {
                let mut span = String::new();
                if cell.colspan > 1 {
                    let _ = write!(span, " colspan=\"{}\"", cell.colspan);
                }
                if cell.rowspan > 1 {
                    let _ = write!(span, " rowspan=\"{}\"", cell.rowspan);
                }
                let words = cell.text.value.clone();
                match words.strip_prefix(SLOT).and_then(CellId::parse) {
                    Some(id) => self.slot(id, &span),
                    None => self.label(table.id, &words, &span),
                }
            }
            self.out.push_str("</tr>\n");
        }
        self.out.push_str("</tbody></table></div>\n");
    }

    fn label(&mut self, table: &'static str, words: &str, span: &str) {
        let found = self.places.labels.get(&(table, label::normal(words))).cloned().unwrap_or_default();
        let text = markup(words).replace('\n', "<br>");
        match found.iter().copied().max_by_key(|i| self.severity(*i)) {
            None => {
                let _ = write!(self.out, "<th{span}>{text}</th>");
            }
            Some(worst) => {
                let anchors: String = found.iter().map(|i| self.anchor(*i)).collect();
                let (severity, message) = (self.severity(worst).id(), self.message(worst));
                let _ = write!(
                    self.out,
                    "<th{span}>{anchors}<a class=\"mark {severity}\" href=\"#f{}-n{worst}\" title=\"{message}\">{text}</a></th>",
                    self.number
                );
            }
        }
    }

    fn slot(&mut self, id: CellId, span: &str) {
        let reading = self.report.cell(id);
        let words = reading.map_or("", |r| r.text.value.trim());
        let mut class = String::from("slot");
        if reading.is_none() {
            class.push_str(" unread");
        }
        let found = self.places.cells.get(&id).map(Vec::as_slice).unwrap_or_default();
        let worst = found.iter().copied().max_by_key(|i| self.severity(*i));
        // Where a finding knows the wrong cell, the others of its identities are only involved.
        let suspected = |i: &usize| {
            let suspects = &self.lint.findings[*i].suspects;
            suspects.is_empty() || suspects.iter().any(|s| s.cell == id && s.explanation == 1)
        };
        match worst {
            Some(worst) if found.iter().any(suspected) => {
                let _ = write!(class, " {}", self.severity(worst).id());
            }
            Some(_) => class.push_str(" involved"),
            None => {}
        }
        // The likeliest value of the likeliest explanation, next to what is there.
        let proposed = found.iter().find_map(|i| {
            let suspects = &self.lint.findings[*i].suspects;
            suspects.iter().find(|s| s.cell == id && s.explanation == 1).and_then(|s| s.proposed.clone())
        });
        let mut more = String::new();
        if let Some(proposed) = &proposed {
            class.push_str(" suspect");
            let _ = write!(more, " data-proposed=\"{}\"", markup(proposed));
        }
        // A surprising number that is explained is shown with its explanation.
        let explained =
            self.lint.closed.iter().find(|c| {
                c.by == ClosedBy::Explanation && c.finding.cells.contains(&id) && !c.reason.is_empty()
            });
        if let Some(closed) = explained {
            class.push_str(" explained");
            let _ = write!(more, " title=\"{}\"", markup(&words::closed(closed, self.options.language)));
        }
        let number = reading.and_then(|r| r.value.number());
        if let Some(number) = number.map(|n| n.to_string()).filter(|n| n != words) {
            let _ = write!(more, " data-value=\"{number}\"");
        }
        let shown = match reading {
            None => pick(self.options, "未读到", "not read").to_owned(),
            Some(_) => markup(words).replace('\n', "<br>"),
        };
        let guess = proposed
            .map(|p| format!("<ins>{}{}</ins>", pick(self.options, "疑为 ", "perhaps "), markup(&p)))
            .unwrap_or_default();
        let _ = write!(
            self.out,
            "<td class=\"{class}\" id=\"f{}-c-{}\" tabindex=\"0\"{span}{more}>{shown}{guess}</td>",
            self.number,
            id.as_str()
        );
    }
}
