//! `nianbao schema`.

use nianbao_render::{changes, json, registry, trend};
use nianbao_schema::Language;
use nianbao_schema::contract::{DocumentFile, ExtractedFile};
use schemars::{Schema, schema_for};

use super::lint::pretty;
use crate::args::SchemaArgs;
use crate::config::show::Shown;
use crate::config::{ConfigFile, baseline};
use crate::terminal::Terminal;
use crate::{Status, Stop};

/// Every JSON that the tool writes: name, what it describes, schema.
type Entry = (&'static str, &'static str, &'static str, fn() -> Schema);

const SCHEMAS: &[Entry] = &[
    ("extract", "extract --format json", "extract --format json", || schema_for!(Vec<ExtractedFile>)),
    ("extract-file", "extract --format jsonl 的每一行", "each line of extract --format jsonl", || {
        schema_for!(ExtractedFile)
    }),
    ("document", "extract --document --format json", "extract --document --format json", || {
        schema_for!(Vec<DocumentFile>)
    }),
    (
        "document-file",
        "extract --document --format jsonl 的每一行",
        "each line of extract --document --format jsonl",
        || schema_for!(DocumentFile),
    ),
    ("diff", "diff --format json", "diff --format json", || schema_for!(changes::json::Output)),
    ("trend", "trend --format json", "trend --format json", || schema_for!(trend::json::Output)),
    ("lint", "lint --format json", "lint --format json", || schema_for!(json::Output)),
    ("lint-file", "lint --format jsonl 的每一行", "each line of lint --format jsonl", || {
        schema_for!(json::File)
    }),
    ("config", "配置文件 nianbao.toml", "the configuration nianbao.toml", || schema_for!(ConfigFile)),
    ("baseline", "基线文件 nianbao-baseline.json", "the baseline nianbao-baseline.json", || {
        schema_for!(baseline::File)
    }),
    ("show-config", "show-config --json", "show-config --json", || schema_for!(Vec<Shown>)),
    ("rules", "rules --format json", "rules --format json", || schema_for!(Vec<registry::Rule>)),
];

pub(crate) fn run(args: &SchemaArgs, terminal: &Terminal) -> Result<Status, Stop> {
    let zh = terminal.language() == Language::Zh;
    let Some(name) = &args.name else {
        let lines = SCHEMAS
            .iter()
            .map(|(name, what, what_en, _)| format!("{name:14}{}\n", if zh { what } else { what_en }));
        terminal.print_plain(&lines.collect::<String>())?;
        return Ok(Status::Clean);
    };
    let Some((.., schema)) = SCHEMAS.iter().find(|(known, ..)| known == name) else {
        let known =
            SCHEMAS.iter().map(|(known, ..)| *known).collect::<Vec<_>>().join(if zh { "、" } else { ", " });
        return Err(Stop::Message(if zh {
            format!("没有名为“{name}”的 Schema；可以是：{known}")
        } else {
            format!("no schema \"{name}\"; known: {known}")
        }));
    };
    terminal.print_plain(&pretty(&schema())?)?;
    Ok(Status::Clean)
}
