//! Help in the language of the user. Help texts stand in the arguments as `中文 ‖ English`; clap's own words are replaced.

use clap::builder::PossibleValue;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, Error};
use nianbao_schema::Language;
use nianbao_schema::organ::OrganKind;

use crate::args::heading;

/// What stands between the Chinese and the English words.
const BETWEEN: &str = " ‖ ";

/// The words of a language.
pub(crate) fn pick(text: &str, language: Language) -> &str {
    match (text.split_once(BETWEEN), language) {
        (Some((zh, _)), Language::Zh) => zh,
        (Some((_, en)), Language::En) => en,
        (None, _) => text,
    }
}

/// The language that the arguments or the environment ask for, before anything else is known of them.
pub(crate) fn language(arguments: &[std::ffi::OsString]) -> Language {
    let words: Vec<_> = arguments.iter().map(|a| a.to_string_lossy()).collect();
    let option = words.iter().enumerate().find_map(|(i, word)| match word.strip_prefix("--lang") {
        Some("") => words.get(i + 1).map(ToString::to_string),
        Some(rest) => rest.strip_prefix('=').map(str::to_owned),
        None => None,
    });
    match option.or_else(|| std::env::var("NIANBAO_LANG").ok()).as_deref() {
        Some("en") => Language::En,
        _ => Language::Zh,
    }
}

/// A command with all help in a language.
pub(crate) fn localized(command: Command, language: Language) -> Command {
    let zh = language == Language::Zh;
    let (usage, commands) = if zh { ("用法：", "命令") } else { ("Usage: ", "Commands") };
    let top = command.get_version().is_some();
    let about = command.get_about().map(|a| pick(&a.to_string(), language).to_owned());
    let after = command.get_after_help().map(|a| pick(&a.to_string(), language).to_owned());
    let mut command = command
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .subcommand_help_heading(commands)
        .help_template(format!("{{about-with-newline}}\n{usage}{{usage}}\n\n{{all-args}}{{after-help}}"))
        .mut_args(|arg| argument(arg, language))
        .arg(flag("help", 'h', ArgAction::Help, if zh { "显示帮助" } else { "Print help" }, zh));
    if top {
        let words = if zh { "显示版本" } else { "Print version" };
        command = command.arg(flag("version", 'V', ArgAction::Version, words, zh));
    }
    if let Some(about) = about {
        command = command.about(about);
    }
    if let Some(after) = after {
        command = command.after_help(after);
    }
    let names: Vec<String> = command.get_subcommands().map(|c| c.get_name().to_owned()).collect();
    names.into_iter().fold(command, |command, name| command.mut_subcommand(name, |c| localized(c, language)))
}

fn flag(name: &'static str, short: char, action: ArgAction, help: &'static str, zh: bool) -> Arg {
    Arg::new(name).short(short).long(name).action(action).help(help).help_heading(general(zh))
}

fn options(zh: bool) -> &'static str {
    if zh { "选项" } else { "Options" }
}

/// The heading of what every command takes.
fn general(zh: bool) -> &'static str {
    if zh { "通用选项" } else { "General options" }
}

/// An argument with its help, its values and its default in a language.
fn argument(arg: Arg, language: Language) -> Arg {
    let zh = language == Language::Zh;
    let own = heading::ALL.into_iter().find(|h| Some(*h) == arg.get_help_heading());
    let heading = match (arg.is_positional(), zh) {
        (true, true) => "参数",
        (true, false) => "Arguments",
        (false, _) if arg.is_global_set() => general(zh),
        (false, _) => own.map_or(options(zh), |heading| pick(heading, language)),
    };
    let mut text = arg.get_help().map(|h| pick(&h.to_string(), language).to_owned()).unwrap_or_default();
    if arg.get_id() == "organ_kind" {
        text.push_str(&organ_kinds(zh));
    }
    let takes_value = arg.get_action().takes_values();
    let values: Vec<PossibleValue> = if takes_value { arg.get_possible_values() } else { Vec::new() };
    let values: Vec<&PossibleValue> = values.iter().filter(|v| !v.is_hide_set()).collect();
    let default: Vec<String> =
        arg.get_default_values().iter().map(|v| v.to_string_lossy().into_owned()).collect();
    let default = match (takes_value && !default.is_empty(), zh) {
        (false, _) => String::new(),
        (true, true) => format!("（默认 {}）", default.join(" ")),
        (true, false) => format!(" (default {})", default.join(" ")),
    };
    let names: Vec<&str> = values.iter().map(|v| v.get_name()).collect();
    let list = match (names.is_empty(), zh) {
        (true, _) => String::new(),
        (false, true) => format!("：{}", names.join("、")),
        (false, false) => format!(": {}", names.join(", ")),
    };
    let long: String = values
        .iter()
        .map(|v| {
            let help = v.get_help().map(|h| pick(&h.to_string(), language).to_owned());
            let between = match (&help, zh) {
                (None, _) => "",
                (Some(_), true) => "：",
                (Some(_), false) => ": ",
            };
            format!("\n- {}{between}{}", v.get_name(), help.unwrap_or_default())
        })
        .collect();
    let arg = arg
        .help(format!("{text}{list}{default}"))
        .long_help(format!("{text}{default}{long}"))
        .help_heading(heading)
        .hide_env(true);
    // clap would say these in English.
    if takes_value { arg.hide_default_value(true).hide_possible_values(true) } else { arg }
}

