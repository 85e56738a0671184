//! Two reports side by side, one module a format. [`Page`] holds what all formats say in the same words.

pub mod csv;
pub mod html;
pub mod json;
pub mod markdown;
pub mod terminal;

use std::ops::Range;

use nianbao_diff::{
    CellDiff, Chain, Class, Comparison, Copied, Item, Order, Outcome, Row, Share, Side, TableDiff,
};
use nianbao_identities::{Status, Year};
use nianbao_schema::form::{Correspondence, Form, Mapping};
use nianbao_schema::report::Report;
use nianbao_schema::{CellId, Language};
use rust_decimal::Decimal;

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

/// Either word by language.
pub(crate) fn pick<'a>(language: Language, zh: &'a str, en: &'a str) -> &'a str {
    match language {
        Language::Zh => zh,
        Language::En => en,
    }
}

/// A number with its sign: `+3`, `-2`, `0`.
pub(crate) fn signed(n: Decimal) -> String {
    if n > Decimal::ZERO { format!("+{n}") } else { n.to_string() }
}

/// What stands on one side.
pub(crate) fn side(side: &Side, language: Language) -> String {
    match (side, language) {
        (Side::Number(n), _) => n.to_string(),
        (Side::Partial { sum, open }, Language::Zh) => format!("{sum}＋空白{open}格"),
        (Side::Partial { sum, open }, Language::En) => format!("{sum} + {open} blank"),
        (Side::Words(words), Language::Zh) => format!("“{words}”"),
        (Side::Words(words), Language::En) => format!("\"{words}\""),
        (Side::Blank, _) => pick(language, "空白", "blank").to_owned(),
        (Side::NotApplicable, _) => pick(language, "不适用", "n/a").to_owned(),
        (Side::Unread, _) => pick(language, "未读到", "not read").to_owned(),
        (Side::Absent, _) => pick(language, "无对应项", "no counterpart").to_owned(),
    }
}

/// The change of a cell in per cent; from 0 there is none.
pub(crate) fn percent(cell: &CellDiff, language: Language) -> String {
    match (cell.percent(), cell.change()) {
        (Some(p), _) => format!("{}%", signed(p)),
        (None, Some(change)) if !change.is_zero() => pick(language, "由0起", "from 0").to_owned(),
        _ => String::new(),
    }
}

/// A rate: `80%`, or why there is none.
pub(crate) fn share(share: Option<Share>, language: Language) -> String {
    match share {
        None => pick(language, "无法计算", "unknown").to_owned(),
        Some(share) => match share.percent() {
            Some(p) => {
                let star = if share.blanks { "*" } else { "" };
                format!("{p}%{star}")
            }
            None => pick(language, "无（分母为0）", "none (of 0)").to_owned(),
        },
    }
}

/// The numbers of a rate: `8÷10`.
pub(crate) fn fraction(share: Option<Share>) -> String {
    share.map_or(String::new(), |s| format!("{}÷{}", s.above.normalize(), s.below.normalize()))
}

/// What became of a sentence, in one word.
pub(crate) fn class_name(item: &Item, language: Language) -> &'static str {
    let zh = language == Language::Zh;
    match (item.class, item.moved > 0) {
        (Class::Same, false) => {
            if zh {
                "同"
            } else {
                "="
            }
        }
        (Class::Same, true) => {
            if zh {
                "移"
            } else {
                ">"
            }
        }
        (Class::Numbers, false) => {
            if zh {
                "数"
            } else {
                "#"
            }
        }
        (Class::Numbers, true) => {
            if zh {
                "移数"
            } else {
                ">#"
            }
        }
        (Class::Reworded, false) => {
            if zh {
                "改"
            } else {
                "~"
            }
        }
        (Class::Reworded, true) => {
            if zh {
                "移改"
            } else {
                ">~"
            }
        }
        (Class::New, _) => {
            if zh {
                "增"
            } else {
                "+"
            }
        }
        (Class::Dropped, _) => {
            if zh {
                "删"
            } else {
                "-"
            }
        }
    }
}

/// What the marks in front of sentences mean.
pub(crate) fn legend(language: Language) -> &'static str {
    pick(
        language,
        "标记：数＝只改数字或年份，改＝改写，增＝新增，删＝删去，移＝移动（文字未变）；【 】内为不同之处",
        "marks: # only numbers or years changed, ~ reworded, + new, - dropped, > moved unchanged; what differs is in 【 】",
    )
}

