//! The arrows between the crates go one way.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and reads files"
)]

mod common;

use std::collections::BTreeSet;

/// What each crate may depend on within the workspace.
const ARROWS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("schema", &["text"]),
    ("identities", &["schema", "text"]),
    ("ooxml", &[]),
    ("reader", &["ooxml", "schema", "text"]),
    ("recognize", &["schema", "text"]),
    ("lint", &["identities", "schema", "text"]),
    ("diff", &["identities", "schema", "text"]),
    ("render", &["diff", "identities", "lint", "schema", "text"]),
    ("nianbao", &["diff", "identities", "lint", "reader", "recognize", "render", "schema", "text"]),
];

fn manifest(folder: &str) -> toml::Table {
    let path = common::root().join(folder).join("Cargo.toml");
    std::fs::read_to_string(path).unwrap().parse().unwrap()
}

fn dependencies(manifest: &toml::Table) -> BTreeSet<String> {
    let table = manifest.get("dependencies").and_then(|d| d.as_table());
    table.into_iter().flat_map(|t| t.keys().cloned()).collect()
}

#[test]
fn crates_depend_only_on_what_lies_below_them() {
    let folders: BTreeSet<String> = std::fs::read_dir(common::root().join("crates"))
        .unwrap()
        .map(|e| e.unwrap())
        .filter(|e| e.path().is_dir())
        .map(|e| e.file_name().into_string().unwrap())
        .collect();
    let known: BTreeSet<String> = ARROWS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(folders, known);
    for (name, allowed) in ARROWS {
        for dependency in dependencies(&manifest(&format!("crates/{name}"))) {
            if let Some(inner) = dependency.strip_prefix("nianbao-") {
                assert!(allowed.contains(&inner), "{name} must not depend on {inner}");
            }
        }
    }
}

#[test]
fn the_front_door_builds_without_the_product() {
    assert!(dependencies(&manifest("xtask")).iter().all(|d| !d.starts_with("nianbao")));
}

/// Nothing in the tree of dependencies opens a connection.
#[test]
fn no_network_crate_is_in_the_tree() {
    let lock: toml::Table =
        std::fs::read_to_string(common::root().join("Cargo.lock")).unwrap().parse().unwrap();
    let packages = lock["package"].as_array().unwrap();
    let names: BTreeSet<&str> = packages.iter().filter_map(|p| p["name"].as_str()).collect();
    for network in [
        "hyper",
        "reqwest",
        "ureq",
        "curl",
        "tokio",
        "rustls",
        "openssl",
        "native-tls",
        "socket2",
        "mio",
        "isahc",
    ] {
        assert!(!names.contains(network), "{network} is in Cargo.lock");
    }
}

/// A pattern is compiled once in a process and never for a file, a line or a sentence: it stands in a static.
#[test]
fn no_pattern_is_compiled_twice() {
    let mut files = Vec::new();
    let mut folders = vec![common::root().join("crates")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs")
                && path.components().any(|c| c.as_os_str() == "src")
            {
                files.push(path);
            }
        }
    }
    let mut compiled = 0;
    for path in files {
        let text = std::fs::read_to_string(&path).unwrap();
        for word in ["Regex::new(", "RegexSet::new(", "RegexBuilder::new(", " pattern("] {
            for (at, _) in text.match_indices(word).filter(|_| text.contains("Regex")) {
                let before = &text[..at];
                let function = before.rfind("fn ").unwrap_or(0);
                // The one function that compiles what statics give it.
                if before.ends_with("fn")
                    || text[function..].starts_with("fn pattern(") && word != " pattern("
                {
                    continue;
                }
                let lazy = before.rfind("LazyLock::new(").unwrap_or(0);
                let line = before.matches('\n').count() + 1;
                assert!(lazy > function, "{}:{line} compiles a pattern outside a static", path.display());
                compiled += 1;
            }
        }
    }
    assert!(compiled >= 10, "only {compiled} patterns were seen: the test looks in the wrong place");
}

/// No code of ours is `unsafe`: every crate takes over the lint that forbids it, and none lifts it.
#[test]
fn nothing_is_unsafe() {
    let workspace: toml::Table =
        std::fs::read_to_string(common::root().join("Cargo.toml")).unwrap().parse().unwrap();
    assert_eq!(workspace["workspace"]["lints"]["rust"]["unsafe_code"].as_str(), Some("forbid"));
    let mut folders: Vec<String> = std::fs::read_dir(common::root().join("crates"))
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().is_dir())
        .map(|entry| format!("crates/{}", entry.file_name().to_string_lossy()))
        .collect();
    folders.extend(["xtask".to_owned(), "tests".to_owned()]);
    assert!(folders.len() > 10);
    for folder in folders {
        assert_eq!(manifest(&folder)["lints"]["workspace"].as_bool(), Some(true), "{folder}");
    }
}
