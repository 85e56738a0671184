use std::sync::LazyLock;

use regex::Regex;

use crate::prelude::*;

declare_rule! {
    /// 前言说“由几部分组成”，与实际的部分数不符。
    ///
    /// ## 为什么
    /// 统一格式是六个部分。前言写“五个部分”“七个部分”，多是沿用旧报告，没有随格式修改。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 本年度报告根据《中华人民共和国政府信息公开条例》编制，由总体情况、主动公开、依申请公开、存在的问题等五个部分组成。
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// 本年度报告根据《中华人民共和国政府信息公开条例》编制，由总体情况、主动公开、存在的问题等六部分组成。
    /// ```
    /// 说的不是报告：
    /// ```report,good
    /// 本年度报告根据《中华人民共和国政府信息公开条例》编制。本机关公开目录由机构职能、政策文件、财政信息三个部分组成。
    /// ```
    ///
    /// ## 怎么改
    /// 改成实际的部分数；按统一格式应为六个部分。
    ///
    /// ## 例外
    /// “等”字后面的列举可以不全，只看部分数。实际缺少的部分由 section-missing 报告。
    ///
    /// ## English
    /// The preface says of how many parts the report consists, and it is another number than there are.
    PrefacePartCount {
        code: "S015",
        name: "preface-part-count",
        title: "前言所说的部分数不对",
        title_en: "The preface counts the parts wrongly",
        severity: Warning,
        class: Inaccurate,
        shape: true,
        sources: [("gbgkbh-2021-30", "sections"), ("gbgkbh-2019-60", "sections")],
        since: "0.1.0",
    }
}

static COUNT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new("([二三四五六七八九十]|[2-9])[ 　]*(?:个|大)?部分(?:内容)?(?:组成|构成)?").ok()
});

const NUMERALS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

impl Check for PrefacePartCount {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let official = cx.form().sections.len();
        let present = cx.report.sections.len();
        for (line, text) in cx.report.prose().filter(|(_, l)| l.section <= 1) {
            let text = text.text.value.as_str();
            let found = COUNT.iter().flat_map(|r| r.captures_iter(text)).find_map(|c| {
                let (whole, number) = (c.get(0)?, c.get(1)?);
                let sentence = nianbao_text::sentence::sentence_at(text, whole.start());
                let before = text.get(sentence.start..whole.start())?;
                // The sentence is about the report: it names it, or it lists the sections of it.
                let report = before.contains("报告") || before.contains("年报") || before.contains("全文");
                let other =
                    ["目录", "指南", "平台", "网站", "栏目", "体系"].iter().any(|w| before.contains(w));
                let about = report && !other || before.contains("总体情况") && before.contains("存在");
                let consists = whole.as_str().ends_with("成")
                    || ["由", "包括", "包含", "分为", "共", "全文"].iter().any(|w| before.contains(w));
                let n = NUMERALS.iter().position(|n| *n == number.as_str()).map(|at| at + 1);
                let n = n.or_else(|| number.as_str().parse().ok())?;
                (about && consists).then_some((n, whole.range()))
            });
            let Some((count, range)) = found else { continue };
            if count == official || count == present {
                continue;
            }
            let finding = out
                .start(
                    cx,
                    say!(
                        "前言说报告有{count}个部分，实际有{present}个部分",
                        "the preface counts {count} parts; the report has {present}"
                    ),
                )
                .help(say!("按统一格式改为“六个部分”", "the form has six parts: write 六个部分"))
                .quote(cx.report, line, range);
            out.push(finding);
        }
        Ok(())
    }
}