/// Name of a section with its official number: `五、存在的主要问题及改进情况`.
pub(crate) fn section_name(form: &Form, number: u8, language: Language) -> String {
    let found = form.sections.iter().find(|s| s.number == number);
    found.map_or_else(|| pick(language, "标题和开头", "title and preamble").to_owned(), |s| s.heading.clone())
}

const NUMERALS: [&str; 6] = ["一", "二", "三", "四", "五", "六"];

/// A place of the prose in short: `一（三）`, `五`, `开头`.
pub(crate) fn place_name((section, part): (u8, u8), language: Language) -> String {
    let numeral = |n: u8| NUMERALS.get(usize::from(n).wrapping_sub(1)).copied().unwrap_or("");
    match (section, part, language) {
        (0, ..) => pick(language, "开头", "preamble").to_owned(),
        (s, 0, Language::Zh) => format!("第{}部分", numeral(s)),
        (s, p, Language::Zh) => format!("第{}部分（{}）", numeral(s), numeral(p)),
        (s, 0, Language::En) => format!("section {s}"),
        (s, p, Language::En) => format!("section {s}({p})"),
    }
}

/// A sentence with brackets around what differs, and for every bracket of that kind in it whether it is one of ours.
pub(crate) fn bracketed(text: &str, marks: &[Range<usize>]) -> (String, Vec<bool>) {
    let mut out = String::with_capacity(text.len() + marks.len() * 6);
    let mut ours = Vec::new();
    for (at, c) in text.char_indices() {
        if marks.iter().any(|m| m.end == at) {
            out.push('】');
            ours.push(true);
        }
        if marks.iter().any(|m| m.start == at) {
            out.push('【');
            ours.push(true);
        }
        if matches!(c, '【' | '】') {
            ours.push(false);
        }
        out.push(if c.is_control() { ' ' } else { c });
    }
    if marks.iter().any(|m| m.end == text.len()) {
        out.push('】');
        ours.push(true);
    }
    (out, ours)
}

