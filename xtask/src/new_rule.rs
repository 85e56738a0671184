//! `cargo xtask new-rule CODE NAME`: a rule file to start from, with examples that fail until the check is written.

use std::fs;

use crate::process::root;
use crate::{capitalised, codegen};

/// Subjects: letter of the code, and the folder where no rule of that letter shows another.
const SUBJECTS: [(char, &str); 11] = [
    ('S', "structure"),
    ('T', "table"),
    ('N', "identities"),
    ('X', "text"),
    ('Y', "years"),
    ('L', "legal"),
    ('D', "organ"),
    ('W', "wording"),
    ('P', "privacy"),
    ('R', "rollup"),
    ('M', "meta"),
];

/// Writes the file and puts it on the list of rules.
pub(crate) fn run(code: &str, name: &str) -> Result<(), String> {
    let rules = codegen::declared_rules()?;
    let letter = checked(code, name, &rules)?;
    let default = SUBJECTS.iter().find(|(l, _)| *l == letter).map_or("", |(_, folder)| folder);
    let folder = folder_of(letter, &rules).unwrap_or(default);
    let path = format!("crates/lint/src/rules/{folder}/{}.rs", name.replace('-', "_"));
    let full = root().join(&path);
    if full.exists() {
        return Err(format!("{path} is there already"));
    }
    if let Some(parent) = full.parent() {
        fs::create_dir_all(parent).map_err(|e| format!("{path}: {e}"))?;
    }
    fs::write(&full, template(code, name)).map_err(|e| format!("{path}: {e}"))?;
    codegen::write_rules()?;
    eprintln!(
        "wrote {path}\nnow write its examples and its check until `cargo xtask test rules` passes, then `cargo xtask codegen`"
    );
    Ok(())
}

/// The letter of a code that is well formed and free.
fn checked(code: &str, name: &str, rules: &[codegen::Declared]) -> Result<char, String> {
    let letter = code.chars().next().filter(|c| SUBJECTS.iter().any(|(l, _)| l == c));
    let digits = code.get(1..).is_some_and(|d| d.len() == 3 && d.bytes().all(|b| b.is_ascii_digit()));
    let (Some(letter), true) = (letter, digits) else {
        let letters: String = SUBJECTS.iter().map(|(l, _)| *l).collect();
        return Err(format!("{code:?} is no code: one of the letters {letters} and three digits"));
    };
    let word = |w: &str| !w.is_empty() && w.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    if !name.split('-').all(word) || !name.starts_with(|c: char| c.is_ascii_lowercase()) {
        return Err(format!("{name:?} is no name: words in lower case with hyphens, that name the fault"));
    }
    if let Some(taken) = rules.iter().find(|r| r.code == code || r.name == name) {
        let used: Vec<&str> =
            rules.iter().filter(|r| r.code.starts_with(letter)).map(|r| r.code.as_str()).collect();
        return Err(format!(
            "{} {} is there already; codes of {letter} in use: {}",
            taken.code,
            taken.name,
            used.join(" ")
        ));
    }
    Ok(letter)
}

/// The folder in which most rules of a letter stand.
fn folder_of(letter: char, rules: &[codegen::Declared]) -> Option<&str> {
    let of_letter = || rules.iter().filter(|r| r.code.starts_with(letter)).map(|r| r.folder.as_str());
    of_letter().max_by_key(|folder| of_letter().filter(|f| f == folder).count())
}

fn template(code: &str, name: &str) -> String {
    let camel: String = name.split('-').map(capitalised).collect();
    // Subjects that rest on a document need a clause; `sections` and `form` are there to be replaced.
    let sources = match code.chars().next() {
        Some('S') => r#"("gbgkbh-2021-30", "sections"), ("gbgkbh-2019-60", "sections")"#,
        Some('T' | 'N' | 'L') => r#"("gbgkbh-2021-30", "form"), ("gbgkbh-2019-60", "form")"#,
        _ => "",
    };
    format!(
        r#"use crate::prelude::*;

declare_rule! {{
    /// 待写：一句话说明哪里错。
    ///
    /// ## 为什么
    /// 待写：为什么是错的，依据哪一条。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 五、存在的主要问题及改进情况
    /// 待写：换成真正会出现的错误。
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// 五、存在的主要问题及改进情况
    /// 待写：换成容易被误判、其实正确的写法。
    /// ```
    ///
    /// ## 怎么改
    /// 待写：告诉填报人写成什么。
    ///
    /// ## English
    /// To be written: what is wrong, in one or two sentences.
    {camel} {{
        code: "{code}",
        name: "{name}",
        title: "待写",
        title_en: "To be written",
        severity: Warning,
        class: Inaccurate,
        sources: [{sources}],
        since: "{since}",
    }}
}}

impl Check for {camel} {{
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {{
        for (line, text) in cx.report.prose().filter(|(_, l)| l.section == 5) {{
            // To be written: the condition. Until then nothing is found, so the bad example fails.
            let Some(at) = text.text.value.find("\0") else {{ continue }};
            let finding = out
                .start(cx, say!("待写：错在哪里，连同数字", "to be written: what is wrong, with the numbers"))
                .help(say!("待写：应写成什么", "to be written: what to write"))
                .quote(cx.report, line, at..at + 1);
            out.push(finding);
        }}
        Ok(())
    }}
}}
"#,
        since = env!("CARGO_PKG_VERSION"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules() -> Vec<codegen::Declared> {
        let rule = |code: &str, name: &str, folder: &str| codegen::Declared {
            code: code.to_owned(),
            name: name.to_owned(),
            folder: folder.to_owned(),
            file: name.replace('-', "_"),
        };
        vec![
            rule("D001", "foreign-organ", "organ"),
            rule("D002", "name-differs", "organ"),
            rule("D020", "published-late", "publication"),
        ]
    }

    #[test]
    fn a_free_code_and_a_new_name_are_taken() {
        assert_eq!(checked("D003", "year-differs", &rules()), Ok('D'));
        for (code, name) in [
            ("D001", "year-differs"),
            ("D003", "name-differs"),
            ("Z001", "year-differs"),
            ("D3", "year-differs"),
            ("D0003", "year-differs"),
            ("D003", "Year-differs"),
            ("D003", "year--differs"),
            ("D003", "1year"),
        ] {
            assert!(checked(code, name, &rules()).is_err(), "{code} {name}");
        }
    }

    #[test]
    fn a_rule_stands_with_the_others_of_its_letter() {
        assert_eq!(folder_of('D', &rules()), Some("organ"));
        assert_eq!(folder_of('P', &rules()), None);
    }

    #[test]
    fn the_template_declares_what_was_asked_for() {
        let text = template("S099", "some-fault");
        for part in ["code: \"S099\"", "name: \"some-fault\"", "SomeFault {", "report,bad", "report,good"] {
            assert!(text.contains(part), "{part}");
        }
    }
}
