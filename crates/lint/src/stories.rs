//! What fails in the arithmetic of a report, one story per cause.
//!
//! One mistyped cell breaks a row, a column and perhaps a balance. All identities of the report are looked at together
//! once; each story is told by one rule, the first of those whose identities it breaks, and names the cells that are
//! probably wrong.

use std::cell::RefCell;

use nianbao_identities::{
    ConstraintId, Explanation, Kind, Options, Reason, Status, Story, Strength, System, Trust, Variable,
    Verdict, evaluate, known, localise,
};
use nianbao_schema::claim::Claim;
use nianbao_schema::form::{Cell, Identity, Relation, Weight};
use nianbao_schema::report::Report;
use nianbao_schema::{CellId, Language};
use rust_decimal::Decimal;

use crate::claims::quoted;
use crate::finding::{BrokenIdentity, Evidence, Say, Severity, Suspect};
use crate::rule::{Context, Findings, NotAssessable};
use crate::say;
use crate::support::{cell_name, number};

/// Places of broken identities that a message names; more confuse.
const MOST_PLACES: usize = 3;

/// Explanations whose cells are listed as suspects.
const MOST_SUSPECTED: usize = 8;

/// The stories of a report.
pub(crate) struct Stories {
    system: System,
    stories: Vec<Story>,
    /// Which of them a rule has told.
    told: RefCell<Vec<bool>>,
}

impl Stories {
    /// Looks at all identities of a report. Last year's report is evidence: it breaks ties and makes no story.
    pub(crate) fn of(report: &Report, prior: Option<&Report>) -> Self {
        let mut system = System::of(report);
        if let Some(prior) = prior {
            let last_year = system.add(prior.edition, Trust::Given, |cell| known(prior, cell));
            system.link_years(0, last_year, Strength::Soft);
        }
        observe(&mut system, report);
        let stories = localise(&system, &Options::default()).stories;
        let told = RefCell::new(vec![false; stories.len()]);
        Self { system, stories, told }
    }

    /// The cells of this report that the best explanation of some story changes.
    pub(crate) fn suspected(&self) -> impl Iterator<Item = CellId> + '_ {
        let best = self.stories.iter().filter_map(|s| s.all().next());
        best.flat_map(|e| e.changes.iter()).filter(|c| c.cell.report == 0).map(|c| c.cell.cell)
    }

    /// Whether the best explanation of some story makes a claim of the text true, which the cells as they stand do not.
    pub(crate) fn settles(&self, report: &Report, claim: &Claim) -> bool {
        let Some(said) = claim.exact() else { return false };
        let best = self.stories.iter().filter_map(|s| s.all().next());
        best.flat_map(|e| std::iter::once(&e.changes)).any(|changes| {
            let changed = |cell: &CellId| changes.iter().find(|c| c.cell.report == 0 && c.cell.cell == *cell);
            claim.sums().iter().filter(|sum| sum.iter().any(|c| changed(c).is_some())).any(|sum| {
                let value = |c: &CellId| {
                    changed(c)
                        .map_or_else(|| report.number(*c).unwrap_or_default(), |c| Decimal::from(c.proposed))
                };
                sum.iter().map(value).sum::<Decimal>() == said
            })
        })
    }

    fn identities(&self, ids: &[ConstraintId]) -> Vec<&'static Identity> {
        ids.iter().filter_map(|id| self.system.identity(*id)).collect()
    }
}

/// Adds the numbers of the text as evidence: of equal explanations the one counts that makes the text true.
fn observe(system: &mut System, report: &Report) {
    for (index, claim) in report.claims.iter().enumerate() {
        let Some(said) = claim.exact().filter(|n| n.scale() == 0).and_then(|n| i64::try_from(n).ok()) else {
            continue;
        };
        let Ok(index) = u32::try_from(index) else { return };
        // One of several sums is meant, which one is not known: each of them supports.
        for sum in claim.sums() {
            let cells: Vec<Variable> = sum.iter().map(|c| Variable { report: 0, cell: *c }).collect();
            system.observe(ConstraintId::Other(index), &cells, said);
        }
    }
}

