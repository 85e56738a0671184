//! Phrases that the rules on wording know, from `schemas/wording.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

/// All of `schemas/wording.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    /// Particles confused with one another.
    #[serde(rename = "particle")]
    pub particles: Vec<Particle>,
    /// Vague quantities.
    pub vague: Vague,
}

/// A particle that is wrong before a verb.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Particle {
    /// What is written.
    pub wrong: String,
    /// What should be.
    pub right: String,
    /// Words that must follow.
    pub after: Vec<String>,
    /// Words that, standing before, make a noun phrase of it, which is right.
    pub not_before: Vec<String>,
}

/// Words of vague quantities: hedge, then magnitude, then unit.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vague {
    /// `近`, `上`, `数` …
    pub hedges: Vec<String>,
    /// `百`, `千`, `万` …
    pub magnitudes: Vec<String>,
    /// `条`, `次` …
    pub units: Vec<String>,
}

static WORDING: LazyLock<Wording> = LazyLock::new(|| crate::embedded("wording", crate::generated::WORDING));

impl Wording {
    /// The data.
    pub fn get() -> &'static Self {
        &WORDING
    }
}
