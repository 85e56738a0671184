//! `nianbao init`: a first configuration file, every key with a word on what it is for.

use nianbao_schema::Language;

/// The text of a new file.
pub(crate) fn template(language: Language) -> &'static str {
    match language {
        Language::Zh => include_str!("init.zh.toml"),
        Language::En => include_str!("init.en.toml"),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    /// The file with the comment marks before its examples taken away.
    fn with_examples(text: &str) -> String {
        text.lines().map(|l| l.strip_prefix("#! ").unwrap_or(l)).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn the_template_and_all_its_examples_are_valid() {
        for language in [Language::Zh, Language::En] {
            let text = template(language);
            for text in [text.to_owned(), with_examples(text)] {
                if let Err(say) = super::super::parse(&text, "nianbao.toml", Path::new(".")) {
                    panic!("{}\n{text}", say.zh);
                }
            }
            assert!(with_examples(text).contains("\nreason = "), "the examples are there");
        }
    }
}
