//! The examples in the documentation of the rules are their tests.

use nianbao_lint::{Selection, lint, rules};
use nianbao_recognize::{Hints, recognize};
use nianbao_schema::report::Report;
use nianbao_schema::sketch;

fn report(sketch: &str) -> Report {
    let document = sketch::document(sketch).unwrap_or_else(|e| panic!("{e}\nin\n{sketch}"));
    recognize(&document, &Hints::default())
}

fn codes(sketch: &str) -> Vec<String> {
    codes_after(sketch, None, &Selection::default())
}

fn codes_after(sketch: &str, prior: Option<&str>, selection: &Selection) -> Vec<String> {
    let prior = prior.map(|sketch| {
        let document = sketch::document_before(sketch).unwrap_or_else(|e| panic!("{e}\nin\n{sketch}"));
        recognize(&document, &Hints::default())
    });
    let found = lint(&report(sketch), prior.as_ref(), selection);
    found.findings.iter().map(|f| format!("{} {}", f.rule.code, f.message.zh)).collect()
}

/// Every bad example yields exactly one finding of its rule, and of others only what it announces; every good one none.
#[test]
fn examples_find_what_they_promise() {
    let mut wrong = Vec::new();
    for rule in rules() {
        for example in rule.examples() {
            let mut selection = Selection::default();
            selection.enable(rule.code).unwrap();
            let found = codes_after(&example.sketch, example.prior.as_deref(), &selection);
            let own = found.iter().filter(|f| f.starts_with(rule.code)).count();
            let others = found
                .iter()
                .filter(|f| !f.starts_with(rule.code) && !example.also.iter().any(|a| f.starts_with(a)));
            let others: Vec<_> = others.collect();
            let announced = example.also.iter().all(|a| found.iter().any(|f| f.starts_with(a)));
            if own != usize::from(example.bad) || !others.is_empty() || !announced {
                wrong.push(format!("{} {}:\n{}→ {found:#?}", rule.code, rule.name, example.sketch));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// The report that sketches start from is clean for every kind of organ and for both forms.
#[test]
fn the_base_report_is_clean() {
    for organ in [
        "青禾县水务局",
        "青禾县人民政府",
        "青禾县石桥镇人民政府",
        "青禾经济开发区",
        "临江市城东区和平街道办事处",
        "临江市教育局",
        "云岭省水利厅",
    ] {
        for year in [2021, 2022, 2023, 2024, 2025] {
            assert_eq!(
                codes(&format!("机关：{organ}\n年份：{year}")),
                Vec::<String>::new(),
                "{organ} {year}"
            );
        }
        for year in [2019, 2020] {
            let sketch = format!("机关：{organ}\n年份：{year}\n六、其他需要报告的事项\n无。");
            assert_eq!(codes(&sketch), Vec::<String>::new(), "{organ} {year}");
        }
    }
}
