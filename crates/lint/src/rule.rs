//! What a rule is.

use std::cell::{OnceCell, RefCell};

use nianbao_schema::form::Form;
use nianbao_schema::organ::OrganKind;
use nianbao_schema::report::Report;
use nianbao_schema::source::Cite;

use crate::citation::Citations;
use crate::damage::Damage;
use crate::finding::{Finding, Say, Severity};
use crate::prose::Prose;
use crate::say;
use crate::secret::Secret;
use crate::stories::Stories;

/// How the responsible office groups faults: 国办公开办函〔2021〕30号 names reports that are late, inaccurate,
/// incomplete, or copied and perfunctory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// 不按时发布
    Late,
    /// 内容不准确
    Inaccurate,
    /// 内容不全面
    Incomplete,
    /// 内容雷同、敷衍塞责
    Perfunctory,
}

impl Class {
    /// The word used in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Self::Late => "late",
            Self::Inaccurate => "inaccurate",
            Self::Incomplete => "incomplete",
            Self::Perfunctory => "perfunctory",
        }
    }

    /// The words of the notice.
    pub fn name(self) -> &'static str {
        match self {
            Self::Late => "不按时发布",
            Self::Inaccurate => "内容不准确",
            Self::Incomplete => "内容不全面",
            Self::Perfunctory => "内容雷同、敷衍塞责",
        }
    }
}

/// The facts of a rule.
#[derive(Debug)]
pub struct RuleMeta {
    /// One letter for the subject and three digits; never reused.
    pub code: &'static str,
    /// The fault in kebab-case.
    pub name: &'static str,
    /// The fault in Chinese.
    pub title: &'static str,
    /// The fault in English.
    pub title_en: &'static str,
    /// The usual severity; a finding may be milder or, where the rule is surer, more severe.
    pub severity: Severity,
    /// The official class of fault.
    pub class: Class,
    /// Whether it is about the shape of the form: one level milder in years for which the form was only encouraged.
    pub shape: bool,
    /// Report years it applies to.
    pub years: (u16, u16),
    /// Kinds of organs it applies to; empty for all.
    pub organs: &'static [OrganKind],
    /// Clauses it rests on, best first; empty for a rule of style.
    pub sources: &'static [Cite],
    /// Whether it runs only when it is asked for by code or name: a hint that is often right and often wrong.
    pub off: bool,
    /// Whether some of its findings carry a safe fix.
    pub fixable: bool,
    /// Version that brought it.
    pub since: &'static str,
    /// The documentation: Markdown, the doc comment of the rule.
    pub docs: &'static str,
}

/// An example in the documentation of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// Whether the rule finds something in it.
    pub bad: bool,
    /// Codes of other rules that find something in it too.
    pub also: Vec<String>,
    /// The report, as a sketch.
    pub sketch: String,
    /// Last year's report, as a sketch: what stands below a line `上年：`.
    pub prior: Option<String>,
}

