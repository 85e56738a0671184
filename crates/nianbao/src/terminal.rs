//! Standard output and standard error.

use std::io::{IsTerminal, Write};
use std::process::{Command, Stdio};

use anstream::{AutoStream, ColorChoice};
use nianbao_lint::{Say, Severity};
use nianbao_render::Options;
use nianbao_schema::Language;

use crate::Stop;
use crate::args::{Color, Common};

/// Columns where there is no terminal to ask: files and pipes get the same bytes everywhere.
const COLUMNS: usize = 100;

/// Columns beyond the width that closing marks may take: a mark never begins a line.
const HANGING: usize = 4;

/// How to write to the user.
pub(crate) struct Terminal {
    pub(crate) options: Options,
    color: ColorChoice,
}

impl Terminal {
    pub(crate) fn new(common: &Common) -> Self {
        let color = match common.color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        let columns = std::io::stdout()
            .is_terminal()
            .then(terminal_size::terminal_size)
            .flatten()
            .map_or(COLUMNS, |(width, _)| usize::from(width.0).saturating_sub(HANGING));
        Self { options: Options { language: common.lang.into(), width: columns.clamp(40, 160) }, color }
    }

    /// One for who could not say how it should be.
    pub(crate) fn plain(language: Language) -> Self {
        Self { options: Options { language, width: COLUMNS }, color: ColorChoice::Auto }
    }

    pub(crate) fn language(&self) -> Language {
        self.options.language
    }

    /// Writes to standard output; styles are stripped where they cannot be shown.
    pub(crate) fn print(&self, text: &str) -> Result<(), Stop> {
        let mut out = AutoStream::new(std::io::stdout().lock(), self.color);
        out.write_all(text.as_bytes())?;
        out.flush()?;
        Ok(())
    }

    /// Writes a long text: through a pager if standard output is a terminal, as git does. `NIANBAO_PAGER` or `PAGER` names
    /// it, `less` is the default; an empty name or `cat` is none. A pager that does not start is none either.
    pub(crate) fn page(&self, text: &str, allowed: bool) -> Result<(), Stop> {
        match allowed.then(|| self.pager()).flatten() {
            Some(pager) if self.through(&pager, text).is_some() => Ok(()),
            _ => self.print(text),
        }
    }

    fn pager(&self) -> Option<String> {
        if !std::io::stdout().is_terminal() {
            return None;
        }
        let named = std::env::var("NIANBAO_PAGER").or_else(|_| std::env::var("PAGER"));
        // What Windows brings along as a pager garbles UTF-8.
        let pager = named.unwrap_or_else(|_| if cfg!(windows) { String::new() } else { "less".to_owned() });
        (!pager.trim().is_empty() && pager.trim() != "cat").then_some(pager)
    }

    /// Sends a text through a pager; `None` if that could not be started.
    fn through(&self, pager: &str, text: &str) -> Option<()> {
        let mut command = if cfg!(windows) {
            let mut words = pager.split_whitespace();
            let mut command = Command::new(words.next()?);
            command.args(words);
            command
        } else {
            let mut command = Command::new("sh");
            command.arg("-c").arg(pager);
            command
        };
        if std::env::var_os("LESS").is_none() {
            // Quit if it fits on the screen, show colours, leave the text on the screen.
            command.env("LESS", "FRX");
        }
        if std::env::var_os("LESSCHARSET").is_none() {
            command.env("LESSCHARSET", "utf-8");
        }
        let mut child = command.stdin(Stdio::piped()).spawn().ok()?;
        let choice = match self.color {
            // The pager is not a terminal, but what it shows is on one.
            ColorChoice::Auto => AutoStream::choice(&std::io::stdout()),
            chosen => chosen,
        };
        if let Some(pipe) = child.stdin.take() {
            let mut bytes = Vec::new();
            let _ = AutoStream::new(&mut bytes, choice).write_all(text.as_bytes());
            // Whoever has read enough closes the pager; that is no error.
            let _ = { pipe }.write_all(&bytes);
        }
        let status = child.wait().ok()?;
        // The shell says 127 if there is no such program: then nothing was shown.
        (status.code() != Some(127)).then_some(())
    }

    /// Writes machine-readable output, which never has styles.
    pub(crate) fn print_plain(&self, text: &str) -> Result<(), Stop> {
        self.print_bytes(text.as_bytes())
    }

    /// The same for a piece of it, which may end within a character.
    #[expect(clippy::unused_self, reason = "everything that is printed goes through the terminal")]
    pub(crate) fn print_bytes(&self, bytes: &[u8]) -> Result<(), Stop> {
        let mut out = std::io::stdout().lock();
        out.write_all(bytes)?;
        out.flush()?;
        Ok(())
    }

    /// Writes an error line to standard error. If even that fails there is nobody to tell.
    pub(crate) fn error(&self, message: &str) {
        let mut out = AutoStream::new(std::io::stderr().lock(), self.color);
        let red = anstream_style();
        let word = Severity::Error.name(self.language());
        let colon = if self.language() == Language::Zh { "：" } else { ": " };
        let _ = writeln!(out, "{red}{word}{red:#}{colon}{message}");
    }

    /// Tells something on standard error that is no trouble.
    pub(crate) fn note(&self, message: &Say) {
        let mut out = AutoStream::new(std::io::stderr().lock(), self.color);
        let _ = writeln!(out, "{}", self.say(message));
    }

    /// Writes an error line about a file.
    pub(crate) fn error_of(&self, path: &str, message: &Say) {
        let colon = if self.language() == Language::Zh { "：" } else { ": " };
        self.error(&format!("{}{colon}{}", nianbao_render::shown(path), self.say(message)));
    }

    /// A message in the language of the user.
    pub(crate) fn say(&self, message: &Say) -> String {
        message.get(self.language()).to_owned()
    }
}

fn anstream_style() -> anstyle::Style {
    anstyle::Style::new().bold().fg_color(Some(anstyle::AnsiColor::Red.into()))
}
