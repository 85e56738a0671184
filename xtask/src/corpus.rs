//! How exactly the cells of reports are read: reports with random numbers, written by independent writers, read again,
//! counted by kind of file.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::codegen::replaced;
use crate::process::{nianbao_any, program, root};

/// Where the table stands.
const README: &str = "crates/recognize/README.md";

/// What to generate.
pub(crate) struct Request {
    /// Reports of each kind.
    pub(crate) reports: usize,
    /// Seed of the random numbers.
    pub(crate) seed: u64,
    /// Where to keep the files; a folder that goes away otherwise.
    pub(crate) keep: Option<PathBuf>,
    /// Read what is in the kept folder and write nothing there.
    pub(crate) again: bool,
    /// Write the table into the README.
    pub(crate) write: bool,
}

/// The cells of one report as they were written: kind and number.
struct Model {
    organ: String,
    year: u64,
    edition: String,
    cells: BTreeMap<String, (String, String)>,
}

/// What came of the cells of one kind of file.
#[derive(Default)]
struct Count {
    reports: usize,
    /// Reports with the right organ, year and edition.
    known: usize,
    cells: usize,
    exact: usize,
    /// Reported as not read, or as words that are no number.
    unread: usize,
    wrong: Vec<String>,
}

/// Generates, reads, prints and perhaps writes the table. Fails if a cell was read wrong.
pub(crate) fn run(request: &Request) -> Result<(), String> {
    let folder = match &request.keep {
        Some(folder) => folder.clone(),
        None => std::env::temp_dir().join(format!("nianbao-corpus-{}", std::process::id())),
    };
    if !request.again {
        if folder.exists()
            && request.keep.is_some()
            && fs::read_dir(&folder).is_ok_and(|mut d| d.next().is_some())
        {
            return Err(format!("{}: not empty; --again reads what is there", folder.display()));
        }
        fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        let (reports, seed) = (request.reports.to_string(), request.seed.to_string());
        let script = root().join("xtask/corpus.py");
        program("python3", &[script.as_os_str(), folder.as_os_str(), reports.as_ref(), seed.as_ref()])?;
    }
    json(&folder)?;
    let done = count(&folder);
    if request.keep.is_none() {
        // Files in the temporary folder of the system; what cannot be removed does no harm.
        let _ = fs::remove_dir_all(&folder);
    }
    let (counts, missing) = done?;
    let table = table(&counts, request);
    print(&table);
    for line in missing.lines() {
        eprintln!("not installed, left out: {line}");
    }
    if request.write {
        let path = root().join(README);
        let old = fs::read_to_string(&path).map_err(|e| format!("{README}: {e}"))?;
        fs::write(&path, replaced(README, &old, "corpus", &table)?).map_err(|e| format!("{README}: {e}"))?;
    }
    let wrong: Vec<&String> = counts.values().flat_map(|c| &c.wrong).collect();
    for line in wrong.iter().take(40) {
        eprintln!("wrong: {line}");
    }
    if wrong.is_empty() { Ok(()) } else { Err(format!("{} cells were read wrong", wrong.len())) }
}

#[expect(clippy::print_stdout, reason = "the table is what was asked for")]
fn print(table: &str) {
    print!("{table}");
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .map_err(|e| format!("{}: {e}", folder.display()))?
        .filter_map(|entry| entry.ok().map(|e| e.path()))
        .collect();
    files.sort();
    Ok(files)
}

/// Our own JSON, from the files that need the least recognition; written anew each time, as it is ours.
fn json(folder: &Path) -> Result<(), String> {
    let target = folder.join("json by nianbao");
    fs::create_dir_all(&target).map_err(|e| e.to_string())?;
    for file in files(&folder.join("docx by python-docx"))? {
        let output =
            nianbao_any(&["extract".as_ref(), "--format".as_ref(), "json".as_ref(), file.as_os_str()])?;
        let name = file.with_extension("json");
        let name = name.file_name().ok_or("a file without a name")?;
        fs::write(target.join(name), output).map_err(|e| e.to_string())?;
    }
    Ok(())
}

