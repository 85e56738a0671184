//! Rates that reviewers look at, each with its formula, over the column of totals.

use nianbao_identities::{Status, evaluate, known};
use nianbao_schema::report::Report;
use nianbao_schema::value::Value;
use nianbao_schema::{Bilingual, CellId};
use rust_decimal::{Decimal, RoundingStrategy};

/// A rate: the sum of some cells divided by the sum of others.
#[derive(Debug)]
pub struct Formula {
    /// Its id in JSON.
    pub id: &'static str,
    /// Its name in Chinese.
    pub zh: &'static str,
    /// Its name in English.
    pub en: &'static str,
    /// The formula in Chinese.
    pub says_zh: &'static str,
    /// The formula in English.
    pub says_en: &'static str,
    /// What is divided: rows of table 3 in the column of totals, or cells. A group stands for all its items.
    above: &'static [&'static str],
    /// What it is divided by.
    below: &'static [&'static str],
    /// What is taken away from that.
    less: &'static [&'static str],
}

impl Formula {
    /// Its name.
    pub fn name(&self) -> Bilingual {
        Bilingual { zh: self.zh.to_owned(), en: self.en.to_owned() }
    }
}

/// All rates.
pub const FORMULAS: &[Formula] = &[
    Formula {
        id: "disclosed",
        zh: "公开率",
        en: "disclosed",
        says_zh: "（予以公开＋部分公开）÷ 办理结果总计",
        says_en: "(granted + partly granted) / total handled",
        above: &["applications.granted", "applications.partial"],
        below: &["applications.handled_total"],
        less: &[],
    },
    Formula {
        id: "denied",
        zh: "不予公开率",
        en: "denied",
        says_zh: "（三）不予公开各项之和 ÷ 办理结果总计",
        says_en: "sum of III(3) / total handled",
        above: &["applications.denied"],
        below: &["applications.handled_total"],
        less: &[],
    },
    Formula {
        id: "unavailable",
        zh: "无法提供率",
        en: "not available",
        says_zh: "（四）无法提供各项之和 ÷ 办理结果总计",
        says_en: "sum of III(4) / total handled",
        above: &["applications.unavailable"],
        below: &["applications.handled_total"],
        less: &[],
    },
    Formula {
        id: "carried_over",
        zh: "结转率",
        en: "carried over",
        says_zh: "结转下年度 ÷（本年新收＋上年结转）",
        says_en: "carried out / (received + carried in)",
        above: &["applications.carried_out"],
        below: &["applications.received", "applications.carried_in"],
        less: &[],
    },
    Formula {
        id: "corrected_review",
        zh: "复议纠错率",
        en: "corrected in reconsideration",
        says_zh: "行政复议结果纠正 ÷（行政复议总计－尚未审结）",
        says_en: "reconsideration corrected / (total - pending)",
        above: &["review.reconsideration.corrected"],
        below: &["review.reconsideration.total"],
        less: &["review.reconsideration.pending"],
    },
    Formula {
        id: "corrected_litigation",
        zh: "诉讼纠错率",
        en: "corrected in litigation",
        says_zh: "行政诉讼（两类）结果纠正 ÷（总计－尚未审结）",
        says_en: "litigation (both kinds) corrected / (total - pending)",
        above: &["review.litigation_direct.corrected", "review.litigation_after_review.corrected"],
        below: &["review.litigation_direct.total", "review.litigation_after_review.total"],
        less: &["review.litigation_direct.pending", "review.litigation_after_review.pending"],
    },
];

/// A rate with its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// What is divided.
    pub above: Decimal,
    /// What it is divided by.
    pub below: Decimal,
    /// Whether blanks were counted as 0, which the identities of the report confirm.
    pub blanks: bool,
}

impl Share {
    /// The rate in per cent, rounded to one decimal; `None` of nothing.
    pub fn percent(&self) -> Option<Decimal> {
        let hundred = self.above.checked_mul(Decimal::ONE_HUNDRED)?;
        let rate = hundred.checked_div(self.below).filter(|_| self.below > Decimal::ZERO)?;
        Some(rate.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero).normalize())
    }
}

/// A rate in two reports.
#[derive(Debug)]
pub struct Rate {
    /// The rate.
    pub formula: &'static Formula,
    /// In the older report; `None` if a cell of it is unread, words, or a blank that need not be 0.
    pub old: Option<Share>,
    /// In the newer report.
    pub new: Option<Share>,
}

impl Rate {
    /// The change in percentage points, of the rates as rounded.
    pub fn change(&self) -> Option<Decimal> {
        Some((self.new?.percent()? - self.old?.percent()?).normalize())
    }
}

/// The rates of two reports.
pub fn rates(old: &Report, new: &Report) -> Vec<Rate> {
    FORMULAS
        .iter()
        .map(|formula| Rate { formula, old: share(formula, old), new: share(formula, new) })
        .collect()
}

/// A rate of one report.
pub(crate) fn share(formula: &Formula, report: &Report) -> Option<Share> {
    let mut blanks = false;
    let mut sum = |names: &[&str]| -> Option<Decimal> {
        let mut sum = Decimal::ZERO;
        for name in names {
            for cell in expand(report, name) {
                match &report.cell(cell)?.value {
                    Value::Number(n) => sum += n,
                    Value::Blank | Value::NotApplicable if is_zero(report, cell) => blanks = true,
                    _ => return None,
                }
            }
        }
        Some(sum)
    };
    let (above, below) = (sum(formula.above)?, sum(formula.below)? - sum(formula.less)?);
    Some(Share { above, below, blanks })
}

/// The official cells that a name stands for: itself, or the totals of a row and its items.
fn expand(report: &Report, name: &str) -> Vec<CellId> {
    if let Some(cell) = CellId::parse(name) {
        return vec![cell];
    }
    let belongs = |cell: &CellId| {
        let row = cell.as_str().strip_suffix(".total").and_then(|row| row.strip_prefix(name));
        row.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    report.form().official_cells().map(|c| c.id).filter(belongs).collect()
}

/// Whether a blank must be 0: it is in an identity, and all that hold it are satisfied with blanks as 0.
fn is_zero(report: &Report, cell: CellId) -> bool {
    let mut around = report.form().identities().iter().filter(|i| i.cells().any(|c| c == cell)).peekable();
    around.peek().is_some()
        && around.all(|i| {
            let status = evaluate(i, |c| known(report, c)).status;
            // Group rows that the file does not have say nothing.
            status == Status::Holds || (status == Status::Unreadable && i.family.contains(".group."))
        })
}