impl RuleMeta {
    /// The subject: the letter of the code.
    pub fn subject(&self) -> &'static str {
        match self.code.as_bytes().first() {
            Some(b'S') => "结构",
            Some(b'T') => "表格",
            Some(b'N') => "勾稽",
            Some(b'X') => "文表一致",
            Some(b'Y') => "年际",
            Some(b'L') => "依据",
            Some(b'D') => "主体与时限",
            Some(b'W') => "文字",
            Some(b'P') => "隐私",
            Some(b'R') => "汇总",
            Some(b'M') => "元规则",
            _ => "",
        }
    }

    /// Whether it is about the lint itself: suppressions and explanations. Such rules check no report by themselves.
    pub fn is_about_lint(&self) -> bool {
        self.code.starts_with('M')
    }

    /// The text below a heading of the documentation, without its examples; `""` gives the text above the first heading.
    pub fn section(&self, heading: &str) -> String {
        let mut inside = heading.is_empty();
        let mut fenced = false;
        let mut lines = Vec::new();
        for line in self.docs.lines().map(|l| l.strip_prefix(' ').unwrap_or(l)) {
            if line.starts_with("```") {
                fenced = !fenced;
            } else if !fenced && let Some(found) = line.strip_prefix("## ") {
                inside = found.trim() == heading;
            } else if inside && !fenced {
                lines.push(line);
            }
        }
        lines.join("\n").trim().to_owned()
    }

    /// The examples of the documentation.
    pub fn examples(&self) -> Vec<Example> {
        let mut examples = Vec::new();
        let mut open: Option<Example> = None;
        for line in self.docs.lines().map(|l| l.strip_prefix(' ').unwrap_or(l)) {
            match (&mut open, line.strip_prefix("```")) {
                (Some(_), Some(_)) => examples.extend(open.take()),
                (Some(example), None) if line == "上年：" => example.prior = Some(String::new()),
                (Some(example), None) => {
                    let sketch = example.prior.as_mut().unwrap_or(&mut example.sketch);
                    sketch.push_str(line);
                    sketch.push('\n');
                }
                (None, Some(info)) if info.starts_with("report") => {
                    let words: Vec<&str> = info.split(',').map(str::trim).collect();
                    let also =
                        words.iter().filter_map(|w| w.strip_prefix("also-")).map(str::to_owned).collect();
                    open = Some(Example {
                        bad: words.contains(&"bad"),
                        also,
                        sketch: String::new(),
                        prior: None,
                    });
                }
                (None, _) => {}
            }
        }
        examples
    }
}

/// Why a rule could say nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAssessable(pub Say);

/// What a rule made of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// That many findings.
    Found(usize),
    /// It checked and found nothing.
    Passed,
    /// It could not check.
    NotAssessable(NotAssessable),
}

/// The rule for files in which nothing of a report was found; no other rule says anything of such a file.
pub(crate) const UNRECOGNISED: &str = "report-unrecognised";

/// What a rule sees.
pub(crate) struct Context<'a> {
    pub(crate) report: &'a Report,
    prior: Option<&'a Report>,
    stories: OnceCell<Stories>,
    damage: OnceCell<Damage>,
    prose: OnceCell<Vec<Prose<'a>>>,
    citations: OnceCell<Citations<'a>>,
    secrets: OnceCell<Vec<Secret>>,
    /// Which claims of the text a rule compared with something.
    reached: RefCell<Vec<bool>>,
}

impl<'a> Context<'a> {
    pub(crate) fn new(report: &'a Report, prior: Option<&'a Report>) -> Self {
        let reached = RefCell::new(vec![false; report.claims.len()]);
        Self {
            report,
            prior,
            stories: OnceCell::new(),
            damage: OnceCell::new(),
            prose: OnceCell::new(),
            citations: OnceCell::new(),
            secrets: OnceCell::new(),
            reached,
        }
    }

    /// Notes that a rule compared a claim of the text with something.
    pub(crate) fn reach(&self, claim: usize) {
        if let Some(reached) = self.reached.borrow_mut().get_mut(claim) {
            *reached = true;
        }
    }

    /// The claims that no rule compared with anything.
    pub(crate) fn unreached(&self) -> impl Iterator<Item = usize> {
        let reached = self.reached.borrow().clone();
        reached.into_iter().enumerate().filter(|(_, reached)| !reached).map(|(index, _)| index)
    }

