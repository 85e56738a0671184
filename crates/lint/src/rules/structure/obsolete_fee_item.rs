use nianbao_text::label;

use crate::prelude::*;

declare_rule! {
    /// 仍按旧条例单列“收费及减免情况”一项。
    ///
    /// ## 为什么
    /// “收费及减免情况”是2007年条例第三十二条规定的内容，2019年修订后已经取消。信息处理费写在第六部分。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 六、其他需要报告的事项
    /// 2023年未收取信息处理费。
    /// 五、存在的主要问题及改进情况
    /// 一是更新不够及时。下一步，将按月检查栏目。
    /// （六）政府信息公开的收费及减免情况：无
    /// ```
    ///
    /// ## 正确示例
    /// 在第六部分说明收取、减免信息处理费，不是旧条例的内容：
    /// ```report,good
    /// 六、其他需要报告的事项
    /// （一）信息处理费收费及减免情况：2023年没有收取，没有减免。
    /// ```
    /// 句子里提到收费减免，不是单列一项：
    /// ```report,good
    /// 五、存在的主要问题及改进情况
    /// 一是更新不够及时。下一步，将公开涉企收费及减免情况，按月检查栏目。
    /// ```
    ///
    /// ## 怎么改
    /// 删去这一项；收取过信息处理费的，在第六部分说明。
    ///
    /// ## English
    /// An item on fees and their remission stands in the report as the repealed article 32 wanted it.
    ObsoleteFeeItem {
        code: "S009",
        name: "obsolete-fee-item",
        title: "单列已取消的收费减免一项",
        title_en: "An item that the law no longer has",
        severity: Warning,
        class: Inaccurate,
        shape: true,
        sources: [("tiaoli", "art50"), ("gbgkbh-2021-30", "sections"), ("gbgkbh-2019-60", "sections")],
        since: "0.1.0",
    }
}

impl Check for ObsoleteFeeItem {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        for (at, line) in cx.report.prose().filter(|(_, l)| !matches!(l.section, 0 | 6)) {
            let text = &line.text.value;
            // `（六）…`: an item; a chapter of its own is the old structure as a whole.
            if !text.trim_start().starts_with(['（', '(']) {
                continue;
            }
            let head = text.split(['：', ':', '。', '，', ' ', '\u{3000}']).next().unwrap_or("");
            let normal = label::normal(head);
            let (number, words) = label::split_number(&normal);
            let fee =
                ["收费及减免", "收费和减免", "收费与减免", "收费、减免"].iter().any(|w| words.contains(w));
            if number.is_empty() || !fee || words.chars().count() > 25 {
                continue;
            }
            let finding = out
                .start(
                    cx,
                    say!(
                        "“{head}”是旧条例规定的内容，现在的报告没有这一项",
                        "\"{head}\" is an item of the repealed law; the report no longer has it"
                    ),
                )
                .help(say!(
                    "删去这一项；收取过信息处理费的，在第六部分说明",
                    "delete it; fees for processing information belong into section six"
                ))
                .quote(cx.report, at, 0..head.len());
            out.push(finding);
        }
        Ok(())
    }
}
