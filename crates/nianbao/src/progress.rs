//! The progress of a long run, on standard error.

use std::io::{IsTerminal, Write};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// Fewer inputs are done before anybody looks.
const WORTH_SHOWING: usize = 16;

/// Time between two drawings.
const PAUSE: Duration = Duration::from_millis(80);

/// Columns of the bar.
const BAR: usize = 24;

/// A bar that grows by the inputs that are done; nothing where nobody sees it.
#[derive(Debug)]
pub(crate) struct Progress {
    total: usize,
    state: Option<Mutex<State>>,
}

#[derive(Debug)]
struct State {
    done: usize,
    drawn: Option<Instant>,
}

impl Progress {
    /// A bar for some inputs, if standard error is a terminal and the user has nothing against it.
    pub(crate) fn new(total: usize, off: bool) -> Self {
        let shown = !off && total >= WORTH_SHOWING && std::io::stderr().is_terminal();
        Self { total, state: shown.then(|| Mutex::new(State { done: 0, drawn: None })) }
    }

    /// One more input is done.
    #[expect(clippy::disallowed_methods, reason = "only the pace of drawing depends on it")]
    pub(crate) fn step(&self) {
        let Some(Ok(mut state)) = self.state.as_ref().map(Mutex::lock) else { return };
        state.done += 1;
        let now = Instant::now();
        if state.drawn.is_none_or(|before| now.duration_since(before) >= PAUSE) {
            state.drawn = Some(now);
            // Nobody is told if standard error is gone.
            let _ = write!(std::io::stderr(), "\r{}", line(state.done, self.total));
        }
    }

    /// Makes room for output.
    pub(crate) fn clear(&self) {
        if let Some(Ok(mut state)) = self.state.as_ref().map(Mutex::lock)
            && state.drawn.take().is_some()
        {
            let _ = write!(std::io::stderr(), "\r\u{1b}[K");
        }
    }
}

/// `[=====>      ]  250/1000`.
fn line(done: usize, total: usize) -> String {
    let full = BAR * done / total.max(1);
    let head = if full < BAR { ">" } else { "" };
    let width = total.to_string().len();
    format!("[{}{head}{}] {done:>width$}/{total}", "=".repeat(full), " ".repeat(BAR - full - head.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_is_as_long_as_what_is_done() {
        assert_eq!(line(0, 1000), "[>                       ]    0/1000");
        assert_eq!(line(500, 1000), "[============>           ]  500/1000");
        assert_eq!(line(1000, 1000), "[========================] 1000/1000");
        assert_eq!(line(0, 0), "[>                       ] 0/0");
    }
}