/// The kinds of organs by the words of the command line; they are data.
fn organ_kinds(zh: bool) -> String {
    let one = |kind: &OrganKind| match zh {
        true => format!("{}（{}）", kind.id(), kind.facts().name.zh),
        false => kind.id().to_owned(),
    };
    let all: Vec<String> = OrganKind::ALL.iter().map(one).collect();
    if zh { format!("：{}", all.join("、")) } else { format!(": {}", all.join(", ")) }
}

/// What is wrong with the arguments, in Chinese; `None` for what clap says well enough, help and version among it.
pub(crate) fn complaint(error: &Error, language: Language) -> Option<String> {
    let text = |kind| {
        error.get(kind).map(|value| match value {
            ContextValue::String(s) => s.clone(),
            ContextValue::Strings(all) => all.join("、"),
            other => other.to_string(),
        })
    };
    let argument = text(ContextKind::InvalidArg).unwrap_or_default();
    let value = text(ContextKind::InvalidValue).unwrap_or_default();
    let meant = |kind| text(kind).map(|m| format!("，是不是“{m}”？")).unwrap_or_default();
    if error.kind() == ErrorKind::ValueValidation {
        // Our own parsers say it in both languages.
        let why = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
        let why = pick(&why, language);
        return Some(match language {
            Language::Zh => format!("选项“{argument}”的值“{value}”不对：{why}"),
            Language::En => format!("invalid value \"{value}\" for \"{argument}\": {why}"),
        });
    }
    if language == Language::En {
        return None;
    }
    match error.kind() {
        ErrorKind::UnknownArgument => {
            Some(format!("没有选项“{argument}”{}", meant(ContextKind::SuggestedArg)))
        }
        ErrorKind::InvalidSubcommand => {
            let name = text(ContextKind::InvalidSubcommand).unwrap_or_default();
            Some(format!("没有命令“{name}”{}", meant(ContextKind::SuggestedSubcommand)))
        }
        ErrorKind::MissingRequiredArgument => Some(format!("缺少 {argument}")),
        ErrorKind::ArgumentConflict => {
            let other = text(ContextKind::PriorArg).unwrap_or_default();
            Some(format!("“{argument}”不能与“{other}”同时使用"))
        }
        ErrorKind::InvalidUtf8 => {
            Some("参数中有不是 UTF-8 编码的文字；文件名是这样的，改名，或者给出它所在的文件夹".to_owned())
        }
        ErrorKind::WrongNumberOfValues | ErrorKind::TooFewValues | ErrorKind::TooManyValues => {
            let (least, seen) = (
                text(ContextKind::ExpectedNumValues).or_else(|| text(ContextKind::MinValues)),
                text(ContextKind::ActualNumValues),
            );
            Some(format!(
                "{argument} 需要 {} 个，只给了 {} 个",
                least.unwrap_or_default(),
                seen.unwrap_or_default()
            ))
        }
        ErrorKind::InvalidValue if value.is_empty() => Some(format!("选项“{argument}”缺少值")),
        ErrorKind::InvalidValue => {
            let known = text(ContextKind::ValidValue).unwrap_or_default();
            let meant = meant(ContextKind::SuggestedValue);
            Some(format!("选项“{argument}”没有取值“{value}”{meant}；可以是：{known}"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::args::Arguments;

    fn texts(command: &Command, path: &str, all: &mut Vec<(String, String)>) {
        let path = format!("{path} {}", command.get_name());
        all.push((path.clone(), command.get_about().map(ToString::to_string).unwrap_or_default()));
        for arg in command.get_arguments() {
            let name = format!("{path} {}", arg.get_id());
            all.push((name.clone(), arg.get_help().map(ToString::to_string).unwrap_or_default()));
            for value in arg.get_possible_values().iter().filter(|_| arg.get_action().takes_values()) {
                let help = value.get_help().map(ToString::to_string).unwrap_or_default();
                all.push((format!("{name} {}", value.get_name()), help));
            }
        }
        for inner in command.get_subcommands() {
            texts(inner, &path, all);
        }
    }

    #[test]
    fn every_help_text_is_in_both_languages() {
        let mut all = Vec::new();
        texts(&Arguments::command(), "", &mut all);
        let shells = ["bash", "elvish", "fish", "powershell", "zsh"];
        let wrong: Vec<_> = all
            .iter()
            .filter(|(path, _)| !shells.iter().any(|s| path.ends_with(s)))
            .filter(|(_, text)| {
                let Some((zh, en)) = text.split_once(BETWEEN) else { return true };
                !zh.chars().any(nianbao_text::is_han)
                    || en.is_empty()
                    || !en.starts_with(|c: char| c.is_ascii())
            })
            .collect();
        assert!(wrong.is_empty(), "write `中文 ‖ English`: {wrong:#?}");
    }

    #[test]
    fn english_help_holds_no_chinese_and_chinese_help_none_of_claps_words() {
        fn check(command: &mut Command, language: Language) {
            let help = command.render_long_help().to_string();
            if language == Language::En {
                let chinese: String = help.chars().filter(|c| nianbao_text::is_han(*c)).collect();
                assert!(chinese.is_empty(), "{chinese}\n{help}");
            } else {
                for word in
                    ["Usage", "Options", "Commands", "Arguments", "Print", "[default", "[possible", "[env"]
                {
                    assert!(!help.contains(word), "{word}\n{help}");
                }
            }
            for inner in command.get_subcommands_mut() {
                check(inner, language);
            }
        }
        for language in [Language::Zh, Language::En] {
            let mut command = localized(Arguments::command(), language);
            command.build();
            check(&mut command, language);
        }
    }
}
