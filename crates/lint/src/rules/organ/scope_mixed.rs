use std::sync::LazyLock;

use nianbao_schema::organ::Scope;
use nianbao_schema::wording::Wording;
use regex::Regex;

use crate::prelude::*;
use crate::support::pattern;

declare_rule! {
    /// 政府办公室的报告统计了全县（市、区）的数据。
    ///
    /// ## 为什么
    /// 政府办公室的年度报告是本机关的报告；全县的情况由县人民政府的年度报告汇总。两种口径混在一起，同一件申请会被统计两次。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 机关：青禾县人民政府办公室
    /// 年份：2023
    /// 一、总体情况
    /// （一）主动公开
    /// 2023年，全县主动公开政府信息1644条。
    /// （二）依申请公开
    /// 全年新收政府信息公开申请11件。
    /// （三）政府信息管理
    /// 每半年清理一次失效信息。
    /// （四）政府信息公开平台建设
    /// 在门户网站设置公开专栏。
    /// （五）监督保障
    /// 组织业务培训2次，开展工作考核和社会评议，未发生责任追究情形。
    /// ```
    ///
    /// ## 正确示例
    /// 分开写明本机关的数据，或者写对全县的指导，都不是混用；县人民政府的报告本来就写全县：
    /// ```report,good
    /// 机关：青禾县人民政府办公室
    /// 年份：2023
    /// 一、总体情况
    /// （一）主动公开
    /// 2023年，全县主动公开政府信息1644条，其中本机关公开312条。指导全县各单位更新栏目，组织全县培训2次。
    /// （二）依申请公开
    /// 全年新收政府信息公开申请11件。
    /// （三）政府信息管理
    /// 每半年清理一次失效信息。
    /// （四）政府信息公开平台建设
    /// 在门户网站设置公开专栏。
    /// （五）监督保障
    /// 组织业务培训2次，开展工作考核和社会评议，未发生责任追究情形。
    /// ```
    /// ```report,good
    /// 机关：青禾县人民政府
    /// 年份：2023
    /// 一、总体情况
    /// （一）主动公开
    /// 2023年，全县主动公开政府信息1644条。
    /// （二）依申请公开
    /// 全年新收政府信息公开申请11件。
    /// （三）政府信息管理
    /// 每半年清理一次失效信息。
    /// （四）政府信息公开平台建设
    /// 在门户网站设置公开专栏。
    /// （五）监督保障
    /// 组织业务培训2次，开展工作考核和社会评议，未发生责任追究情形。
    /// ```
    ///
    /// ## 怎么改
    /// 只写本机关的数据；需要写全县的，注明并分列。报告是县人民政府的，标题写县人民政府。
    ///
    /// ## English
    /// The report of a general office counts for the whole county or city.
    ScopeMixed {
        code: "D013",
        name: "scope-mixed",
        title: "本机关与全县（市、区）口径混用",
        title_en: "The office's report counts for the whole county or city",
        severity: Warning,
        class: Inaccurate,
        organs: &[OrganKind::Office],
        sources: [("tiaoli", "art49")],
        since: "0.1.0",
    }
}

static COUNT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "(?P<who>(?:全|我)(?:省|市|县|区|州|旗))[^，。；、]{0,10}?(?:公开|收到|受理|新收|办理|答复|办结)[^，。；]{0,16}?[0-9]+ ?(?:条|件|宗)",
    )
});

impl Check for ScopeMixed {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        if cx.report.organ.as_ref().and_then(|o| o.scope) == Some(Scope::Rollup) {
            return Ok(());
        }
        let own = &Wording::get().scope.own;
        let mut counted = Vec::new();
        for line in cx.prose() {
            for found in COUNT.captures_iter(line.text) {
                let Some(who) = found.name("who") else { continue };
                let sentence = line.sentence_words(who.start());
                let apart = own.iter().any(|w| sentence.contains(w.as_str()));
                if !apart && !line.is_quoted(who.start()) {
                    counted.push((line.index, who.start()..found.get(0).map_or(who.end(), |m| m.end())));
                }
            }
        }
        let Some((line, range)) = counted.first() else { return Ok(()) };
        let who = cx.report.lines.get(*line).and_then(|l| l.text.value.get(range.clone())).unwrap_or("");
        let times = counted.len();
        let finding = out
            .start(
                cx,
                say!(
                    "标题是政府办公室的报告，正文却统计“{who}”（共{times}处）",
                    "the title is that of a general office, but the text counts \"{who}\" ({times} such places)"
                ),
            )
            .help(say!(
                "只写本机关的数据，全县（市、区）的数据注明并分列；报告属于政府的，标题写政府",
                "give the office's own numbers and set the others apart; if it is the government's report, say so in the title"
            ))
            .key("scope");
        let finding =
            counted.into_iter().take(5).fold(finding, |f, (line, range)| f.quote(cx.report, line, range));
        out.push(finding);
        Ok(())
    }
}
