//! The arguments.

use clap::{Args, Parser, Subcommand, ValueEnum};
use nianbao_lint::Severity;
use nianbao_lint::memory::Day;
use nianbao_render::format::Format;
use nianbao_schema::Language;
use nianbao_schema::organ::OrganKind;

use crate::config::Date;
use crate::outputs::{Target, parse_format};

/// Headings of the help, as `中文 ‖ English`.
pub(crate) mod heading {
    pub(crate) const READING: &str = "读取 ‖ Reading";
    pub(crate) const OUTPUT: &str = "输出 ‖ Output";
    pub(crate) const RULES: &str = "规则 ‖ Rules";
    pub(crate) const COMPARED: &str = "对照 ‖ Compared with";
    pub(crate) const STATUS: &str = "退出状态 ‖ Exit status";
    pub(crate) const CHANGING: &str = "修改与监视 ‖ Changing and watching";
    pub(crate) const ALL: [&str; 6] = [READING, OUTPUT, RULES, COMPARED, STATUS, CHANGING];
}

/// 检查、提取、对比政府信息公开工作年度报告。不联网，不上传；除非用 --fix，不改动原文件。 ‖ Checks, extracts and compares annual reports on government information disclosure. Offline; your files stay as they are unless you ask for --fix.
#[derive(Debug, Parser)]
#[command(name = "nianbao", version, subcommand_required = true, arg_required_else_help = true)]
#[command(
    after_help = "退出状态：0 没有达到失败级别的问题；1 有；2 无法运行，或者有文件无法读取（其余文件照常处理）。 ‖ Exit status: 0 nothing at or above the fail level; 1 findings; 2 could not run, or a file could not be read (the others are still done)."
)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What every command takes.
#[derive(Debug, Args)]
pub(crate) struct Common {
    /// 输出语言 ‖ Language of output and help
    #[arg(
        long,
        value_enum,
        global = true,
        env = "NIANBAO_LANG",
        default_value = "zh",
        hide_env_values = true
    )]
    pub(crate) lang: Lang,
    /// 是否使用颜色（也可设置 NO_COLOR） ‖ Whether to use colour (NO_COLOR is heeded too)
    #[arg(long, value_enum, global = true, default_value = "auto")]
    pub(crate) color: Color,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Lang {
    /// 中文 ‖ Chinese
    Zh,
    /// 英文 ‖ English
    En,
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Zh => Self::Zh,
            Lang::En => Self::En,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Color {
    /// 终端支持时使用 ‖ Where the terminal can
    Auto,
    /// 总是使用 ‖ Always
    Always,
    /// 从不使用 ‖ Never
    Never,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// 检查报告，逐条列出问题、位置、依据和改法 ‖ Check reports: every finding with place, source and what to do
    Lint(LintArgs),
    /// 提取报告的章节和全部表格数据 ‖ Extract sections and every cell of the tables
    Extract(ExtractArgs),
    /// 对比两份报告：数字、比率、年际关系、文字 ‖ Compare two reports: numbers, rates, the years, the text
    Diff(DiffArgs),
    /// 一个机关历年报告的数字、结转和走势 ‖ Numbers, carry-over and course of one organ over the years
    Trend(TrendArgs),
    /// 说明一条规则：为什么、依据、示例、怎么改 ‖ Explain a rule: why, source, examples, what to do
    Explain(ExplainArgs),
    /// 列出全部规则 ‖ List all rules
    Rules(RulesArgs),
    /// 输出 JSON Schema ‖ Write a JSON Schema
    Schema(SchemaArgs),
    /// 写出或清理已知问题清单 ‖ Write the known findings down, or drop those that are gone
    Baseline(BaselineArgs),
    /// 在当前文件夹新建一份有注释的配置文件，不覆盖已有的 ‖ Start a commented configuration file here; never overwrites one
    Init(InitArgs),
    /// 显示最终生效的设置，以及每一项来自哪里 ‖ Show the settings in force, each with its origin
    ShowConfig(ShowConfigArgs),
    /// 输出命令行补全脚本 ‖ Write a completion script for a shell
    Completions(CompletionsArgs),
    /// 输出手册页 ‖ Write the manual page
    Man(ManArgs),
}

/// The files to read, and what is said of them.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = heading::READING)]
pub(crate) struct Inputs {
    /// 文件、文件夹、通配符，或 - 表示标准输入 ‖ Files, folders, wildcards, or - for standard input
    #[arg(required_unless_present = "files_from", value_name = "PATH")]
    pub(crate) paths: Vec<String>,
    /// 从文件读取要处理的路径，一行一个（- 为标准输入） ‖ Read paths from a file, one a line (- for standard input)
    #[arg(long, value_name = "FILE")]
    pub(crate) files_from: Option<String>,
    /// 标准输入的内容在输出中叫什么，并按这个位置查找配置 ‖ Name of standard input in output, and where to look for its configuration
    #[arg(long, value_name = "NAME")]
    pub(crate) stdin_name: Option<String>,
    /// 使用这个配置文件，不查找 nianbao.toml ‖ Use this configuration file instead of the nearest nianbao.toml
    #[arg(
        long,
        value_name = "FILE",
        env = "NIANBAO_CONFIG",
        hide_env_values = true,
        conflicts_with = "isolated"
    )]
    pub(crate) config: Option<String>,
    /// 不使用任何配置文件 ‖ Use no configuration file
    #[arg(long)]
    pub(crate) isolated: bool,
    /// 不显示进度 ‖ Show no progress
    #[arg(long)]
    pub(crate) no_progress: bool,
    /// 同时处理的文件数（默认为处理器核数） ‖ Files handled at the same time (by default the number of processors)
    #[arg(long, short, value_name = "N", value_parser = number)]
    pub(crate) jobs: Option<std::num::NonZeroUsize>,
    /// 机关类型，名称看不出时或需要更严格时给出 ‖ Kind of organ, where the name does not show it or to be stricter
    #[arg(long, value_name = "KIND", value_parser = organ_kind)]
    pub(crate) organ_kind: Option<OrganKind>,
    /// 报告年度，文件中没有写明时给出 ‖ Report year, where the file does not state it
    #[arg(long, value_name = "YYYY", value_parser = year)]
    pub(crate) year: Option<u16>,
    /// 发布日期（YYYY-MM-DD），用来核对是否按时发布；不写则看页面上的日期 ‖ Day of publication, to check whether it was in time; by default the page's own date
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(crate) published: Option<Day>,
}