    /// The report of the year before.
    pub(crate) fn prior(&self) -> Result<&'a Report, NotAssessable> {
        let Some(prior) = self.prior else {
            return Err(NotAssessable(say!("没有给出上年报告", "last year's report was not given")));
        };
        match (self.report.year, prior.year) {
            (Some(year), Some(before)) if before + 1 == year => Ok(prior),
            (Some(year), Some(before)) => Err(NotAssessable(say!(
                "给出的上年报告是{before}年度的，不是{year}年度的上一年",
                "the report given as last year's is for {before}, not for the year before {year}"
            ))),
            _ => Err(NotAssessable(say!("看不出报告年份", "the report year is not known"))),
        }
    }

    /// What fails in the arithmetic, looked at once for all rules.
    pub(crate) fn stories(&self) -> &Stories {
        self.stories.get_or_init(|| Stories::of(self.report, self.prior().ok()))
    }

    /// What a conversion has damaged, looked for once for all rules.
    pub(crate) fn damage(&self) -> &Damage {
        self.damage.get_or_init(|| Damage::of(self.report))
    }

    /// The prose with its sentences, looked at once for all rules.
    pub(crate) fn prose(&self) -> &[Prose<'a>] {
        self.prose.get_or_init(|| crate::prose::of(self.report))
    }

    /// The documents that the prose cites, looked at once for all rules.
    pub(crate) fn citations(&self) -> &Citations<'a> {
        self.citations.get_or_init(|| Citations::of(self.prose()))
    }

    /// Private data in the prose, looked at once for all rules.
    pub(crate) fn secrets(&self) -> &[Secret] {
        self.secrets.get_or_init(|| crate::secret::of(self.prose()))
    }

    pub(crate) fn form(&self) -> &'static Form {
        self.report.form()
    }

    /// The kind of the organ.
    pub(crate) fn organ_kind(&self) -> Result<OrganKind, NotAssessable> {
        let kind = self.report.organ.as_ref().and_then(|o| o.kind);
        kind.ok_or_else(|| NotAssessable(say!("看不出机关类型", "the kind of organ is not known")))
    }

    /// The report year.
    pub(crate) fn year(&self) -> Result<u16, NotAssessable> {
        self.report.year.ok_or_else(|| NotAssessable(say!("看不出报告年份", "the report year is not known")))
    }

    /// The first clause of a rule that was in force for the report; a document of a later year binds no earlier report.
    pub(crate) fn cite(&self, meta: &RuleMeta) -> Option<Cite> {
        let year = self.report.year.unwrap_or(self.form().first_year);
        let own = self.form().source.document;
        let in_force = |c: &&Cite| {
            c.resolve().is_some_and(|(source, _)| {
                let year_fits = year >= source.first_year && source.last_year.is_none_or(|last| year <= last);
                c.document == own || (year_fits && !is_form_notice(c.document))
            })
        };
        meta.sources.iter().find(in_force).copied()
    }

    /// Whether a rule is for reports of this year and organ.
    pub(crate) fn applies(&self, meta: &RuleMeta) -> Result<(), NotAssessable> {
        if let Some(year) = self.report.year
            && !(meta.years.0..=meta.years.1).contains(&year)
        {
            return Err(NotAssessable(match meta.years {
                (first, u16::MAX) => say!("只适用于{first}年度起的报告", "only for reports from {first} on"),
                (first, last) => {
                    say!("只适用于{first}至{last}年度的报告", "only for reports for {first} to {last}")
                }
            }));
        }
        let unrecognised = self.report.sections.is_empty() && self.report.tables.is_empty();
        if unrecognised && meta.name != UNRECOGNISED {
            return Err(NotAssessable(say!("没有认出年度报告", "no report was recognised in the file")));
        }
        if !meta.organs.is_empty() && !meta.organs.contains(&self.organ_kind()?) {
            return Err(NotAssessable(say!("不适用于该类机关", "not for this kind of organ")));
        }
        Ok(())
    }

    /// The severity of a finding in this year: for shape rules one level milder where the form was only encouraged.
    pub(crate) fn lowered(&self, meta: &RuleMeta, severity: Severity) -> Severity {
        let encouraged = self.report.year.is_some_and(|y| self.form().encouraged_years.contains(&y));
        if meta.shape && encouraged { severity.lowered() } else { severity }
    }
}

