use nianbao_schema::claim::{Claim, Digits};

use crate::claims::{about, quoted};
use crate::prelude::*;

declare_rule! {
    /// 同一个数在正文里说了两次，两次不同；或者网站一处就比全部还多。
    ///
    /// ## 为什么
    /// 前后不一，读者无法采信。多是改了一处忘了另一处。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// （一）主动公开
    /// 全年主动公开政府信息20条。
    /// （四）政府信息公开平台建设
    /// 全年公开政府信息16条。
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// （一）主动公开
    /// 全年主动公开政府信息120条。
    /// （四）政府信息公开平台建设
    /// 微信公众号发布信息60条，门户网站公开政府信息100条，一季度公开政府信息16条。
    /// ```
    /// ```report,good
    /// （一）主动公开
    /// 2022年公开政府信息90条，2023年公开政府信息120条，全县公开政府信息2000条。
    /// ```
    ///
    /// ## 怎么改
    /// 核对后保留一个数；确是两件事的，写明各指什么（网站、全年、某一类）。
    ///
    /// ## 例外
    /// 不同年份、渠道、范围的数各说各的；表里有的数由别的规则与表格比较。
    ///
    /// ## English
    /// The text gives two numbers for the same thing.
    TextSelfContradiction {
        code: "X015",
        name: "text-self-contradiction",
        title: "同一件事前后两个数",
        title_en: "The text gives two numbers for one thing",
        severity: Warning,
        class: Inaccurate,
        sources: [("gbgkbh-2021-30", "responsibility")],
        since: "0.1.0",
    }
}

impl Check for TextSelfContradiction {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let claims = || {
            let all = cx.report.claims.iter().enumerate();
            all.filter(|(_, c)| c.scope.is_none() && c.qualifiers.is_empty() && c.exact().is_some())
        };
        // What stands in no table and is said of the whole year.
        let twice = ["disclosed.all"];
        let mut any = false;
        for id in twice {
            let said: Vec<(usize, &Claim)> = claims().filter(|(_, c)| c.quantity_id() == id).collect();
            let Some((_, first)) = said.first() else { continue };
            any |= said.len() > 1;
            said.iter().for_each(|(i, _)| cx.reach(*i));
            let other = said.iter().find(|(_, c)| c.exact() != first.exact() && c.unit == first.unit);
            let site = claims().find(|(_, c)| {
                c.quantity_id() == "disclosed.website"
                    && c.unit == first.unit
                    && quoted(cx.report, c).contains("政府信息")
            });
            let more = site.filter(|(_, c)| c.exact() > first.exact() && c.digits != Digits::None);
            any |= site.is_some();
            let Some((index, second)) = other.copied().or(more) else { continue };
            cx.reach(index);
            let (a, b) = (quoted(cx.report, first), quoted(cx.report, second));
            let finding = out
                .start(
                    cx,
                    say!(
                        "一处说“{a}”，另一处说“{b}”，前后不一致",
                        "the text says \"{a}\" and elsewhere \"{b}\""
                    ),
                )
                .help(say!(
                    "核对后保留一个数；确是两件事的，写明各指什么",
                    "keep the right number; if two things are meant, say which"
                ));
            let finding =
                about(cx, finding, first, Vec::new()).quote(cx.report, second.line, second.phrase.clone());
            out.push(finding);
        }
        if any {
            return Ok(());
        }
        Err(NotAssessable(say!("没有说过两次的数", "no number is given twice")))
    }
}
