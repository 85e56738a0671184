//! The official forms, documents and reports as types.
//!
//! - [`document`]: what a reader returns, blocks with positions.
//! - [`form`]: the official forms ([`Edition`], [`form::Form`]), their cells and identities, read from `schemas/editions`.
//! - [`cell`]: [`CellId`], the name of an official cell.
//! - [`value`]: what stands in a cell.
//! - [`report`]: the understood report.
//! - [`claim`]: the numbers of the prose.
//! - [`prose`]: its sentences and headings, for comparisons.
//! - [`organ`], [`source`], [`wording`], [`boilerplate`]: further data under `schemas/`.
//! - [`contract`]: the JSON form of a report.
//! - [`sketch`]: a short notation for whole reports, in which rules write their examples.
//!
//! All data is embedded when the crate is built; nothing is read at run time.

pub mod boilerplate;
pub mod cell;
pub mod claim;
pub mod contract;
pub mod document;
pub mod form;
mod generated;
pub mod layout;
pub mod organ;
pub mod prose;
pub mod report;
pub mod script;
pub mod sketch;
pub mod source;
pub mod title;
pub mod value;
pub mod wording;

pub use cell::CellId;
pub use generated::Edition;

use serde::Deserialize;

/// A text in both languages of the tool.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Bilingual {
    /// The text in a language.
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Zh => &self.zh,
            Language::En => &self.en,
        }
    }
}

/// The language of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// Chinese, the default.
    #[default]
    Zh,
    /// English.
    En,
}

/// Reads an embedded data file.
///
/// # Panics
/// If the file does not fit its types: unit tests read every file, so a build that passed them cannot.
pub(crate) fn embedded<T: serde::de::DeserializeOwned>(name: &str, text: &str) -> T {
    match toml::from_str(text) {
        Ok(data) => data,
        Err(error) => panic!("embedded data {name} is not valid: {error}"),
    }
}
