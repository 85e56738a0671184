//! Two reports side by side, one module a format. [`Page`] holds what all formats say in the same words.

pub mod csv;
pub mod html;
pub mod json;
pub mod markdown;
pub mod terminal;

mod links;
mod words;

use nianbao_diff::{CellDiff, Class, Comparison, Order, Row, SectionDiff, Side, TableDiff};
use nianbao_schema::Language;
use nianbao_schema::form::{Correspondence, Mapping};

use words::copied;

pub(crate) use links::{Statement, statements};
pub(crate) use words::{
    bracketed, class_name, divided, fraction, legend, percent, pick, place_name, section_name, share, side,
    signed,
};

/// A comparison as it is to be shown.
#[derive(Debug, Clone, Copy)]
pub struct Page<'c, 'r> {
    /// What was compared.
    pub comparison: &'c Comparison<'r>,
    /// The path of the older report.
    pub old_path: &'c str,
    /// The path of the newer report.
    pub new_path: &'c str,
    /// Whether to show what did not change.
    pub all: bool,
    /// Language of words.
    pub language: Language,
}

/// A line of a table: one cell in both reports.
#[derive(Debug)]
pub(crate) struct Line<'c> {
    pub(crate) row: &'c Row,
    pub(crate) cell: &'c CellDiff,
    /// Whether it is shown although only what changed was asked for.
    pub(crate) shown: bool,
}

