//! What may stand in a configuration file.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use nianbao_lint::memory::{Day, Until};
use nianbao_schema::organ::{Level, OrganKind, Scope};
use rust_decimal::Decimal;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// `nianbao.toml`.
#[derive(Debug, Clone, Default, serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[schemars(title = "config")]
pub(crate) struct ConfigFile {
    /// The organ whose reports lie beside this file; several, each with `files`, for a folder of many organs.
    pub(crate) organ: OneOrMany<OrganEntry>,
    /// Rules on or off, and the severity of what they find, by code, name, beginning of codes, or `all`.
    pub(crate) rules: BTreeMap<String, RuleLevel>,
    /// How `lint` runs.
    pub(crate) lint: LintSection,
    /// Findings to be silent about, each with a reason.
    pub(crate) ignore: Vec<IgnoreEntry>,
    /// Numbers that surprise and are right, each with a reason.
    pub(crate) explanation: Vec<ExplanationEntry>,
}

/// An organ.
#[derive(Debug, Clone, Default, serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct OrganEntry {
    /// Its reports: wildcards, relative to the folder of this file. Without any: all.
    pub(crate) files: OneOrMany<String>,
    /// Its full name; taken for the name where the title states none.
    pub(crate) name: Option<String>,
    /// Other names of it that the text may use.
    pub(crate) aliases: Vec<String>,
    /// Its kind.
    pub(crate) kind: Option<Named<OrganKind>>,
    /// What it is besides its kind: a zone that also governs a town.
    pub(crate) also: Vec<Named<OrganKind>>,
    /// Its level.
    pub(crate) level: Option<Named<Level>>,
    /// Whose figures its reports count: `own`, or `rollup` with all organs below it.
    pub(crate) scope: Option<Named<Scope>>,
    /// Day of publication of the report: `2024-01-20`.
    pub(crate) published: Option<Date>,
    /// Local deadline of publication, month and day of the year after the report year: `01-20`.
    pub(crate) deadline: Option<MonthDay>,
}

/// How `lint` runs.
#[derive(Debug, Clone, Default, serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct LintSection {
    /// Level from which on the exit status is 1.
    pub(crate) fail_on: Option<Threshold>,
    /// The baseline, relative to the folder of this file.
    pub(crate) baseline: Option<String>,
    /// Files that are no reports: wildcards, relative to the folder of this file.
    pub(crate) exclude: OneOrMany<String>,
    /// Run only these rules.
    pub(crate) select: Vec<String>,
}

/// Silence about some findings.
#[derive(Debug, Clone, serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct IgnoreEntry {
    /// The rules.
    pub(crate) rules: Vec<String>,
    /// Only in these files: wildcards, relative to the folder of this file.
    #[serde(default)]
    pub(crate) files: OneOrMany<String>,
    /// Only about this cell, row or table: `applications.denied.security.total`, `applications.denied`, `review`.
    pub(crate) cell: Option<String>,
    /// Only in this section, 1 to 6.
    #[schemars(range(min = 0, max = 6))]
    pub(crate) section: Option<u8>,
    /// Only where a sentence with these words is quoted.
    pub(crate) sentence: Option<String>,
    /// Why.
    #[schemars(length(min = 1))]
    pub(crate) reason: String,
    /// Up to and including this report year (`2026`) or day (`2026-03-31`).
    pub(crate) until: Option<UntilEntry>,
}

/// A number that surprises and is right.
#[derive(Debug, Clone, serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct ExplanationEntry {
    /// The cell.
    pub(crate) cell: String,
    /// The number.
    pub(crate) value: Number,
    /// The report year; without one, any.
    #[schemars(range(min = 2008, max = 2100))]
    pub(crate) year: Option<u16>,
    /// Only in these files: wildcards, relative to the folder of this file.
    #[serde(default)]
    pub(crate) files: OneOrMany<String>,
    /// The rules whose findings it closes. Without any: all but those of error severity.
    #[serde(default)]
    pub(crate) rules: Vec<String>,
    /// Why the number is right.
    #[schemars(length(min = 1))]
    pub(crate) reason: String,
}

/// What a rule is set to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RuleLevel {
    /// Does not run.
    Off,
    /// Runs, each finding at its own severity.
    On,
    /// Runs, findings are hints.
    Info,
    /// Runs, findings are warnings.
    Warning,
    /// Runs, findings are errors.
    Error,
}

impl RuleLevel {
    /// The word in the file.
    pub(crate) fn id(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::On => "on",
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A level of severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Threshold {
    /// Error.
    Error,
    /// Warning.
    Warning,
    /// Info.
    Info,
}

/// One value, or a list of them.
#[derive(Debug, Clone)]
pub(crate) struct OneOrMany<T>(pub(crate) Vec<T>);

impl<T> Default for OneOrMany<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OneOrMany<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Either<T> {
            type Value = Vec<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("one value or a list")
            }
            fn visit_str<E: Error>(self, one: &str) -> Result<Vec<T>, E> {
                Ok(vec![T::deserialize(serde::de::value::StrDeserializer::new(one))?])
            }
            fn visit_map<A: MapAccess<'de>>(self, one: A) -> Result<Vec<T>, A::Error> {
                Ok(vec![T::deserialize(MapAccessDeserializer::new(one))?])
            }
            fn visit_seq<A: SeqAccess<'de>>(self, many: A) -> Result<Vec<T>, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(many))
            }
        }
        deserializer.deserialize_any(Either(PhantomData)).map(Self)
    }
}

