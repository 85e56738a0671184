use std::collections::{BTreeMap, BTreeSet};

use nianbao_text::label;

use super::*;

#[test]
fn both_forms_have_their_cells() {
    let counts = |edition: Edition| -> Vec<usize> {
        let form = edition.form();
        form.tables.iter().map(|t| form.official_cells().filter(|c| c.table.id == t.id).count()).collect()
    };
    assert_eq!(counts(Edition::E2019), [22, 161, 15]);
    assert_eq!(counts(Edition::E2021), [10, 175, 15]);
}

#[test]
fn six_sections_and_five_parts_in_order() {
    for form in Form::all() {
        assert_eq!(form.sections.iter().map(|s| s.number).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6]);
        assert_eq!(form.parts.iter().map(|p| p.number).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
        for table in form.tables {
            let section = &form.sections[usize::from(table.section) - 1];
            assert_eq!(section.table.as_deref(), Some(table.id));
        }
    }
}

#[test]
fn every_identity_refers_to_cells_of_its_own_form() {
    for form in Form::all() {
        assert!(!form.identities().is_empty());
        for identity in form.identities() {
            for cell in identity.cells() {
                assert!(form.cell(cell).is_some(), "{} of {} names {cell}", identity.family, form.id);
                assert_eq!(cell.table(), identity.table);
            }
            assert!(identity.source.resolve().is_some(), "{}: source does not exist", identity.family);
        }
        let instances = |family| form.family(family).count();
        assert_eq!(instances("applications.balance"), 7);
        assert_eq!(instances("applications.results"), 7);
        let rows = form.table("applications").unwrap().blocks[0].rows.len();
        let groups = form.table("applications").unwrap().blocks[0].groups.len();
        assert_eq!(instances("applications.row"), rows + groups);
    }
}

#[test]
fn the_results_identity_covers_every_leaf_row() {
    for form in Form::all() {
        let block = &form.table("applications").unwrap().blocks[0];
        let results = form.family("applications.results").next().unwrap();
        // All rows but received, carried in, total and carried out.
        assert_eq!(results.left.len(), block.rows.len() - 4);
        assert_eq!(results.left.iter().collect::<BTreeSet<_>>().len(), results.left.len());
    }
}

#[test]
fn every_label_and_alias_is_unambiguous() {
    for form in Form::all() {
        let mut headings: BTreeMap<String, u8> = BTreeMap::new();
        for section in &form.sections {
            let words = std::iter::once(label::parts(&section.heading).words)
                .chain(section.aliases.iter().map(|a| label::parts(a).words));
            for heading in words {
                assert!(
                    headings.insert(heading.clone(), section.number).is_none(),
                    "heading {heading} twice"
                );
            }
        }
        let mut parts: BTreeMap<String, u8> = BTreeMap::new();
        for part in &form.parts {
            for heading in std::iter::once(&part.heading).chain(&part.aliases) {
                assert!(parts.insert(label::normal(heading), part.number).is_none(), "part {heading} twice");
            }
        }
        for table in form.tables {
            let mut rows: BTreeMap<String, String> = BTreeMap::new();
            for block in &table.blocks {
                for row in block.rows.iter().chain(&block.groups) {
                    let leaf = std::iter::once(row.leaf()).chain(row.aliases.iter().map(String::as_str));
                    for spelling in leaf.filter(|l| !l.is_empty()) {
                        let words = label::parts(spelling).words;
                        let before = rows.insert(words.clone(), row.id.clone());
                        assert!(before.is_none(), "row {words} twice in {}", table.id);
                    }
                }
                let paths: BTreeSet<_> = block.columns.iter().map(|c| &c.label).collect();
                assert_eq!(paths.len(), block.columns.len(), "a column path occurs twice in {}", block.id);
            }
        }
    }
}

#[test]
fn every_form_cites_a_source_and_years_do_not_overlap() {
    for form in Form::all() {
        assert!(form.source.resolve().is_some());
    }
    for year in 2019..=2030 {
        assert_eq!(Form::all().iter().filter(|f| f.covers(year)).count(), 1, "{year}");
    }
    assert!(Form::for_year(2018).is_none());
    assert_eq!(Form::for_year(2020).unwrap().edition, Edition::E2019);
    assert_eq!(Form::for_year(2021).unwrap().edition, Edition::E2021);
}

#[test]
fn no_marker_stands_in_another_form() {
    let labels = |form: &Form| -> BTreeSet<String> {
        let mut all = BTreeSet::new();
        for block in form.tables.iter().flat_map(|t| &t.blocks) {
            let columns = block.columns.iter().flat_map(|c| &c.label);
            let rows = block.rows.iter().flat_map(|r| &r.label);
            all.extend(columns.chain(rows).chain(&block.caption).map(|l| label::normal(l)));
        }
        all
    };
    for form in Form::all() {
        let own = labels(form);
        for marker in &form.markers {
            assert!(own.contains(marker), "{marker} is no label of {}", form.id);
            for other in Form::all().iter().filter(|f| f.edition != form.edition) {
                assert!(!labels(other).contains(marker), "{marker} stands in {} too", other.id);
            }
        }
    }
}

#[test]
fn the_crosswalk_accounts_for_every_cell() {
    let (old, new) = (Edition::E2019.form(), Edition::E2021.form());
    let named = |side: fn(&Mapping) -> &Vec<CellId>| -> BTreeSet<CellId> {
        new.crosswalk.iter().flat_map(side).copied().collect()
    };
    let (named_old, named_new) = (named(|m| &m.old), named(|m| &m.new));
    for cell in old.official_cells() {
        let same = new.cell(cell.id).is_some_and(|c| c.official);
        assert!(same || named_old.contains(&cell.id), "{} has neither counterpart nor entry", cell.id);
    }
    for cell in new.official_cells() {
        let same = old.cell(cell.id).is_some_and(|c| c.official);
        assert!(same || named_new.contains(&cell.id), "{} has neither counterpart nor entry", cell.id);
    }
    let equal_in = |table: &str| {
        let both = |c: &&Cell| c.table.id == table && new.cell(c.id).is_some_and(|n| n.official);
        old.official_cells().filter(both).count()
    };
    assert_eq!(equal_in("applications"), 154);
    assert_eq!(equal_in("review"), 15);
}

#[test]
fn cells_have_names_that_a_clerk_knows() {
    let name = |id: &str| Edition::E2021.form().cell(CellId::parse(id).unwrap()).unwrap().name(Language::Zh);
    assert_eq!(name("applications.granted.natural"), "表三“（一）予以公开 × 自然人”");
    assert_eq!(
        name("applications.denied.state_secret.other"),
        "表三“（三）不予公开·1.属于国家秘密 × 法人或其他组织·其他”"
    );
    assert_eq!(name("review.reconsideration.upheld"), "表四“行政复议·结果维持”");
    assert_eq!(name("review.litigation_direct.total"), "表四“行政诉讼·未经复议直接起诉·总计”");
    assert_eq!(name("disclosure.licensing.decisions"), "表二“行政许可 × 本年处理决定数量”");
}
