//! The fuzz targets: `cargo xtask fuzz TARGET --seconds 60`.

mod targets;

/// Reads, understands and checks an input; must not panic, hang or take much memory.
pub fn exercise(target: &str, data: &[u8]) {
    targets::exercise(target, data);
}

/// Writes the seeds of a target into a folder.
pub fn write_seeds(target: &str, folder: &std::path::Path) -> std::io::Result<usize> {
    let fixtures = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures");
    std::fs::create_dir_all(folder)?;
    let seeds = targets::seeds(&fixtures, target);
    for (number, seed) in seeds.iter().enumerate() {
        std::fs::write(folder.join(format!("seed-{number:02}")), seed)?;
    }
    Ok(seeds.len())
}
