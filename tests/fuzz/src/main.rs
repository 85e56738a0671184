//! Writes the seeds of a target: `cargo run --bin seeds TARGET FOLDER`

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [target, folder] = &arguments[..] else {
        eprintln!("seeds TARGET FOLDER");
        std::process::exit(2);
    };
    match nianbao_fuzz::write_seeds(target, folder.as_ref()) {
        Ok(count) => println!("{count} seeds"),
        Err(error) => {
            eprintln!("{folder}: {error}");
            std::process::exit(2);
        }
    }
}
