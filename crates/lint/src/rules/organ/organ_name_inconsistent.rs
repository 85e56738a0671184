use std::ops::Range;

use nianbao_schema::organ::Organs;
use nianbao_text::distance::is_subsequence;
use nianbao_text::is_han;

use crate::prelude::*;

declare_rule! {
    /// 本机关的名称前后写法不一。
    ///
    /// ## 为什么
    /// 机关名称应与标题一致。一处多字、一处少字，读者会以为是两个机关，也常是照抄的痕迹。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 机关：青禾经济开发区
    /// 五、存在的主要问题及改进情况
    /// 青禾县经济开发区的信息更新不够及时。下一步，青禾开发区将按月检查栏目。
    /// ```
    ///
    /// ## 正确示例
    /// 说明过的简称、通行的简称都可以用：
    /// ```report,good
    /// 机关：青禾经济开发区
    /// 五、存在的主要问题及改进情况
    /// 青禾经济开发区（以下简称青禾开发区）的信息更新不够及时。下一步，青禾开发区将按月检查，青禾经开区管委会负责落实。
    /// ```
    /// 上级机关、同级机关的名称不是本机关的名称：
    /// ```report,good
    /// 机关：临江市城东区教育局
    /// 五、存在的主要问题及改进情况
    /// 临江市教育局、城东区教育局和临江市城东区财政局的信息不一致。下一步，临江市城东区教育局将会同各单位核对。
    /// ```
    ///
    /// ## 怎么改
    /// 统一为标题中的名称；需要用简称的，在第一次出现时注明“以下简称”。
    ///
    /// ## 例外
    /// 只有一处省略了几个字的，看作简称，不报告。配置文件中 `organ.aliases` 列出的名称不报告。各处写法合为一个问题。
    ///
    /// ## English
    /// The organ's own name is written in several ways. One finding lists them all.
    OrganNameInconsistent {
        code: "D002",
        name: "organ-name-inconsistent",
        title: "机关名称前后不一",
        title_en: "The organ's name is written in several ways",
        severity: Warning,
        class: Inaccurate,
        sources: [],
        since: "0.1.0",
    }
}

/// Another way of writing the name.
struct Form {
    words: String,
    line: usize,
    range: Range<usize>,
    times: usize,
}

impl Check for OrganNameInconsistent {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let Some(organ) = &cx.report.organ else {
            return Err(NotAssessable(say!("看不出机关名称", "the name of the organ is not known")));
        };
        let Some((stem, head)) = split(&organ.name) else {
            return Err(NotAssessable(say!(
                "机关名称太短，无法比较",
                "the name of the organ is too short to compare"
            )));
        };
        let mut forms: Vec<Form> = Vec::new();
        for (index, line) in cx.report.prose() {
            for range in candidates(&line.text.value, stem, head) {
                let words = &line.text.value[range.clone()];
                if !is_variant(words, &organ.name)
                    || organ.aliases.iter().any(|a| a == words || is_short_form(words, a))
                    || is_declared(cx, words)
                {
                    continue;
                }
                match forms.iter_mut().find(|f| f.words == words) {
                    Some(form) => form.times += 1,
                    None => forms.push(Form { words: words.to_owned(), line: index, range, times: 1 }),
                }
            }
        }
        // One form that only leaves characters out is a short form; clerks write such things all day.
        let longer = forms.iter().any(|f| !is_subsequence(&f.words, &organ.name));
        if !(forms.len() >= 2 || longer) {
            return Ok(());
        }
        let name = &organ.name;
        let times = |f: &Form| if f.times > 1 { format!("（{}处）", f.times) } else { String::new() };
        let list = forms.iter().map(|f| format!("“{}”{}", f.words, times(f))).collect::<Vec<_>>().join("、");
        let list_en = forms.iter().map(|f| format!("\"{}\"", f.words)).collect::<Vec<_>>().join(", ");
        let mut finding = out
            .start(
                cx,
                say!(
                    "机关名称写法不一：标题是“{name}”，正文又写作{list}",
                    "the organ is \"{name}\" in the title and {list_en} in the text"
                ),
            )
            .help(say!(
                "统一为“{name}”；用简称的，首次出现时注明“以下简称”",
                "write \"{name}\" throughout, or define the short form where it first occurs"
            ))
            .key("name");
        for form in forms {
            finding = finding.quote(cx.report, form.line, form.range);
        }
        out.push(finding);
        Ok(())
    }
}

