use std::sync::LazyLock;

use regex::Regex;

use crate::prelude::*;

declare_rule! {
    /// 引用已经修订的旧条例：国务院令第492号。
    ///
    /// ## 为什么
    /// 条例2019年修订，以国务院令第711号公布，自2019年5月15日起施行。此后的报告应以新条例为依据。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 本报告根据《中华人民共和国政府信息公开条例》（国务院令第492号）编制。
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// 2019年，《中华人民共和国政府信息公开条例》由国务院令第492号修订为国务院令第711号。
    /// 原条例（国务院令第492号）施行期间形成的信息继续有效。
    /// ```
    ///
    /// ## 怎么改
    /// 改为国务院令第711号。
    ///
    /// ## 例外
    /// 讲修订经过的句子（有“修订”“原”字样，或者同时写了711号）不报告；2018年度及以前的报告引用492号是对的。
    ///
    /// ## English
    /// The Regulation is cited by the number of the decree of 2007, revised in 2019.
    OldDecreeNumber {
        code: "L002",
        name: "old-decree-492",
        title: "引用已修订的旧条例",
        title_en: "The Regulation is cited by its old decree",
        severity: Error,
        class: Inaccurate,
        shape: true,
        sources: [("tiaoli", "decree")],
        since: "0.1.0",
    }
}

static OLD: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new("(?:国务院令|国令)[（(〔]?第?[ 　]*(?:492|４９２)[ 　]*号").ok());

impl Check for OldDecreeNumber {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let Some(old) = OLD.as_ref() else { return Ok(()) };
        for (index, line) in cx.report.prose() {
            let text = &line.text.value;
            for found in old.find_iter(text) {
                let sentence = &text[nianbao_text::sentence::sentence_at(text, found.start())];
                if ["711", "７１１", "修订", "修改", "原《", "原条例", "旧条例", "废止", "施行期间"]
                    .iter()
                    .any(|w| sentence.contains(w))
                {
                    continue;
                }
                let finding = out
                    .start(
                        cx,
                        say!(
                            "国务院令第492号是修订前的条例，2019年5月15日起施行的是国务院令第711号",
                            "decree 492 is the Regulation before its revision; decree 711 has been in force since 2019-05-15"
                        ),
                    )
                    .help(say!("改为“国务院令第711号”", "write 国务院令第711号"))
                    .quote(cx.report, index, found.range());
                out.push(finding);
            }
        }
        Ok(())
    }
}