impl<'c> Page<'c, '_> {
    /// Year and role of a side: `2022年度（旧）`; without years the role alone.
    pub(crate) fn heading(&self, old: bool) -> String {
        let report = if old { self.comparison.old } else { self.comparison.new };
        let role = if old { pick(self.language, "旧", "old") } else { pick(self.language, "新", "new") };
        match (report.year, self.language) {
            (Some(year), Language::Zh) => format!("{year}年度（{role}）"),
            (Some(year), Language::En) => format!("{year} ({role})"),
            (None, Language::Zh) => format!("年度不明（{role}）"),
            (None, Language::En) => format!("year unknown ({role})"),
        }
    }

    /// The year of a side for a column header: `2022年`; `旧`/`新` where the years do not tell the sides apart.
    pub(crate) fn column(&self, old: bool) -> String {
        let report = if old { self.comparison.old } else { self.comparison.new };
        match report.year.filter(|_| self.comparison.spans_years()) {
            Some(year) if self.language == Language::Zh => format!("{year}年"),
            Some(year) => year.to_string(),
            None if old => pick(self.language, "旧", "old").to_owned(),
            None => pick(self.language, "新", "new").to_owned(),
        }
    }

    fn facts(&self, old: bool) -> String {
        let (report, path) =
            if old { (self.comparison.old, self.old_path) } else { (self.comparison.new, self.new_path) };
        let organ =
            report.organ.as_ref().map_or(pick(self.language, "机关不明", "organ unknown"), |o| &o.name);
        let form = report.form().name.get(self.language);
        match self.language {
            Language::Zh => format!("{}：{path}，{organ}，{form}", self.heading(old)),
            Language::En => format!("{}: {path}, {organ}, {form}", self.heading(old)),
        }
    }

    /// What was compared with what, and everything a reader must know before the first number.
    pub(crate) fn header(&self) -> Vec<String> {
        let zh = self.language == Language::Zh;
        let comparison = self.comparison;
        let mut lines = vec![self.facts(true), self.facts(false)];
        let mut say = |zh_words: &str, en_words: &str| {
            lines.push(if zh { format!("注意：{zh_words}") } else { format!("note: {en_words}") });
        };
        match comparison.order {
            Order::AsNamed => {}
            Order::Swapped => say(
                "两个文件的先后与年度相反，已按年度排列：年度在前的为旧，在后的为新",
                "the files were named newest first; they were put in order by their years",
            ),
            Order::SameYear => say(
                "两份报告为同一年度，按给出的先后分为旧、新；不核对年际关系，不判断突变",
                "both reports are of the same year: the first one named counts as old; years are not linked",
            ),
            Order::Unknown => say(
                "有报告的年度不明，按给出的先后分为旧、新；不核对年际关系，不判断突变",
                "a year is not known: the first one named counts as old; years are not linked",
            ),
        }
        if comparison.organs_differ() {
            say("两份报告的机关名称不同", "the reports name different organs");
        }
        if comparison.order != Order::SameYear
            && comparison.spans_years()
            && comparison.links.is_none()
            && comparison.options.numbers
        {
            say(
                "两份报告不是相邻年度，不核对结转和现行有效件数",
                "the years are not neighbours: they are not linked",
            );
        }
        if comparison.template.editions.is_some() || comparison.old.edition != comparison.new.edition {
            say(
                "两年格式不同，按对照表逐格对应；没有对应项的单元格不作比较",
                "the forms differ: cells are paired by the crosswalk, those without counterpart are not compared",
            );
        }
        if comparison.narrative.coarse {
            say(
                "文字过长，有些段落未逐句比较",
                "the text is very long: some of it was not compared sentence by sentence",
            );
        }
        let options = comparison.options;
        match (options.numbers, options.text) {
            (true, false) => {
                say("只比较表格（--only numbers）", "only the tables were compared (--only numbers)");
            }
            (false, true) => say("只比较文字（--only text）", "only the text was compared (--only text)"),
            _ => {}
        }
        let ignore = options.ignore;
        let ignored: Vec<&str> = [
            (ignore.whitespace, "空格", "whitespace"),
            (ignore.width, "全角半角", "width"),
            (ignore.punctuation, "标点", "punctuation"),
        ]
        .into_iter()
        .filter(|(on, ..)| *on)
        .map(|(_, zh_word, en_word)| if zh { zh_word } else { en_word })
        .collect();
        if !ignored.is_empty() && options.text {
            let (zh_words, en_words) = (ignored.join("、"), ignored.join(", "));
            say(
                &format!("文字比较忽略{zh_words}的不同（--ignore）"),
                &format!("differences of {en_words} in the text were ignored (--ignore)"),
            );
        }
        lines
    }

    /// The counts, a line each for tables, prose and fixed words.
    pub(crate) fn summary(&self) -> Vec<String> {
        let counts = self.comparison.counts();
        let zh = self.language == Language::Zh;
        let mut lines = Vec::new();
        if self.comparison.options.numbers {
            let mut line = if zh {
                format!("表格：变化 {} 格，相同 {} 格", counts.cells, counts.equal_cells)
            } else {
                format!("tables: {} cells changed, {} the same", counts.cells, counts.equal_cells)
            };
            if counts.writing > 0 {
                line += &if zh {
                    format!("，只是 0、空白、“/”写法不同 {} 格", counts.writing)
                } else {
                    format!(", {} differ only in writing 0, blank or n/a", counts.writing)
                };
            }
            if counts.unread > 0 {
                line += &if zh {
                    format!("，只有一份读到 {} 格", counts.unread)
                } else {
                    format!(", {} found in one report only", counts.unread)
                };
            }
            if counts.single_cells > 0 {
                line += &if zh {
                    format!("，无对应项 {} 格", counts.single_cells)
                } else {
                    format!(", {} without counterpart", counts.single_cells)
                };
            }
            if self.comparison.spans_years() {
                line += &if zh {
                    format!("；突变 {} 格", counts.jumps)
                } else {
                    format!("; {} jumps", counts.jumps)
                };
            }
            lines.push(line);
        }
        if self.comparison.options.text {
            let of = |class| counts.of(class);
            let (same, numbers, reworded, new, dropped) = (
                of(Class::Same),
                of(Class::Numbers),
                of(Class::Reworded),
                of(Class::New),
                of(Class::Dropped),
            );
            lines.push(if zh {
                format!(
                    "文字：未变 {same} 句，只改数字或年份 {numbers} 句，改写 {reworded} 句，新增 {new} 句，删去 {dropped} 句；移动 {} 处",
                    counts.moves
                )
            } else {
                format!(
                    "text: {same} sentences the same, {numbers} with other numbers or years only, {reworded} reworded, {new} new, {dropped} dropped; {} moves",
                    counts.moves
                )
            });
            lines.push(if zh {
                format!("格式、标题和标签：{} 处不同", counts.template)
            } else {
                format!("form, headings and labels: {} differences", counts.template)
            });
        }
        if self.comparison.is_same() {
            lines.push(pick(self.language, "结论：没有不同", "result: nothing differs").to_owned());
        }
        lines
    }

    /// The lines of a table, those that are shown by default marked.
    pub(crate) fn lines(&self, table: &'c TableDiff) -> Vec<Line<'c>> {
        // Of a table that one file does not have, the cells of the other one that have something to say.
        let whole = table.in_old && table.in_new;
        let says = |side: &Side| *side != Side::Unread && side.says_something();
        let shown = |cell: &CellDiff| match cell.comparable() {
            true if cell.differs_in_writing() => false,
            true if cell.is_unread() && !whole => says(&cell.old) || says(&cell.new),
            true => cell.differs(),
            false => cell.old.says_something() || cell.new.says_something(),
        };
        table.cells().map(|(row, cell)| Line { row, cell, shown: shown(cell) }).collect()
    }

    /// How much of a section was in the older report, in words; only if that is of another year.
    pub(crate) fn copied(&self, section: &SectionDiff) -> Option<String> {
        let year = self.comparison.old.year.filter(|_| self.comparison.spans_years())?;
        copied(&section.copied, year, self.language)
    }

    /// The title of the list of [`Self::kept`].
    pub(crate) fn kept_title(&self) -> String {
        let year = self.comparison.old.year.unwrap_or_default();
        match self.language {
            Language::Zh => format!("数字或年份与{year}年报告相同的句子（请核对是否仍然正确）"),
            Language::En => {
                format!(
                    "Sentences that repeat numbers of {year} or name that year (check that they still hold)"
                )
            }
        }
    }

    /// What is left out of a table, in words; `None` if nothing is.
    pub(crate) fn left_out(&self, lines: &[Line<'_>]) -> Option<String> {
        let hidden = || lines.iter().filter(|l| !l.shown && l.cell.comparable());
        let same = hidden().filter(|l| !l.cell.differs()).count();
        let unread = hidden().filter(|l| l.cell.is_unread()).count();
        let empty = lines.iter().filter(|l| !l.shown && !l.cell.comparable()).count();
        let mut parts = Vec::new();
        let zh = self.language == Language::Zh;
        if same > 0 {
            parts.push(if zh { format!("相同 {same} 格") } else { format!("{same} equal cells") });
        }
        parts.extend(self.in_writing(hidden().filter(|l| l.cell.differs_in_writing())));
        if unread > 0 {
            parts.push(if zh {
                format!("一份为 0 或空白、另一份未读到 {unread} 格")
            } else {
                format!("{unread} cells that are 0 or blank in one report and were not found in the other")
            });
        }
        if empty > 0 {
            parts.push(if zh {
                format!("无对应项且为 0 或空白 {empty} 格")
            } else {
                format!("{empty} cells without counterpart that are 0 or blank")
            });
        }
        (!parts.is_empty()).then(|| {
            if zh {
                format!("…（{}未显示，--all 显示）", parts.join("、"))
            } else {
                format!("… ({} not shown, --all shows them)", parts.join(", "))
            }
        })
    }

    /// Cells that write nothing in different ways, in words: by how, with the rows where those are few.
    fn in_writing<'l>(&self, lines: impl Iterator<Item = &'l Line<'l>>) -> Vec<String> {
        let mut kinds: Vec<(&Side, &Side, usize, Vec<&str>)> = Vec::new();
        for line in lines {
            let (old, new) = (&line.cell.old, &line.cell.new);
            let at = kinds.iter().position(|k| (k.0, k.1) == (old, new)).unwrap_or_else(|| {
                kinds.push((old, new, 0, Vec::new()));
                kinds.len() - 1
            });
            let (_, _, count, rows) = &mut kinds[at];
            *count += 1;
            let row = line.row.name.get(self.language);
            if rows.last() != Some(&row) {
                rows.push(row);
            }
        }
        let words = |(old, new, count, rows): (&Side, &Side, usize, Vec<&str>)| {
            let (old, new) = (side(old, self.language), side(new, self.language));
            let few = rows.len() <= 2;
            match self.language {
                Language::Zh if few => format!("{old} → {new} {count} 格（{}）", rows.join("、")),
                Language::Zh => format!("{old} → {new} {count} 格"),
                Language::En if few => format!("{count} cells {old} → {new} ({})", rows.join(", ")),
                Language::En => format!("{count} cells {old} → {new}"),
            }
        };
        kinds.into_iter().map(words).collect()
    }

    /// Sentences left out, in words.
    pub(crate) fn sentences_left_out(&self, count: usize) -> String {
        match self.language {
            Language::Zh => format!("…（相同 {count} 句未显示，--all 显示）"),
            Language::En => format!("… ({count} equal sentences not shown, --all shows them)"),
        }
    }

    /// Title of a table: `表三 收到和处理政府信息公开申请情况`.
    pub(crate) fn table_title(&self, table: &TableDiff) -> String {
        let (name, title) = (table.table.name.get(self.language), table.table.title.get(self.language));
        let missing = match (table.in_old, table.in_new, self.language) {
            (true, true, _) => "",
            (false, true, Language::Zh) => "（旧报告中未读到此表）",
            (true, false, Language::Zh) => "（新报告中未读到此表）",
            (false, false, Language::Zh) => "（两份报告中都未读到此表）",
            (false, true, Language::En) => " (not found in the old report)",
            (true, false, Language::En) => " (not found in the new report)",
            (false, false, Language::En) => " (not found in either report)",
        };
        format!("{name} {title}{missing}")
    }

    /// The last column of a line: a jump, or what its numbers stand for.
    pub(crate) fn remark(&self, cell: &CellDiff) -> String {
        let mut words = Vec::new();
        if cell.jump {
            words.push(pick(self.language, "突变", "jump").to_owned());
        }
        if cell.unit {
            let unit = pick(
                self.language,
                "恰差 10000 倍，请核对单位是元还是万元",
                "10,000 times: check the unit, yuan or ten thousands of yuan",
            );
            words.push(unit.to_owned());
        }
        if let Some(note) = cell.note.filter(|_| cell.comparable()) {
            words.push(note.get(self.language).to_owned());
        }
        words.join(pick(self.language, "；", "; "))
    }

    /// What counts as a jump.
    pub(crate) fn jump_test(&self) -> String {
        let (level, times) = (nianbao_diff::LEVEL, nianbao_diff::TIMES);
        match self.language {
            Language::Zh => format!(
                "突变：较大的数至少是较小的 {times} 倍，且两年水平不变时，偶然出现这样差别的可能不到 1/{level}（泊松计数的条件二项检验，双侧）；金额和增减数不判断"
            ),
            Language::En => format!(
                "jump: the larger count is at least {times} times the smaller, and chance alone would do so in less than one of {level} cases (conditional binomial test of two Poisson counts, two-sided); amounts are not tested"
            ),
        }
    }

    /// The statements on the equations between the years: each chain in a line, broken and open ones with their numbers.
    pub(crate) fn statements(&self) -> Vec<Statement> {
        let Some(outcomes) = &self.comparison.links else { return Vec::new() };
        statements(outcomes, self.comparison.old, self.comparison.new, self.language)
    }

    /// Sentences that repeat last year's numbers: section, words, numbers.
    pub(crate) fn kept(&self) -> impl Iterator<Item = (u8, &'c str, String)> {
        let by = pick(self.language, "、", ", ");
        self.comparison.narrative.items().filter(|i| !i.kept.is_empty()).filter_map(move |item| {
            item.new.as_ref().map(|p| (p.section, p.text.as_str(), item.kept.join(by)))
        })
    }

    /// What changed with the form and in fixed words.
    pub(crate) fn template(&self) -> Vec<String> {
        let template = &self.comparison.template;
        let zh = self.language == Language::Zh;
        let mut lines = Vec::new();
        if let Some((old, new)) = template.editions {
            let (old, new) = (old.form().name.get(self.language), new.form().name.get(self.language));
            lines.push(if zh {
                format!("格式：{old} → {new}")
            } else {
                format!("form: {old} → {new}")
            });
            lines.extend(template.mappings.iter().map(|m| self.mapping(m)));
        }
        let none = || pick(self.language, "（没有）", "(none)").to_owned();
        for heading in &template.headings {
            let place = place_name((heading.section, heading.part), self.language);
            let (old, new) =
                (heading.old.clone().unwrap_or_else(none), heading.new.clone().unwrap_or_else(none));
            lines.push(if zh {
                format!("{place}标题：{old} → {new}")
            } else {
                format!("heading of {place}: {old} → {new}")
            });
        }
        for label in &template.labels {
            let table =
                self.comparison.new.form().table(label.table).map_or("", |t| t.name.get(self.language));
            let (old, new) = (label.old.replace('\n', ""), label.new.replace('\n', ""));
            lines.push(if zh {
                format!("{table}标签：{old} → {new}")
            } else {
                format!("label of {table}: {old} → {new}")
            });
        }
        lines
    }
}

impl Page<'_, '_> {
    /// A line of the crosswalk: its remark, and the cells where the remark does not name them.
    fn mapping(&self, mapping: &Mapping) -> String {
        let note = mapping.note.get(self.language);
        if matches!(mapping.kind, Correspondence::Sum | Correspondence::Renamed) {
            return note.to_owned();
        }
        let (form, cells) = match mapping.new.is_empty() {
            true => (self.comparison.old.form(), &mapping.old),
            false => (self.comparison.new.form(), &mapping.new),
        };
        let names: Vec<String> = cells
            .iter()
            .filter_map(|c| form.cell(*c))
            .map(|c| format!("{} × {}", c.row.name.get(self.language), c.column.name.get(self.language)))
            .collect();
        format!("{note}{}{}", pick(self.language, "：", ": "), names.join(pick(self.language, "、", ", ")))
    }
}
