//! What a comparison costs: `cargo xtask bench diff`.
//!
//! A pair of typical reports from bytes to changes and to each output, one thread; then a thousand pairs on one thread and
//! on all cores. Shown is the median.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench reads files, measures time and prints it"
)]

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use nianbao_diff::{Comparison, Options, compare};
use nianbao_recognize::{Hints, recognize};
use nianbao_render::changes::terminal::{View, page};
use nianbao_render::changes::{Page, html};
use nianbao_schema::Language;
use nianbao_schema::report::Report;
use rayon::prelude::*;

fn read(bytes: &[u8]) -> Report {
    recognize(&nianbao_reader::read(bytes).unwrap(), &Hints::default())
}

fn median(times: usize, mut run: impl FnMut()) -> Duration {
    let mut all: Vec<Duration> = (0..times)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .collect();
    all.sort_unstable();
    all[times / 2]
}

fn shown<'c, 'r>(comparison: &'c Comparison<'r>) -> Page<'c, 'r> {
    Page { comparison, old_path: "old", new_path: "new", all: false, language: Language::Zh }
}

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/years");
    let file = |name: &str| std::fs::read(folder.join(name)).unwrap();
    for (old, new) in [("2022.docx", "2023.docx"), ("2020.docx", "2021.html"), ("2022-tika.txt", "2023.docx")]
    {
        let (a, b) = (file(old), file(new));
        let both = median(200, || {
            let (a, b) = (read(&a), read(&b));
            black_box(compare(&a, &b, Options::default()).is_same());
        });
        println!("{old} and {new}, read and compared: {both:?}");
    }
    let (a, b) = (read(&file("2022.docx")), read(&file("2023.docx")));
    println!(
        "compared alone: {:?}",
        median(500, || {
            black_box(compare(&a, &b, Options::default()).is_same());
        })
    );
    let comparison = compare(&a, &b, Options::default());
    println!(
        "as text: {:?}",
        median(200, || {
            black_box(page(&shown(&comparison), View::Side, 100));
        })
    );
    println!(
        "as a page: {:?}",
        median(200, || {
            black_box(html::page(&shown(&comparison)));
        })
    );
    let pair = (file("2022.docx"), file("2023.docx"));
    let mut threads = vec![1, std::thread::available_parallelism().map_or(1, std::num::NonZero::get)];
    threads.dedup();
    for threads in threads {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let time = median(3, || {
            pool.install(|| {
                (0..1000).into_par_iter().for_each(|_| {
                    let (a, b) = (read(&pair.0), read(&pair.1));
                    black_box(compare(&a, &b, Options::default()).is_same());
                });
            });
        });
        println!("1000 pairs on {threads} thread(s): {time:?}");
    }
}
