use nianbao_text::date::is_day;

use crate::prelude::*;

declare_rule! {
    /// 统计期限不是报告年度的1月1日至12月31日。
    ///
    /// ## 为什么
    /// 条例要求报告上一年度的情况，数据按自然年统计。期限写错，数据就可能少统计或者多统计了几天。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 年份：2023
    /// 本报告所列数据的统计期限为2023年1月1日至12月21日。
    /// ```
    ///
    /// ## 正确示例
    /// 年中成立的机关，期限从成立之日起是对的；讲某项工作的起止时间，不是统计期限：
    /// ```report,good
    /// 年份：2023
    /// 我局于2023年4月组建，本报告所列数据的统计期限为2023年4月12日至2023年12月31日。
    /// ```
    /// ```report,good
    /// 年份：2023
    /// 本报告根据条例编制。2023年5月1日至2023年5月31日，集中清理了失效信息。
    /// ```
    ///
    /// ## 怎么改
    /// 核对数据的实际起止日期；数据无误的，写作1月1日至12月31日。
    ///
    /// ## 例外
    /// 句子说明机关当年成立、组建、合并、撤销的，不报告。
    ///
    /// ## English
    /// The period of the statistics is not the whole report year.
    StatPeriodWrong {
        code: "D009",
        name: "stat-period-wrong",
        title: "统计期限不是整个年度",
        title_en: "The period is not the whole year",
        severity: Error,
        class: Inaccurate,
        sources: [("tiaoli", "art49")],
        since: "0.1.0",
    }
}

impl Check for StatPeriodWrong {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let Some(period) = &cx.report.period else {
            return Err(NotAssessable(say!("没有写统计期限", "no period is stated")));
        };
        let year = period.from.0;
        // Which year is right is another rule's question.
        if period.from == (year, 1, 1) && period.to == (year, 12, 31) {
            return Ok(());
        }
        let (from, to) = (period.from, period.to);
        let exists = |(y, m, d): (u16, u8, u8)| is_day(y, m.into(), d.into());
        let (index, range) = period.at.clone();
        let Some(line) = cx.prose().iter().find(|l| l.index == index) else { return Ok(()) };
        let sentence = line.sentence_words(range.start);
        let about =
            ["统计", "期限", "时限", "期间", "数据", "涵盖", "报告期"].iter().any(|w| sentence.contains(w));
        let partial = ["成立", "组建", "合并", "撤销", "挂牌", "设立", "机构改革", "划转", "新建"];
        if !exists(from) || !exists(to) || !about || partial.iter().any(|w| line.text.contains(w)) {
            return Ok(());
        }
        let day = |(y, m, d): (u16, u8, u8)| format!("{y}年{m}月{d}日");
        let (seen_from, seen_to) = (day(from), day(to));
        let finding = out
            .start(
                cx,
                say!(
                    "统计期限写的是{seen_from}至{seen_to}，不是{year}年全年",
                    "the period given is {seen_from} to {seen_to}, not the whole of {year}"
                ),
            )
            .help(say!(
                "核对数据的实际起止日期；数据无误的，写作{year}年1月1日至{year}年12月31日",
                "check from when to when the data was counted; if it is right, write {year}年1月1日至{year}年12月31日"
            ))
            .quote(cx.report, line.index, range);
        out.push(finding);
        Ok(())
    }
}
