use std::sync::LazyLock;

use nianbao_text::fold_width;
use nianbao_text::number::numeral;
use regex::Regex;
use rust_decimal::Decimal;

use crate::prelude::*;
use crate::support::pattern;

declare_rule! {
    /// 条例的国务院令号写错。
    ///
    /// ## 为什么
    /// 《中华人民共和国政府信息公开条例》现行文本由国务院令第711号公布。写成别的号，指的是别的行政法规。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 本年度报告根据《中华人民共和国政府信息公开条例》（国务院令第771号）编制。
    /// ```
    ///
    /// ## 正确示例
    /// “国令第711号”也是正式写法；别的行政法规有自己的令号：
    /// ```report,good
    /// 本年度报告根据《中华人民共和国政府信息公开条例》（国令第711号）编制，并对照《优化营商环境条例》（国务院令第722号）核对。
    /// ```
    /// ```report,good
    /// 本年度报告根据《中华人民共和国政府信息公开条例》（中华人民共和国国务院令第七百一十一号，2019年修订）编制。
    /// ```
    ///
    /// ## 怎么改
    /// 改为国务院令第711号。
    ///
    /// ## 例外
    /// 写第492号的，另由规则 old-decree-492 处理。
    ///
    /// ## English
    /// The Regulation is cited by a decree number that is neither 711 nor the former 492.
    DecreeNumberWrong {
        code: "L008",
        name: "decree-number-wrong",
        title: "条例的令号写错",
        title_en: "The decree number of the Regulation is wrong",
        severity: Error,
        class: Inaccurate,
        sources: [("tiaoli", "decree")],
        since: "0.1.0",
    }
}

static DECREE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "政府信息公开条例》(?:》)?[ 　]*[（(]?[ 　]*(?:20[0-9]{2}年)?(?:中华人民共和国)?(?:国务院令|国令)[（(〔]?第?[ 　]*(?P<n>[0-9０-９]{1,5}|[一二三四五六七八九十百千零〇]{1,9})[ 　]*号",
    )
});

impl Check for DecreeNumberWrong {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        for line in cx.prose() {
            for found in DECREE.captures_iter(line.text) {
                let Some(n) = found.name("n") else { continue };
                let folded: String = n.as_str().chars().map(fold_width).collect();
                let number = folded.parse::<Decimal>().ok().or_else(|| numeral(&folded));
                let known = [Decimal::from(711), Decimal::from(492)];
                if number.is_none_or(|n| known.contains(&n)) {
                    continue;
                }
                let seen = n.as_str();
                let finding = out
                    .start(
                        cx,
                        say!(
                            "《中华人民共和国政府信息公开条例》是国务院令第711号，写成了第{seen}号",
                            "the Regulation is decree 711 of the State Council, not {seen}"
                        ),
                    )
                    .help(say!("改为“国务院令第711号”", "write 国务院令第711号"))
                    .quote(cx.report, line.index, n.range());
                out.push(finding);
            }
        }
        Ok(())
    }
}