impl<T: JsonSchema> JsonSchema for OneOrMany<T> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("OneOrMany{}", T::schema_name()).into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let one = generator.subschema_for::<T>();
        json_schema!({ "anyOf": [one, { "type": "array", "items": one }] })
    }
}

/// Something that the form's data names, by its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Named<T>(pub(crate) T);

/// What has ids.
pub(crate) trait Ids: Copy + 'static {
    /// All of them.
    const ALL: &'static [Self];
    /// The id.
    fn id(self) -> &'static str;
}

macro_rules! ids {
    ($($kind:ty),*) => {$(
        impl Ids for $kind {
            const ALL: &'static [Self] = <$kind>::ALL;
            fn id(self) -> &'static str {
                <$kind>::id(self)
            }
        }
    )*};
}
ids!(OrganKind, Level, Scope);

impl<'de, T: Ids> Deserialize<'de> for Named<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let id = String::deserialize(deserializer)?;
        let found = T::ALL.iter().copied().find(|t| t.id() == id);
        // The words of serde for an unknown variant, which wants a static list.
        found.map(Self).ok_or_else(|| {
            let known: Vec<String> = T::ALL.iter().map(|t| format!("`{}`", t.id())).collect();
            D::Error::custom(format!("unknown variant `{id}`, expected one of {}", known.join(", ")))
        })
    }
}

impl<T: Ids> JsonSchema for Named<T> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Named".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let ids: Vec<&str> = T::ALL.iter().map(|t| t.id()).collect();
        json_schema!({ "enum": ids })
    }
}

/// A day, as a date of TOML or a string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Date(pub(crate) Day);

impl Date {
    /// The day that `2024-01-20` names, if the calendar has it.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let year = parts.next().filter(|y| y.len() == 4)?.parse().ok()?;
        let (month, day) = (two_digits(parts.next()?)?, two_digits(parts.next()?)?);
        let valid = parts.next().is_none() && (1..=days_in(year, month)).contains(&day);
        valid.then_some(Self(Day { year, month, day }))
    }
}

fn two_digits(text: &str) -> Option<u8> {
    (text.len() == 2).then(|| text.parse().ok()).flatten()
}

fn days_in(year: u16, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if (year.is_multiple_of(4) && !year.is_multiple_of(100)) || year.is_multiple_of(400) => 29,
        2 => 28,
        _ => 0,
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = match toml::Value::deserialize(deserializer)? {
            toml::Value::String(text) => text,
            toml::Value::Datetime(date) => date.to_string(),
            other => other.to_string(),
        };
        Self::parse(&text).ok_or_else(|| {
            D::Error::custom(format!(
                "“{text}”不是日期，应写作 2024-01-20 ‖ \"{text}\" is no day; write 2024-01-20"
            ))
        })
    }
}

impl JsonSchema for Date {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Date".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date" })
    }
}

/// A day of any year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct MonthDay {
    /// Month, from 1.
    pub(crate) month: u8,
    /// Day, from 1.
    pub(crate) day: u8,
}

impl<'de> Deserialize<'de> for MonthDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        // 2021 has no 29 February; a deadline there would be none in most years.
        match Date::parse(&format!("2021-{text}")) {
            Some(Date(Day { month, day, .. })) => Ok(Self { month, day }),
            None => Err(D::Error::custom(format!(
                "“{text}”不是月日，应写作 01-20 ‖ \"{text}\" is no month and day; write 01-20"
            ))),
        }
    }
}

impl JsonSchema for MonthDay {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "MonthDay".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^[0-9]{2}-[0-9]{2}$" })
    }
}

/// A report year or a day.
#[derive(Debug, Clone, Copy)]
pub(crate) struct UntilEntry(pub(crate) Until);

impl<'de> Deserialize<'de> for UntilEntry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = toml::Value::deserialize(deserializer)?;
        let until = match &value {
            toml::Value::Integer(year) => {
                u16::try_from(*year).ok().filter(|y| (2008..=2100).contains(y)).map(Until::Year)
            }
            toml::Value::Datetime(date) => Date::parse(&date.to_string()).map(|d| Until::Day(d.0)),
            toml::Value::String(text) => Date::parse(text).map(|d| Until::Day(d.0)),
            _ => None,
        };
        until.map(Self).ok_or_else(|| {
            D::Error::custom(format!(
                "{value} 不是年份或日期，应写作 2026 或 2026-03-31 ‖ {value} is no year or day; write 2026 or 2026-03-31"
            ))
        })
    }
}

impl JsonSchema for UntilEntry {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Until".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "anyOf": [
            { "type": "integer", "minimum": 2008, "maximum": 2100 },
            { "type": "string", "format": "date" },
        ] })
    }
}

/// An exact number; amounts may be written as strings.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Number(pub(crate) Decimal);

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = toml::Value::deserialize(deserializer)?;
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        text.parse()
            .map(Self)
            .map_err(|_| D::Error::custom(format!("“{text}”不是数 ‖ \"{text}\" is no number")))
    }
}

impl JsonSchema for Number {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Number".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["number", "string"] })
    }
}