/// How much of a section was there last year, in words.
pub(crate) fn copied(copied: &Copied, language: Language) -> Option<String> {
    let percent = copied.percent()?;
    let Copied { same, numbers, all } = copied;
    Some(match language {
        Language::Zh => {
            format!(
                "沿用上年文字 {percent}%（{all} 字中，一字未改 {same} 字，只改数字 {numbers} 字；固定表述不计）"
            )
        }
        Language::En => format!(
            "{percent}% taken over from last year ({same} of {all} characters word for word, {numbers} with other numbers; boilerplate not counted)"
        ),
    })
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
        let shown = |cell: &CellDiff| {
            cell.differs() || (!cell.comparable() && (cell.old.says_something() || cell.new.says_something()))
        };
        table.cells().map(|(row, cell)| Line { row, cell, shown: shown(cell) }).collect()
    }

    /// The title of the list of [`Self::kept`].
    pub(crate) fn kept_title(&self) -> &'static str {
        pick(
            self.language,
            "沿用上年数字的句子（数字与上年相同，请核对是否仍然正确）",
            "Sentences that repeat last year's numbers (check that they still hold)",
        )
    }

    /// What is left out of a table, in words; `None` if nothing is.
    pub(crate) fn left_out(&self, lines: &[Line<'_>]) -> Option<String> {
        let same = lines.iter().filter(|l| !l.shown && l.cell.comparable()).count();
        let empty = lines.iter().filter(|l| !l.shown && !l.cell.comparable()).count();
        let mut parts = Vec::new();
        let zh = self.language == Language::Zh;
        if same > 0 {
            parts.push(if zh { format!("相同 {same} 格") } else { format!("{same} equal cells") });
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

/// What is said of a chain of years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Statement {
    /// `true` holds, `false` broken, `None` not decided.
    pub(crate) holds: Option<bool>,
    /// Whether it is one of the equations of the chain that was stated before.
    pub(crate) detail: bool,
    /// It in words.
    pub(crate) text: String,
}

/// The equations between two years in words.
pub(crate) fn statements(
    outcomes: &[Outcome],
    old: &Report,
    new: &Report,
    language: Language,
) -> Vec<Statement> {
    let zh = language == Language::Zh;
    let mut found = Vec::new();
    for (chain, name) in [
        (Chain::CarryOver, pick(language, "结转", "carry-over")),
        (Chain::InForce, pick(language, "现行有效件数", "documents in force")),
        (Chain::Items, pick(language, "项目数量", "number of items")),
    ] {
        let all: Vec<&Outcome> = outcomes.iter().filter(|o| o.chain == chain).collect();
        if all.is_empty() {
            continue;
        }
        let count = |status| all.iter().filter(|o| o.evaluation.status == status).count();
        let holding = count(Status::Holds);
        let rule = match (chain, zh) {
            (Chain::CarryOver, true) => "本年“上年结转”应等于上年报告的“结转下年度继续办理”",
            (Chain::CarryOver, false) => "carried in = carried out last year",
            (Chain::InForce, true) => "本年现行有效＋本年废止，应等于上年现行有效＋本年制发",
            (Chain::InForce, false) => "in force + repealed = in force last year + issued",
            (Chain::Items, true) => "上一年项目数量，应等于上年报告的上一年项目数量＋本年增/减",
            (Chain::Items, false) => "items = items of last year's report + its change",
        };
        let (total, unit) = (all.len(), if chain == Chain::CarryOver { "列" } else { "行" });
        let holds = if count(Status::Violated) > 0 {
            Some(false)
        } else if holding == total {
            Some(true)
        } else {
            None
        };
        found.push(Statement {
            holds,
            detail: false,
            text: match (zh, holds) {
                (true, Some(true)) => format!("{name}：{total} {unit}全部衔接（{rule}）"),
                (true, _) => format!("{name}：{total} {unit}中 {holding} {unit}衔接（{rule}）"),
                (false, Some(true)) => format!("{name}: all {total} hold ({rule})"),
                (false, _) => format!("{name}: {holding} of {total} hold ({rule})"),
            },
        });
        for outcome in all.iter().filter(|o| o.evaluation.status != Status::Holds) {
            let broken = outcome.evaluation.status == Status::Violated;
            found.push(Statement {
                holds: broken.then_some(false),
                detail: true,
                text: link_text(outcome, old, new, language),
            });
        }
    }
    found
}

/// One equation with its numbers.
fn link_text(outcome: &Outcome, old: &Report, new: &Report, language: Language) -> String {
    let zh = language == Language::Zh;
    let name = |year: Year, cell: CellId| {
        let report = if year == Year::This { new } else { old };
        let Some(found) = report.form().cell(cell) else { return String::new() };
        let label = if outcome.chain == Chain::CarryOver { &found.row.name } else { &found.column.name };
        let value = side(&Side::of(report, &[cell]), language);
        let label = label.get(language);
        match (report.year, zh) {
            (Some(year), true) => format!("{year}年“{label}”{value}"),
            (Some(year), false) => format!("\"{label}\" of {year} {value}"),
            (None, true) => format!("“{label}”{value}"),
            (None, false) => format!("\"{label}\" {value}"),
        }
    };
    let sum = |cells: &[(Year, CellId)], total: Decimal| {
        let terms: Vec<String> = cells.iter().map(|(y, c)| name(*y, *c)).collect();
        let joined = terms.join(pick(language, "＋", " + "));
        if terms.len() > 1 { format!("{joined}＝{}", total.normalize()) } else { joined }
    };
    let evaluation = outcome.evaluation;
    let (left, right) =
        (sum(&outcome.link.left, evaluation.left), sum(&outcome.link.right, evaluation.right));
    let at = new.form().cell(outcome.cell).map_or("", |c| {
        if outcome.chain == Chain::CarryOver { c.column.name.get(language) } else { c.row.name.get(language) }
    });
    let end = match (evaluation.status, zh) {
        (Status::Holds, true) => "衔接".to_owned(),
        (Status::Holds, false) => "holds".to_owned(),
        (Status::Violated, true) => format!("不衔接，相差 {}", signed(evaluation.residual().normalize())),
        (Status::Violated, false) => {
            format!("broken, difference {}", signed(evaluation.residual().normalize()))
        }
        (Status::Open, true) => "有空白，无法判断".to_owned(),
        (Status::Open, false) => "not decided: blank".to_owned(),
        (Status::Unreadable, true) => "有单元格未读到，无法判断".to_owned(),
        (Status::Unreadable, false) => "not decided: a cell was not read".to_owned(),
    };
    if zh { format!("{at}：{left}；{right}；{end}") } else { format!("{at}: {left}; {right}; {end}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_stand_around_what_differs_and_only_ours_are_ours() {
        let text = "【甲】共46件。";
        let at = text.find("46件").unwrap();
        let (shown, ours) = bracketed(text, &[at..at + 5]);
        assert_eq!(shown, "【甲】共【46件】。");
        assert_eq!(ours, [false, false, true, true]);
        assert_eq!(bracketed("共46件", &[3..8]).0, "共【46件】");
    }
}
