//! What the rules cost: `cargo bench -p nianbao-lint`, one core, no other load.
//!
//! A typical report, of thirty sentences and two hundred cells, is read once; then all rules run on it, and every rule on
//! its own (what several rules share is then paid by each). The last column is the cost on a report with sixteen times
//! the text, divided by that on the typical one (the fastest runs, which other work disturbs least): about 1 for a rule that looks at cells only, at most about 16 for one
//! that reads the text; much more would be a rule that is not linear.
#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a bench measures time and prints it")]
#![expect(clippy::expect_used, reason = "a bench stops where its own inputs are wrong")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use nianbao_lint::{Selection, lint, rules};
use nianbao_recognize::{Hints, recognize};
use nianbao_schema::report::Report;
use nianbao_schema::sketch;

/// What one core may spend on all rules and a typical report.
const BUDGET: Duration = Duration::from_millis(2);

/// How much longer the long text is.
const LONGER: usize = 16;

const SENTENCE: &str = "本机关在2023年通过门户网站公开政府信息312条，其中规范性文件4件、财政信息28条、行政执法信息96条，\
    并对公开栏目开展了2轮自查，整改问题5个，受理群众来电咨询47次。";

fn main() {
    let (typical, long) = (report(5), report(5 * LONGER));
    let all = time(&typical, &Selection::default());
    let much = time(&long, &Selection::default());
    println!("{:32}{:>10}{:>10}{:>8}", "rule", "median", "slowest", "× text");
    let mut rows = Vec::new();
    for rule in rules() {
        let mut selection = Selection::default();
        selection.select(rule.code).expect("a rule knows its own code");
        let (one, long) = (time(&typical, &selection), time(&long, &selection));
        rows.push((one, long, format!("{} {}", rule.code, rule.name)));
    }
    rows.sort_by_key(|(one, ..)| std::cmp::Reverse(one.median));
    for (one, long, name) in &rows {
        line(name, *one, *long);
    }
    line("all rules together", all, much);
    let verdict = if all.median < BUDGET { "within" } else { "OVER" };
    println!("{verdict} the budget of {} for a report", shown(BUDGET));
}

fn line(name: &str, one: Timed, long: Timed) {
    let ratio = long.fastest.as_secs_f64() / one.fastest.as_secs_f64().max(f64::MIN_POSITIVE);
    println!("{name:32}{:>10}{:>10}{ratio:>8.1}", shown(one.median), shown(one.slowest));
}

/// A report with so many sentences in each part of section one and in section five.
fn report(sentences: usize) -> Report {
    let text = SENTENCE.repeat(sentences);
    let parts = [
        "（一）主动公开",
        "（二）依申请公开",
        "（三）政府信息管理",
        "（四）政府信息公开平台建设",
        "（五）监督保障",
    ];
    let overview: String = parts.iter().map(|part| format!("{part}\n{text}\n")).collect();
    let sketch = format!("一、总体情况\n{overview}五、存在的主要问题及改进情况\n{text}\n");
    recognize(&sketch::document(&sketch).expect("the sketch is right"), &Hints::default())
}

#[derive(Clone, Copy)]
struct Timed {
    fastest: Duration,
    median: Duration,
    slowest: Duration,
}

/// The time of a run over a report, of several runs.
fn time(report: &Report, selection: &Selection) -> Timed {
    const ENOUGH: Duration = Duration::from_millis(40);
    let mut times = Vec::new();
    let begin = Instant::now();
    while times.len() < 9 || begin.elapsed() < ENOUGH && times.len() < 2000 {
        let start = Instant::now();
        black_box(lint(black_box(report), None, selection));
        times.push(start.elapsed());
    }
    times.sort_unstable();
    Timed { fastest: times[0], median: times[times.len() / 2], slowest: times[times.len() - 1] }
}

fn shown(time: Duration) -> String {
    let micros = time.as_secs_f64() * 1e6;
    if micros < 1000.0 { format!("{micros:.1} µs") } else { format!("{:.2} ms", micros / 1000.0) }
}