fn number(text: &str) -> Result<std::num::NonZeroUsize, String> {
    text.parse().map_err(|_| "写一个大于 0 的整数 ‖ write a whole number above 0".to_owned())
}

fn year(text: &str) -> Result<u16, String> {
    let year = text.parse().ok().filter(|y| (2008..=2100).contains(y));
    year.ok_or_else(|| "年份写作 2023，从 2008 年起 ‖ write a year as 2023, from 2008 on".to_owned())
}

fn day(text: &str) -> Result<Day, String> {
    Date::parse(text).map(|d| d.0).ok_or_else(|| "日期写作 2024-01-20 ‖ write a day as 2024-01-20".to_owned())
}

fn organ_kind(id: &str) -> Result<OrganKind, String> {
    OrganKind::parse(id).ok_or_else(|| {
        let known: Vec<String> =
            OrganKind::ALL.iter().map(|k| format!("{}（{}）", k.id(), k.facts().name.zh)).collect();
        let ids: Vec<&str> = OrganKind::ALL.iter().map(|k| k.id()).collect();
        format!("可以是：{} ‖ one of {}", known.join("、"), ids.join(", "))
    })
}

#[derive(Debug, Clone, Args)]
pub(crate) struct LintArgs {
    #[command(flatten)]
    pub(crate) inputs: Inputs,
    /// 标准输出的格式：full、concise、grouped、json、jsonl、sarif、github、gitlab、junit、checkstyle、markdown、csv、html ‖ Format of standard output: full, concise, grouped, json, jsonl, sarif, github, gitlab, junit, checkstyle, markdown, csv, html
    #[arg(help_heading = heading::OUTPUT, long, value_name = "FORMAT", default_value = "full", value_parser = parse_format)]
    pub(crate) format: Format,
    /// 再写一份结果，可重复：格式=文件（如 html=report.html）；不写文件名则代替标准输出 ‖ One more output, repeatable: FORMAT=FILE (such as html=report.html); without a file in place of standard output
    #[arg(help_heading = heading::OUTPUT, long, short, value_name = "FORMAT[=FILE]", value_parser = Target::parse)]
    pub(crate) output: Vec<Target>,
    /// 只用这些规则：编号、名称或编号开头，逗号分隔（如 N,S001,cell-blank） ‖ Only these rules: codes, names or beginnings of codes, with commas (such as N,S001,cell-blank)
    #[arg(help_heading = heading::RULES, long, value_name = "RULE", value_delimiter = ',')]
    pub(crate) select: Vec<String>,
    /// 不用这些规则 ‖ Not these rules
    #[arg(help_heading = heading::RULES, long, value_name = "RULE", value_delimiter = ',')]
    pub(crate) ignore: Vec<String>,
    /// 把这些规则的问题定为错误 ‖ Findings of these rules are errors
    #[arg(help_heading = heading::RULES, long, value_name = "RULE", value_delimiter = ',')]
    pub(crate) error: Vec<String>,
    /// 把这些规则的问题定为警告 ‖ Findings of these rules are warnings
    #[arg(help_heading = heading::RULES, long, value_name = "RULE", value_delimiter = ',')]
    pub(crate) warn: Vec<String>,
    /// 把这些规则的问题定为提示 ‖ Findings of these rules are hints
    #[arg(help_heading = heading::RULES, long, value_name = "RULE", value_delimiter = ',')]
    pub(crate) info: Vec<String>,
    /// 上一年度的报告：核对两年结转数，并用来判断哪一格填错 ‖ Last year's report: to compare the carry-over, and to tell which cell is wrong
    #[arg(help_heading = heading::COMPARED, long, value_name = "FILE")]
    pub(crate) prior: Option<String>,
    /// 上一年度报告所在的文件夹：按机关名称和年份与各报告配对 ‖ Folder of last year's reports, paired with each report by organ and year
    #[arg(help_heading = heading::COMPARED, long, value_name = "DIR", conflicts_with = "prior")]
    pub(crate) prior_dir: Option<String>,
    /// 达到这个级别时退出状态为 1（不写则看配置，默认 error） ‖ Level from which on the exit status is 1 (by default the configuration's, else error)
    #[arg(help_heading = heading::STATUS, long, value_enum, value_name = "LEVEL")]
    pub(crate) fail_on: Option<FailOn>,
    /// 已知问题清单：其中的问题不再列出，也不影响退出状态（不写则看配置） ‖ Baseline: what it knows is not listed again and fails nothing (by default the configuration's)
    #[arg(help_heading = heading::COMPARED, long, value_name = "FILE")]
    pub(crate) baseline: Option<String>,
    /// 按哪一天计算豁免的有效期（默认今天） ‖ The day by which suppressions expire (today by default)
    #[arg(help_heading = heading::COMPARED, long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(crate) today: Option<Day>,
    /// 有问题也以 0 退出（无法读取仍为 2） ‖ Exit with 0 whatever is found (still 2 for what cannot be read)
    #[arg(help_heading = heading::STATUS, long)]
    pub(crate) exit_zero: bool,
    /// 写入可以安全自动修改的问题（标签、空格、标点等文字；从不改动数字）。只写纯文本、Markdown 和网页，其他文件只列出改法 ‖ Write safe fixes of words such as labels, spaces and punctuation, never of a number. Only text, Markdown and web pages are written; for other files the fixes are listed
    #[arg(help_heading = heading::CHANGING, long, conflicts_with_all = ["diff", "watch"])]
    pub(crate) fix: bool,
    /// 只显示 --fix 会改什么，不写入；有可改的退出状态为 1 ‖ Show what --fix would change, and write nothing; exit status 1 if there is something
    #[arg(help_heading = heading::CHANGING, long, conflicts_with = "watch")]
    pub(crate) diff: bool,
    /// 文件有变化时重新检查，直到按 Ctrl+C ‖ Check again whatever changes, until Ctrl+C
    #[arg(help_heading = heading::CHANGING, long)]
    pub(crate) watch: bool,
    /// 只输出问题，不输出没有问题的文件和合计行 ‖ Write findings only: no clean files, no summary
    #[arg(help_heading = heading::OUTPUT, long, short)]
    pub(crate) quiet: bool,
    /// 最后列出每条规则的结果：问题、通过、未能评估及原因（full、concise、grouped 格式；json 总是带有） ‖ End with what every rule made of the files: found, passed, or why it could not check (full, concise, grouped; JSON always says it)
    #[arg(help_heading = heading::OUTPUT, long)]
    pub(crate) statistics: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum FailOn {
    /// 有错误 ‖ Errors
    Error,
    /// 有错误或警告 ‖ Errors or warnings
    Warning,
    /// 有任何问题 ‖ Anything
    Info,
}

impl From<FailOn> for Severity {
    fn from(level: FailOn) -> Self {
        match level {
            FailOn::Error => Self::Error,
            FailOn::Warning => Self::Warning,
            FailOn::Info => Self::Info,
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct ExtractArgs {
    #[command(flatten)]
    pub(crate) inputs: Inputs,
    /// 输出格式：默认 json；与 --document 合用时默认 text ‖ Format: json by default; text with --document
    #[arg(long, value_enum)]
    pub(crate) format: Option<ExtractFormat>,
    /// 不识别年报，只列出从文件中读到的段落、表格和位置（读数不对时先看这个） ‖ List paragraphs, tables and places as read from the file, without understanding a report (the first thing to look at when numbers are misread)
    #[arg(long)]
    pub(crate) document: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExtractFormat {
    /// 一个 JSON 数组，每个文件一项 ‖ A JSON array, one item a file
    Json,
    /// 每个文件一行 JSON ‖ One line of JSON a file
    Jsonl,
    /// 每个单元格一行，供电子表格打开（UTF-8 带 BOM） ‖ One row a cell, for spreadsheets (UTF-8 with BOM)
    Csv,
    /// 供人阅读，只用于 --document ‖ For people; with --document only
    Text,
}

#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// 规则的编号或名称 ‖ Code or name of a rule
    #[arg(required = true, value_name = "RULE")]
    pub(crate) rules: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct RulesArgs {
    /// 输出格式 ‖ Format
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: RulesFormat,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum RulesFormat {
    /// 每条规则一行 ‖ One line a rule
    Text,
    /// 一个 JSON 数组 ‖ A JSON array
    Json,
    /// Markdown 表格 ‖ Markdown table
    Markdown,
}

#[derive(Debug, Args)]
pub(crate) struct SchemaArgs {
    /// 名称；不写则列出全部名称 ‖ Name; without one all names are listed
    #[arg(value_name = "NAME")]
    pub(crate) name: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct BaselineArgs {
    #[command(subcommand)]
    pub(crate) action: BaselineAction,
}

#[derive(Debug, Subcommand)]
pub(crate) enum BaselineAction {
    /// 把这些文件现有的问题都记为已知 ‖ Record all present findings of these files as known
    Write(LintArgs),
    /// 从清单中去掉已经改正的问题，不增加新的 ‖ Drop findings that are gone; add none
    Prune(LintArgs),
}

#[derive(Debug, Args)]
pub(crate) struct InitArgs {
    /// 在哪个文件夹 ‖ The folder
    #[arg(value_name = "FOLDER", default_value = ".")]
    pub(crate) folder: String,
}

#[derive(Debug, Args)]
#[command(mut_arg("paths", |a| a.required_unless_present(clap::builder::Resettable::Reset)))]
pub(crate) struct ShowConfigArgs {
    #[command(flatten)]
    pub(crate) lint: LintArgs,
    /// 以 JSON 输出 ‖ Write JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct CompletionsArgs {
    /// 哪种命令行 ‖ The shell
    #[arg(value_enum, value_name = "SHELL")]
    pub(crate) shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(crate) struct ManArgs {
    /// 把每个命令的手册页都写到这个文件夹 ‖ Write the pages of all commands into this folder
    #[arg(long, value_name = "FOLDER")]
    pub(crate) out: Option<String>,
}

#[derive(Debug, Args)]
#[command(
    after_help = "退出状态：0 没有不同；1 有不同；2 无法运行或有文件无法读取。 ‖ Exit status: 0 nothing differs; 1 something does; 2 trouble."
)]
pub(crate) struct DiffArgs {
    /// 上年报告；两份报告的先后以年度为准，换了先后会说明 ‖ The older report; the years decide, and a swap is said
    #[arg(value_name = "OLD")]
    pub(crate) old: String,
    /// 本年报告，- 表示标准输入 ‖ The newer report, - for standard input
    #[arg(value_name = "NEW")]
    pub(crate) new: String,
    /// 输出格式 ‖ Output format
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: DiffFormat,
    /// 终端上的排列 ‖ Arrangement on a terminal
    #[arg(long, value_enum, default_value = "side")]
    pub(crate) view: DiffView,
    /// 没有变化的也列出 ‖ List what did not change, too
    #[arg(long)]
    pub(crate) all: bool,
    /// 只比较表格或只比较文字 ‖ Compare only the tables or only the text
    #[arg(long, value_enum, value_name = "WHAT")]
    pub(crate) only: Option<DiffOnly>,
    /// 文字中哪些不同不算，逗号分隔 ‖ What does not count as a difference of the text, separated by commas
    #[arg(long, value_enum, value_name = "WHAT", value_delimiter = ',')]
    pub(crate) ignore: Vec<DiffIgnore>,
    /// 不使用分页程序 ‖ Use no pager
    #[arg(long)]
    pub(crate) no_pager: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// 供人在终端阅读 ‖ For people at a terminal
    Text,
    /// 一个独立的网页，可打印 ‖ One self-contained page, prints well
    Html,
    /// 供程序读取，见 schemas/diff.schema.json ‖ For programs, see schemas/diff.schema.json
    Json,
    /// 供粘贴到通知、意见中的 Markdown ‖ Markdown, to paste into a notice or an issue
    Markdown,
    /// 供电子表格打开（UTF-8 带 BOM） ‖ For spreadsheets (UTF-8 with BOM)
    Csv,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffView {
    /// 旧、新两栏并列 ‖ Old and new in two columns
    Side,
    /// 旧、新写在一处 ‖ Old and new in one place
    Inline,
    /// 只有合计、比率和年际关系 ‖ Only counts, rates and the equations between the years
    Summary,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffOnly {
    /// 表格 ‖ The tables
    Numbers,
    /// 文字、标题和标签 ‖ The text, headings and labels
    Text,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffIgnore {
    /// 空格 ‖ White space
    Whitespace,
    /// 全角半角 ‖ Full-width and half-width forms
    Width,
    /// 标点 ‖ Punctuation
    Punctuation,
}

#[derive(Debug, Args)]
#[command(
    after_help = "退出状态：0 各年衔接；1 有的年份不衔接；2 无法运行或有文件无法读取。 ‖ Exit status: 0 the years fit together; 1 some do not; 2 trouble."
)]
pub(crate) struct TrendArgs {
    /// 一个机关各年的报告，先后不限 ‖ Reports of one organ, in any order
    #[arg(required = true, num_args = 2.., value_name = "FILE")]
    pub(crate) files: Vec<String>,
    /// 输出格式 ‖ Output format
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: TrendFormat,
    /// 列出全部单元格，不只是有数的总计 ‖ List every cell, not only totals that have numbers
    #[arg(long)]
    pub(crate) all: bool,
    /// 不使用分页程序 ‖ Use no pager
    #[arg(long)]
    pub(crate) no_pager: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TrendFormat {
    /// 供人在终端阅读 ‖ For people at a terminal
    Text,
    /// 一个独立的网页，有折线图 ‖ One self-contained page with line charts
    Html,
    /// 供程序读取，见 schemas/trend.schema.json ‖ For programs, see schemas/trend.schema.json
    Json,
    /// 供电子表格打开（UTF-8 带 BOM） ‖ For spreadsheets (UTF-8 with BOM)
    Csv,
}