/// Tells the stories that break an identity of some families and that no rule has told yet.
pub(crate) fn tell(
    cx: &Context<'_>,
    out: &mut Findings,
    families: &[&'static str],
    help: &Say,
) -> Result<(), NotAssessable> {
    let stories = cx.stories();
    for (index, story) in stories.stories.iter().enumerate() {
        let broken = stories.identities(&story.violated);
        let mine = broken.iter().any(|i| families.contains(&i.family.as_str()));
        if !mine || std::mem::replace(&mut stories.told.borrow_mut()[index], true) {
            continue;
        }
        Teller { cx, stories, story, broken }.tell(out, help);
    }
    let readable = |i: &Identity| evaluate(i, |c| known(cx.report, c)).status != Status::Unreadable;
    if families.iter().flat_map(|f| cx.form().family(f)).any(readable) {
        return Ok(());
    }
    Err(NotAssessable(say!("没有读到所需的单元格", "the cells it needs were not read")))
}

struct Teller<'a, 'r> {
    cx: &'a Context<'r>,
    stories: &'a Stories,
    story: &'a Story,
    broken: Vec<&'static Identity>,
}

impl Teller<'_, '_> {
    fn tell(&self, out: &mut Findings, help: &Say) {
        let Some(first) = self.broken.first() else { return };
        let equations: Vec<BrokenIdentity> =
            self.story.violated.iter().filter_map(|id| self.equation(*id)).collect();
        let lines: Vec<String> = equations.iter().map(|e| e.text.zh.clone()).collect();
        let lines_en: Vec<String> = equations.iter().map(|e| e.text.en.clone()).collect();
        let table = self.cx.form().table(first.table).map(|t| t.name.clone());
        let (table, table_en) = table.map_or((String::new(), String::new()), |t| (t.zh, t.en));
        let plain = Say {
            zh: format!("{table}{}", lines.join("；")),
            en: format!("{table_en} {}", lines_en.join("; ")),
        };
        // Inequalities say that something is odd, not which number is wrong.
        let exact = self.broken.iter().any(|i| i.relation == Relation::Equal);
        let message = if exact { self.message(&table, &table_en).unwrap_or(plain) } else { plain };
        let suspects = if exact { self.suspects() } else { Vec::new() };
        let told: Vec<&Explanation> = self.story.all().take(1).filter(|_| exact).collect();
        let changed: Vec<CellId> = told.iter().flat_map(|e| e.changes.iter().map(|c| c.cell.cell)).collect();
        let involved: Vec<CellId> = self.broken.iter().flat_map(|i| i.cells()).collect();
        let mut cells = changed.clone();
        cells.extend(involved.iter().filter(|c| !changed.contains(c)));
        let mut seen = std::collections::BTreeSet::new();
        cells.retain(|c| seen.insert(*c));
        let weight = if self.broken.iter().any(|i| i.weight == Weight::Error) {
            Severity::Error
        } else {
            Severity::Warning
        };
        let (says, says_en, advice, advice_en) = (&first.says.zh, &first.says.en, &help.zh, &help.en);
        // A number is never changed without a look at what it counts, however sure the arithmetic is.
        let help = if suspects.is_empty() {
            say!("{says}。{advice}", "{says_en}: {advice_en}")
        } else {
            say!(
                "对照登记台账核实，确认后再改。{says}；{advice}",
                "check the register before changing a number. {says_en}: {advice_en}"
            )
        };
        let mut finding = out
            .start(self.cx, message)
            .severity(weight)
            .help(help)
            .source(first.source)
            .key(self.broken.iter().map(|i| format!("{}@{}", i.family, i.at)).collect::<Vec<_>>().join(","))
            .cells(self.cx.report, cells)
            .evidence(self.grid(&changed, &involved));
        if let [only] = changed[..] {
            finding.place.cell = Some(only);
        }
        if let Some(at) = changed.first().and_then(|c| self.cx.report.cell(*c)) {
            finding.place.location = Some(at.text.location);
        }
        finding.suspects = suspects;
        finding.identities = equations;
        out.push(finding);
    }

    /// What is wrong, as far as the explanations say. `None` if they say nothing.
    fn message(&self, table: &str, table_en: &str) -> Option<Say> {
        let count = self.broken.len();
        let Some(first) = self.story.all().next() else {
            if self.story.is_widespread {
                return Some(say!(
                    "{table}各列几乎都不平，疑为整表错行、错列或读取有误",
                    "nearly all columns of {table_en} fail: rows or columns are probably shifted or misread"
                ));
            }
            let (zh, en) = (self.story.verdict.text(Language::Zh), self.story.verdict.text(Language::En));
            return Some(say!(
                "{table}{count}条勾稽关系不成立，{zh}",
                "{table_en}: {count} identities fail; {en}"
            ));
        };
        let repaired = say!("改后 {count} 条勾稽关系同时成立", "this settles all {count} broken identities");
        let (repaired, repaired_en) = (&repaired.zh, &repaired.en);
        match self.story.verdict {
            Verdict::Consistent => None,
            Verdict::Unique if self.story.recomputed.is_empty() => {
                // Arithmetic alone, without a slip that would explain it, is not enough to be certain.
                let certain = matches!(first.changes[..], [only] if only.reason != Reason::Unknown);
                let words = self.words(first, certain);
                let (zh, en) = (&words.zh, &words.en);
                Some(say!("{zh}；{repaired}", "{en}; {repaired_en}"))
            }
            Verdict::Shifted => {
                let (kind, kind_en) = (first.kind.text(Language::Zh), first.kind.text(Language::En));
                let words = self.words(first, false);
                let (zh, en) = (&words.zh, &words.en);
                Some(say!(
                    "{table}疑为{kind}：{zh}；{repaired}",
                    "{table_en}: probably {kind_en}: {en}; {repaired_en}"
                ))
            }
            // Which identities fail is certain, which number is wrong is not: the other explanations stand below.
            Verdict::Unique | Verdict::Ambiguous | Verdict::Unexplained { .. } | Verdict::Bounded { .. } => {
                let places: Vec<Say> = self.broken.iter().map(|i| self.place(i)).collect();
                let list = |words: Vec<&str>, by: &str| words.join(by);
                let zh = list(places.iter().map(|p| p.zh.as_str()).take(MOST_PLACES).collect(), "、");
                let en = list(places.iter().map(|p| p.en.as_str()).take(MOST_PLACES).collect(), ", ");
                let more = if places.len() > MOST_PLACES { "等" } else { "" };
                let more_en = if places.len() > MOST_PLACES { " and others" } else { "" };
                let certain = self.certain();
                let (certain, certain_en) = (&certain.zh, &certain.en);
                let words = self.words(first, false);
                let (best_zh, best_en) = (&words.zh, &words.en);
                Some(say!(
                    "{table}{zh}{more}不平；{certain}，最可能：{best_zh}",
                    "{table_en}: {en}{more_en} do not balance; {certain_en}; most probably: {best_en}"
                ))
            }
        }
    }

    /// What is certain although several cells may be wrong: the column or the row that all explanations share.
    fn certain(&self) -> Say {
        let cells = || self.story.all().flat_map(|e| e.changes.iter()).filter_map(|c| self.cell(c.cell));
        let column = self.story.certain_column().and_then(|id| cells().find(|c| c.id.column() == id));
        let row = self.story.certain_row().and_then(|id| cells().find(|c| c.id.row() == id));
        match (column, row) {
            (Some(cell), _) if !cell.row.label.is_empty() => {
                let (zh, en) = (&cell.column.name.zh, &cell.column.name.en);
                say!(
                    "错在“{zh}”列，不能唯一确定是哪一格",
                    "the fault is in column \"{en}\", in which cell is not certain"
                )
            }
            (_, Some(cell)) if !cell.row.label.is_empty() => {
                let (zh, en) = (&cell.row.name.zh, &cell.row.name.en);
                say!(
                    "错在“{zh}”行，不能唯一确定是哪一格",
                    "the fault is in row \"{en}\", in which cell is not certain"
                )
            }
            _ => say!("不能唯一确定是哪一格填错", "which cell is wrong is not certain"),
        }
    }

    /// An explanation in words: each cell, what it says and what it should say.
    fn words(&self, explanation: &Explanation, certain: bool) -> Say {
        let mut zh = Vec::new();
        let mut en = Vec::new();
        for change in &explanation.changes {
            let Some(cell) = self.cell(change.cell) else { continue };
            let name = cell_name(cell);
            let (reason, reason_en) = (change.reason.text(Language::Zh), change.reason.text(Language::En));
            let seen = change.seen.map_or("空白".to_owned(), |n| n.to_string());
            let seen_en = change.seen.map_or("blank".to_owned(), |n| n.to_string());
            let (should, should_en) =
                if certain { ("应为", "should be") } else { ("疑应为", "should probably be") };
            let proposed = change.proposed;
            zh.push(format!("{}现为 {seen}，{should} {proposed}（{reason}）", name.zh));
            en.push(format!("{} is {seen_en} and {should_en} {proposed} ({reason_en})", name.en));
        }
        // A run of cells that moved is told by its ends.
        let most = 4;
        if zh.len() > most {
            let more = zh.len() - most;
            zh.truncate(most);
            en.truncate(most);
            zh.push(format!("另有 {more} 格"));
            en.push(format!("and {more} more cells"));
        }
        let kind = matches!(
            explanation.kind,
            Kind::Exchanged | Kind::OtherColumn | Kind::OtherRow | Kind::TotalsRecomputed
        );
        let said = explanation
            .changes
            .iter()
            .any(|c| c.reason.text(Language::Zh) == explanation.kind.text(Language::Zh));
        // Last year's report agrees with what is proposed.
        if explanation.support.iter().any(|id| matches!(id, ConstraintId::CarryOver(_))) {
            zh.push("与上年报告的结转数一致".to_owned());
            en.push("as last year's report has it".to_owned());
        }
        // So does a number of the text.
        let claims = explanation.support.iter().filter_map(|id| match id {
            ConstraintId::Other(index) => self.cx.report.claims.get(*index as usize),
            _ => None,
        });
        let settled = claims.filter(|c| self.stories.settles(self.cx.report, c));
        if let Some(claim) = settled.min_by_key(|c| (c.line, c.range.start)) {
            let said = quoted(self.cx.report, claim);
            zh.push(format!("与正文“{said}”一致"));
            en.push(format!("as the text has it (\"{said}\")"));
        }
        let (tail, tail_en) = if kind && !said {
            (
                format!("——{}", explanation.kind.text(Language::Zh)),
                format!(": {}", explanation.kind.text(Language::En)),
            )
        } else {
            (String::new(), String::new())
        };
        Say { zh: zh.join("，") + &tail, en: en.join(", ") + &tail_en }
    }

    fn cell(&self, variable: Variable) -> Option<&'static Cell> {
        self.cx.form().cell(variable.cell)
    }

    fn suspects(&self) -> Vec<Suspect> {
        let mut suspects = Vec::new();
        for (number, explanation) in self.story.all().take(MOST_SUSPECTED).enumerate() {
            for change in &explanation.changes {
                let (zh, en) = (change.reason.text(Language::Zh), change.reason.text(Language::En));
                suspects.push(Suspect {
                    cell: change.cell.cell,
                    seen: change.seen.map(|n| n.to_string()).unwrap_or_default(),
                    proposed: Some(change.proposed.to_string()),
                    reason: say!("{zh}", "{en}"),
                    explanation: number + 1,
                });
            }
        }
        suspects
    }

    /// A broken identity with its numbers, before and after the best explanation.
    fn equation(&self, id: ConstraintId) -> Option<BrokenIdentity> {
        let identity = self.stories.system.identity(id)?;
        let evaluation = evaluate(identity, |c| known(self.cx.report, c));
        let place = self.place(identity);
        let left = self.side(identity, &identity.left, evaluation.left);
        let right = self.side(identity, &identity.right, evaluation.right);
        let difference = number(evaluation.residual().abs());
        let (place, place_en) = (&place.zh, &place.en);
        let (left_zh, left_en, right_zh, right_en) = (&left.zh, &left.en, &right.zh, &right.en);
        let text = match identity.relation {
            Relation::Equal => say!(
                "{place}：{left_zh}，{right_zh}，差 {difference}",
                "{place_en}: {left_en}; {right_en}; difference {difference}"
            ),
            Relation::AtLeast if identity.right.is_empty() => {
                say!("{place}：{left_zh}，小于 0", "{place_en}: {left_en}, which is below 0")
            }
            Relation::AtLeast => say!(
                "{place}：{left_zh}，少于{right_zh}",
                "{place_en}: {left_en}, which is less than {right_en}"
            ),
        };
        let repaired = self.story.explanations.first().and_then(|e| e.repairs.iter().find(|r| r.id == id));
        Some(BrokenIdentity {
            family: identity.family.clone(),
            at: identity.at.clone(),
            text,
            before: (number(evaluation.left), number(evaluation.right)),
            after: repaired.map(|r| (r.after.0.to_string(), r.after.1.to_string())),
        })
    }

    /// What an identity is about: the column `“总计”列`, the row, the group.
    fn place(&self, identity: &Identity) -> Say {
        let first = identity.left.first().and_then(|c| self.cx.form().cell(*c));
        let Some(cell) = first else { return say!("", "") };
        if identity.cells().all(|c| c.column() == cell.id.column()) {
            let (zh, en) = (&cell.column.name.zh, &cell.column.name.en);
            return say!("“{zh}”列", "column \"{en}\"");
        }
        if cell.row.label.is_empty() {
            // The table of reviews: the group is what the column names have in common.
            let group =
                |name: &str, by: &str| name.rsplit_once(by).map_or(String::new(), |(g, _)| g.to_owned());
            let (zh, en) = (group(&cell.column.name.zh, "·"), group(&cell.column.name.en, ": "));
            return say!("“{zh}”", "\"{en}\"");
        }
        let (zh, en) = (&cell.row.name.zh, &cell.row.name.en);
        say!("“{zh}”行", "row \"{en}\"")
    }

    /// One side with its numbers: `新收 128 + 结转 3 = 131`. Zeros are left out; of a side of many cells only the sum.
    fn side(&self, identity: &Identity, cells: &[CellId], sum: Decimal) -> Say {
        let total = number(sum);
        if cells.len() > 6 {
            return say!("各项之和 {total}", "sum of its items {total}");
        }
        let column = identity.left.first().map_or("", |f| f.column());
        let by_row = identity.cells().all(|c| c.column() == column);
        let mut zh = Vec::new();
        let mut en = Vec::new();
        for cell in cells.iter().filter_map(|c| self.cx.form().cell(*c)) {
            let Some(value) = self.cx.report.number(cell.id) else { continue };
            if value.is_zero() && cells.len() > 2 {
                continue;
            }
            let name = if by_row { &cell.row.name } else { &cell.column.name };
            let last = |text: &str, by: &str| text.rsplit(by).next().unwrap_or(text).to_owned();
            zh.push(format!("{} {}", last(&name.zh, "·"), number(value)));
            en.push(format!("{} {}", last(&name.en, ": "), number(value)));
        }
        match zh.len() {
            0 if cells.is_empty() => say!("", ""),
            0 => say!("各项 {total}", "its items {total}"),
            1 => Say { zh: zh.concat(), en: en.concat() },
            _ => Say { zh: zh.join(" + ") + " = " + &total, en: en.join(" + ") + " = " + &total },
        }
    }

    /// The small table: what the broken identities are about, without the rows and columns of nothing but zeros.
    fn grid(&self, changed: &[CellId], involved: &[CellId]) -> Evidence {
        let short = |cell: &CellId| {
            self.broken
                .iter()
                .any(|i| [&i.left, &i.right].iter().any(|side| side.len() <= 2 && side.contains(cell)))
        };
        let filled = |cell: &CellId| self.cx.report.number(*cell).is_some_and(|n| !n.is_zero());
        let mut shown: Vec<CellId> =
            involved.iter().filter(|c| filled(c) || short(c) || changed.contains(c)).copied().collect();
        shown.extend(changed.iter().filter(|c| !involved.contains(c)));
        Evidence::Cells { shown, marked: changed.to_vec() }
    }
}
