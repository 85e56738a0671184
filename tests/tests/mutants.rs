//! The fuzz targets as a test: real files of every kind with changes by chance. Nothing panics and nothing hangs; files
//! made to be large stay within the memory that is promised.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a test fails by panicking, and reads files"
)]

mod common;
#[path = "../fuzz/src/mutate.rs"]
mod mutate;
#[path = "../fuzz/src/targets.rs"]
mod targets;

use std::time::{Duration, Instant};

use mutate::{Dice, mutate};

/// What the kinds of files are made of.
const TOKENS: &[&[u8]] = &[
    b"<w:tbl>",
    b"</w:tbl>",
    b"<w:tc>",
    b"</w:tc>",
    b"<w:tr>",
    b"</w:p>",
    b"<w:gridSpan w:val='99999'/>",
    b"<w:vMerge/>",
    b"<w:del>",
    b"<w:txbxContent>",
    b"<w:fldChar w:fldCharType='begin'/>",
    b"<table:table-cell ",
    b"table:number-columns-repeated='2000000'",
    b"<text:p>",
    b"</text:p>",
    b"<c r='XFD1048576'>",
    b"<row r='9'>",
    b"<v>1e999</v>",
    b"<mergeCell ref='A1:ZZ99'/>",
    b"<td colspan=9999 rowspan=9999>",
    b"<table>",
    b"</table>",
    b"<br>",
    b"&#x41;",
    b"&",
    b"<!--",
    b"]]>",
    b"{",
    b"}",
    b"\\trowd",
    b"\\cell",
    b"\\row",
    b"\\bin99999 ",
    b"\\'b9",
    b"\\u-1?",
    b"\x07",
    b"\x13",
    b"\x15",
    b"\xff\xff",
    b"\t",
    b"\n\t",
    b"|",
    b"|---|",
    b"+---+",
    b"\n\n",
    "第二十条第（一）项".as_bytes(),
    "一、".as_bytes(),
    "（七）总计".as_bytes(),
    "自然人".as_bytes(),
    "2023年".as_bytes(),
    "202311日".as_bytes(),
    "件".as_bytes(),
    b"0",
    b"-1",
    b"99999999999999999999",
    b"\xe4\xb8",
];

/// Changed files of each target. More is the work of the fuzzer.
const ROUNDS: usize = 60;

/// A hang, not slowness: the promise of a second is for optimised code on a machine with nothing else to do.
const HANG: Duration = Duration::from_secs(20);

#[test]
fn real_files_with_changes_by_chance() {
    let fixtures = common::root().join("tests/fixtures");
    let mut dice = Dice::new(20);
    for (target, ..) in targets::TARGETS {
        let seeds = targets::seeds(&fixtures, target);
        assert!(!seeds.is_empty(), "{target}: no files to start from");
        let mut read = 0;
        for round in 0..ROUNDS.min(ROUNDS * seeds.len()) {
            let mut bytes = seeds[round % seeds.len()].clone();
            mutate(&mut bytes, TOKENS, &mut dice);
            let start = Instant::now();
            read += usize::from(targets::exercise(target, &bytes));
            let took = start.elapsed();
            assert!(took < HANG, "{target}, round {round}: {took:?}");
        }
        // Bytes put into an archive, a container of sectors or data mostly break it.
        let enough =
            if matches!(*target, "package" | "pdf" | "doc" | "xls" | "json") { 1 } else { ROUNDS / 3 };
        assert!(seeds.is_empty() || read >= enough, "{target}: only {read} of {ROUNDS} could still be read");
    }
}

/// Files near 20 MB that make a reader keep as much as possible; what each is made of.
fn large() -> Vec<(&'static str, Vec<u8>)> {
    const SIZE: usize = 20_000_000;
    let filled = |head: &str, unit: &str| {
        let mut bytes = head.as_bytes().to_vec();
        while bytes.len() + unit.len() <= SIZE {
            bytes.extend_from_slice(unit.as_bytes());
        }
        bytes
    };
    let word = "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body>";
    vec![
        ("cells of a page", filled("<html><table>", "<tr><td>1<td>2<td>3")),
        ("tables in cells of a page", filled("<html>", "<table><tr><td>1")),
        ("paragraphs of a page", filled("<html>", "<p>甲<b>1</b>乙")),
        ("rows of pipes", filled("", "| 规章 | 1 | 2 | 3 |\n")),
        ("cells a line", filled("", "\t规章\n\t1\n\t2\n\t3\n\n")),
        ("lines with labels", filled("一、总体情况\n二、主动公开政府信息情况\n", "规章\n1\n2\n3\n")),
        ("one line", filled("", "1日至1231日，全年新收申请12件")),
        ("rows of RTF", filled("{\\rtf1 ", "\\trowd\\cellx1\\cellx2 1\\cell 2\\cell\\row ")),
        ("groups of RTF", filled("{\\rtf1 ", "{\\b 1")),
        ("paragraphs of Word", targets::file("docx", &filled(word, "<w:p><w:r><w:t>1</w:t></w:r></w:p>"))),
        (
            "cells of Word",
            targets::file("docx", &filled(&format!("{word}<w:tbl>"), "<w:tr><w:tc><w:p/></w:tc></w:tr>")),
        ),
        (
            "a list of data",
            filled(
                "[{\"path\":\"a\",\"report\":{\"schema_version\":1,\"edition\":\"2021\",\"sections\":[{}",
                ",{}",
            ),
        ),
        (
            "cells of a workbook",
            targets::file(
                "xlsx",
                &filled("<worksheet><sheetData>", "<row><c><v>1</v></c><c><v>2</v></c></row>"),
            ),
        ),
    ]
}

/// At most 300 MB for what the reader keeps; the rest is the program, its stacks, and the file and its copy.
#[cfg(target_os = "linux")]
#[test]
#[ignore = "takes minutes without optimisation: cargo test --release -p nianbao-tests --test mutants -- --ignored"]
fn large_files_stay_within_the_memory_promised() {
    const KILOBYTES: usize = 300_000;
    let scratch = common::Scratch::new();
    for (what, bytes) in large() {
        let path = scratch.file("large", &bytes);
        let start = Instant::now();
        let done = std::process::Command::new("sh")
            .args(["-c", &format!("ulimit -v {KILOBYTES} && exec \"$0\" \"$@\"")])
            .args([
                env!("CARGO_BIN_EXE_nianbao-under-test"),
                "lint",
                "--jobs",
                "1",
                "--format",
                "concise",
                &path,
            ])
            .env("MALLOC_ARENA_MAX", "1")
            .output()
            .unwrap();
        let error = String::from_utf8_lossy(&done.stderr);
        assert!(
            matches!(done.status.code(), Some(0..=2)) && !error.contains("internal"),
            "{what}: {} {error}",
            done.status
        );
        println!("{what}: {} bytes, {:?}, status {}", bytes.len(), start.elapsed(), done.status);
    }
}