/// Whether a source is a notice that prescribes a form: such a notice counts only for reports on its own form.
fn is_form_notice(document: &str) -> bool {
    Form::all().iter().any(|f| f.source.document == document)
}

/// The findings of one rule.
pub(crate) struct Findings {
    meta: &'static RuleMeta,
    found: Vec<Finding>,
}

impl Findings {
    pub(crate) fn new(meta: &'static RuleMeta) -> Self {
        Self { meta, found: Vec::new() }
    }

    /// A new finding of the rule, citing the clause in force.
    pub(crate) fn start(&self, cx: &Context<'_>, message: Say) -> Finding {
        let finding = Finding::new(self.meta, message);
        match cx.cite(self.meta) {
            Some(cite) => finding.source(cite),
            None => finding,
        }
    }

    pub(crate) fn push(&mut self, finding: Finding) {
        self.found.push(finding);
    }

    /// Drops findings and says whether there were any.
    pub(crate) fn drop_where(&mut self, drop: impl Fn(&Finding) -> bool) -> bool {
        let before = self.found.len();
        self.found.retain(|f| !drop(f));
        self.found.len() < before
    }

    pub(crate) fn len(&self) -> usize {
        self.found.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    pub(crate) fn into_iter(self) -> impl Iterator<Item = Finding> {
        self.found.into_iter()
    }
}

/// A check, made by [`declare_rule!`] and an implementation of [`Check`].
pub(crate) trait Rule: Sync {
    fn meta(&self) -> &'static RuleMeta;
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable>;
}

/// The check of a rule.
pub(crate) trait Check {
    /// Pushes what it finds; an `Err` says why it could not check (what it pushed before counts).
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable>;
}

/// Declares a rule: its documentation is the doc comment, its facts the fields.
macro_rules! declare_rule {
    (
        $(#[doc = $doc:literal])*
        $name:ident {
            code: $code:literal,
            name: $kebab:literal,
            title: $title:literal,
            title_en: $title_en:literal,
            severity: $severity:ident,
            class: $class:ident,
            $(shape: $shape:literal,)?
            $(off: $off:literal,)?
            $(years: $years:expr,)?
            $(organs: $organs:expr,)?
            sources: [$(($document:literal, $clause:literal)),* $(,)?],
            $(fixable: $fixable:literal,)?
            since: $since:literal $(,)?
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug)]
        pub(crate) struct $name;

        impl $crate::rule::Rule for $name {
            fn meta(&self) -> &'static $crate::rule::RuleMeta {
                static META: $crate::rule::RuleMeta = $crate::rule::RuleMeta {
                    code: $code,
                    name: $kebab,
                    title: $title,
                    title_en: $title_en,
                    severity: $crate::finding::Severity::$severity,
                    class: $crate::rule::Class::$class,
                    shape: false $(|| $shape)?,
                    off: false $(|| $off)?,
                    years: $crate::rule::last([(2019, u16::MAX) $(, $years)?]),
                    organs: $crate::rule::last_list([&[] $(, $organs)?]),
                    sources: &[$(nianbao_schema::source::Cite { document: $document, clause: $clause }),*],
                    fixable: false $(|| $fixable)?,
                    since: $since,
                    docs: concat!($($doc, "\n"),*),
                };
                &META
            }

            fn check(
                &self,
                cx: &$crate::rule::Context<'_>,
                out: &mut $crate::rule::Findings,
            ) -> Result<(), $crate::rule::NotAssessable> {
                $crate::rule::Check::check(self, cx, out)
            }
        }
    };
}
pub(crate) use declare_rule;

/// The last of several year ranges: what a rule states, after the default.
pub(crate) const fn last<const N: usize>(all: [(u16, u16); N]) -> (u16, u16) {
    all[N - 1]
}

/// The last of several lists of organs.
pub(crate) const fn last_list<const N: usize>(all: [&'static [OrganKind]; N]) -> &'static [OrganKind] {
    all[N - 1]
}