/// The first two characters of a name, by which other forms of it begin, and its head noun, by which they end.
fn split(name: &str) -> Option<(&str, &str)> {
    let stem = name.char_indices().nth(2).map(|(i, _)| &name[..i])?;
    let suffixes = Organs::get().kinds.iter().flat_map(|k| &k.suffixes);
    let head =
        suffixes.filter(|s| name.ends_with(s.as_str()) && s.len() < name.len()).max_by_key(|s| s.len())?;
    Some((stem, &name[name.len() - head.len()..]))
}

/// Stretches that begin like the name, end with its head noun and are not much longer than it.
fn candidates<'a>(text: &'a str, stem: &'a str, head: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
    let longest = 24;
    text.match_indices(stem).filter_map(move |(start, _)| {
        let tail = &text[start..];
        let end = tail
            .char_indices()
            .take_while(|(_, c)| is_han(*c))
            .take(longest)
            .map(|(i, c)| i + c.len_utf8())
            .last()?;
        let found = tail[..end].find(head)?;
        Some(start..start + found + head.len())
    })
}

/// Whether some words are another way of writing a name: with the word of a level put in (霍山县… for 霍山…), or with a
/// few characters left out.
fn is_variant(words: &str, name: &str) -> bool {
    if words == name || is_short_form(words, name) {
        return false;
    }
    if is_subsequence(name, words) {
        // 临江市县区水利局 are the bureaus of a city, its counties and districts: levels in a row are no misspelt name.
        let mut levels = words.chars().zip(words.chars().skip(1));
        let listed = levels.any(|(a, b)| LEVELS.contains(a) && LEVELS.contains(b));
        let added = left_out(name, words);
        return !listed && added.chars().count() == 1 && added.chars().all(|c| LEVELS.contains(c));
    }
    if !is_subsequence(words, name) {
        return false;
    }
    // 临江市教育局 in the report of 临江市城东区教育局 is the organ above, not a short form.
    let missing = left_out(words, name);
    (1..=4).contains(&missing.chars().count()) && !missing.ends_with(|c| LEVELS.contains(c))
}

/// Characters that end the names of places.
const LEVELS: &str = "省市县区州旗镇乡";

/// The characters of `long` that are not in `short`, of which it is a subsequence.
fn left_out(short: &str, long: &str) -> String {
    let mut wanted = short.chars().peekable();
    long.chars().filter(|c| wanted.next_if_eq(c).is_none()).collect()
}

/// Whether some words are an accepted short form of a name: without the places before it, or with the usual
/// abbreviations of its kind.
fn is_short_form(words: &str, name: &str) -> bool {
    if name.ends_with(words) {
        return true;
    }
    let forms = &Organs::get().short_forms;
    forms.iter().any(|f| {
        let shortened = name.replace(f.long.as_str(), &f.short);
        let lengthened = words.replace(f.long.as_str(), &f.short);
        (shortened != name && (shortened == words || shortened.ends_with(words))) || lengthened == name
    })
}

/// Whether the report itself introduces a short form: `（以下简称青禾开发区）`.
fn is_declared(cx: &Context<'_>, words: &str) -> bool {
    cx.report.prose().any(|(_, line)| {
        let text = &line.text.value;
        text.match_indices("简称").any(|(at, m)| {
            let tail = text[at + m.len()..].trim_start_matches(['为', '：', ':', '“', '"', '「', '《']);
            tail.starts_with(words)
        })
    })
}
