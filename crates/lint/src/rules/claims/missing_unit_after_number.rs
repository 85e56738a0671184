use std::sync::LazyLock;

use regex::Regex;

use crate::prelude::*;

declare_rule! {
    /// “公开政府信息260余”后面没有单位，句子就断了。
    ///
    /// ## 为什么
    /// 没有单位，不知道是条、件还是次。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// （一）主动公开
    /// 通过公众号推送消息260余。
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// （一）主动公开
    /// 公开政府信息260余条，热线电话12345，按照任务2023部署推进，公开信息12、13两类，门户网站公开信息1,024条，微信发布信息2，310条。
    /// ```
    ///
    /// ## 怎么改
    /// 补上单位（条、件、篇、次），并写准确的数。
    ///
    /// ## 例外
    /// 年份、电话、编号后面没有单位是对的。
    ///
    /// ## English
    /// A verb, its object and a number, and no unit behind it.
    MissingUnitAfterNumber {
        code: "X023",
        name: "missing-unit-after-number",
        title: "数字后缺单位",
        title_en: "A unit is missing after a number",
        severity: Warning,
        class: Inaccurate,
        sources: [],
        since: "0.1.0",
    }
}

static PATTERN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        "(?P<words>(?:公开|发布|推送|收到|受理|办结|答复|回复)(?:了)?(?:各类)?(?:政府信息|政务信息|信息|消息|申请|留言|文章)(?:共|共计)?",
        "(?P<digits>[0-9]{1,6})(?P<hedge>余|多)?) ?(?:[，。；,;]|$)"
    ))
    .ok()
});

impl Check for MissingUnitAfterNumber {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let Some(pattern) = PATTERN.as_ref() else { return Ok(()) };
        for (index, line) in cx.report.prose() {
            for found in pattern.captures_iter(&line.text.value) {
                let (Some(words), Some(digits)) = (found.name("words"), found.name("digits")) else {
                    continue;
                };
                // 19xx and 20xx may be years.
                let year = digits.as_str().len() == 4
                    && (digits.as_str().starts_with("19") || digits.as_str().starts_with("20"));
                // 1,024条: the comma separates thousands.
                let thousands = line.text.value.as_bytes().get(digits.end()).is_some_and(|_| {
                    let rest = line.text.value[digits.end()..].trim_start_matches([',', '，']);
                    rest.len() < line.text.value.len() - digits.end()
                        && rest.bytes().take_while(u8::is_ascii_digit).count() == 3
                });
                if (year && found.name("hedge").is_none()) || thousands {
                    continue;
                }
                let quoted = words.as_str();
                let finding = out
                    .start(cx, say!("“{quoted}”后面少了单位", "a unit is missing after \"{quoted}\""))
                    .help(say!(
                        "补上单位（条、件、篇、次），并写准确的数",
                        "write the unit, and the exact number"
                    ))
                    .quote(cx.report, index, words.range());
                out.push(finding);
            }
        }
        Ok(())
    }
}