fn models(folder: &Path) -> Result<BTreeMap<String, Model>, String> {
    let path = folder.join("model.json");
    let text = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let all: Value = serde_json::from_str(&text).map_err(|e| e.to_string())?;
    let words = |v: &Value| v.as_str().unwrap_or_default().to_owned();
    let mut models = BTreeMap::new();
    for (name, report) in all.as_object().into_iter().flatten() {
        let cells = report["cells"].as_object().into_iter().flatten();
        let model = Model {
            organ: words(&report["organ"]),
            year: report["year"].as_u64().unwrap_or_default(),
            edition: words(&report["edition"]),
            cells: cells
                .map(|(id, cell)| (id.clone(), (words(&cell[0]), decimal(&words(&cell[1])))))
                .collect(),
        };
        models.insert(name.clone(), model);
    }
    Ok(models)
}

/// A number without what does not change its value.
fn decimal(number: &str) -> String {
    match number.split_once('.') {
        Some(_) => number.trim_end_matches('0').trim_end_matches('.').to_owned(),
        None => number.to_owned(),
    }
}

fn count(folder: &Path) -> Result<(BTreeMap<String, Count>, String), String> {
    let models = models(folder)?;
    let mut counts = BTreeMap::new();
    for kind in files(folder)?.into_iter().filter(|p| p.is_dir()) {
        let name = kind.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let files = files(&kind)?;
        let mut arguments = vec!["extract".as_ref(), "--format".as_ref(), "csv".as_ref()];
        arguments.extend(files.iter().map(|f| f.as_os_str()));
        let rows = csv(&nianbao_any(&arguments)?);
        let mut count = Count::default();
        for file in &files {
            let stem = file.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
            let model = models.get(&stem).ok_or_else(|| format!("{}: no model", file.display()))?;
            let path = file.to_string_lossy();
            let read = rows.iter().filter(|r| r.first().is_some_and(|p| *p == path));
            count.add(&format!("{name}/{stem}"), model, read);
        }
        counts.insert(name, count);
    }
    Ok((counts, fs::read_to_string(folder.join("missing.txt")).unwrap_or_default()))
}

impl Count {
    /// Compares one report with the rows of `extract --format csv`: path, organ, year, edition, cell, table, row, column,
    /// value, text, kind, location.
    fn add<'a>(&mut self, name: &str, model: &Model, rows: impl Iterator<Item = &'a Vec<String>>) {
        self.reports += 1;
        self.cells += model.cells.len();
        let rows: BTreeMap<&str, &Vec<String>> = rows.map(|r| (r[4].as_str(), r)).collect();
        if let Some(row) = rows.values().next() {
            let same = row[1] == model.organ && row[2] == model.year.to_string() && row[3] == model.edition;
            self.known += usize::from(same);
        }
        for (id, (kind, number)) in &model.cells {
            match rows.get(id.as_str()) {
                Some(row) if row[10] == *kind && decimal(&row[8]) == *number => self.exact += 1,
                Some(row) if !matches!(row[10].as_str(), "unread" | "text") => self
                    .wrong
                    .push(format!("{name} {id}: {kind} {number:?} was read as {} {:?}", row[10], row[9])),
                _ => self.unread += 1,
            }
        }
        // Cells of another edition that hold something were not there to be read.
        let extra = rows.iter().filter(|(id, row)| row[10] != "unread" && !model.cells.contains_key(**id));
        self.wrong.extend(extra.map(|(id, row)| format!("{name} {id}: not there, was read as {:?}", row[9])));
    }
}

/// The rows of comma-separated values.
fn csv(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut field, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut chars = text.trim_start_matches('\u{feff}').chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => field.extend(chars.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut field)),
            '\r' if !quoted => {}
            '\n' if !quoted => {
                row.push(std::mem::take(&mut field));
                rows.push(std::mem::take(&mut row));
            }
            c => field.push(c),
        }
    }
    rows
}

fn table(counts: &BTreeMap<String, Count>, request: &Request) -> String {
    let (reports, seed) = (request.reports, request.seed);
    let mut out = format!(
        "`cargo xtask corpus --reports {reports} --seed {seed}`\n\n\
         | file | reports | organ, year, form right | cells | exact | reported unread | wrong |\n\
         |---|---:|---:|---:|---:|---:|---:|\n"
    );
    for (name, c) in counts {
        let share = if c.cells == 0 { 0.0 } else { 100.0 * c.exact as f64 / c.cells as f64 };
        // 100 % only where it is true.
        let share =
            if c.exact == c.cells { "100 %".to_owned() } else { format!("{:.2} %", share.min(99.99)) };
        let _ = writeln!(
            out,
            "| {name} | {} | {} | {} | {} ({share}) | {} | {} |",
            c.reports,
            c.known,
            c.cells,
            c.exact,
            c.unread,
            c.wrong.len()
        );
    }
    out
}
