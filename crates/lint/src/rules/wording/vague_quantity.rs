use std::sync::LazyLock;

use nianbao_schema::wording::Wording;
use regex::Regex;

use crate::prelude::*;

declare_rule! {
    /// 总体情况里用“近万次”“上千条”代替数字。
    ///
    /// ## 为什么
    /// 年度报告要求数据准确。约数无法核对，也无法与表格、上一年比较。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 一、总体情况
    /// （一）主动公开
    /// 通过门户网站公开信息上千条。
    /// （二）依申请公开
    /// 全年新收申请11件。
    /// （三）政府信息管理
    /// 严格落实信息审核制度。
    /// （四）政府信息公开平台建设
    /// 门户网站增设政策解读专栏。
    /// （五）监督保障
    /// 组织业务培训2次。
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// 五、存在的主要问题及改进情况
    /// 面对数百个栏目，更新不够及时。下一步，将按月检查。
    /// ```
    ///
    /// ## 怎么改
    /// 写核对过的准确数字；没有统计的，不写数量。
    ///
    /// ## 例外
    /// 只检查第一部分；存在的问题里的概括说法不报告。
    ///
    /// ## English
    /// Section one gives a vague quantity where a number could be checked.
    VagueQuantity {
        code: "W002",
        name: "vague-quantity",
        title: "数量含糊",
        title_en: "A quantity is vague",
        severity: Info,
        class: Inaccurate,
        sources: [],
        since: "0.1.0",
    }
}

static VAGUE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let vague = &Wording::get().vague;
    let any = |words: &[String]| {
        // Longer words first: 万 must not take what belongs to 万次.
        let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
        words.sort_by_key(|w| std::cmp::Reverse(w.len()));
        words.join("|")
    };
    let (hedges, magnitudes, units) = (any(&vague.hedges), any(&vague.magnitudes), any(&vague.units));
    Regex::new(&format!("(?:{hedges})(?:{magnitudes})(?:余|多)?(?:{units})")).ok()
});

impl Check for VagueQuantity {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let Some(vague) = VAGUE.as_ref() else { return Ok(()) };
        for (index, line) in cx.report.prose().filter(|(_, l)| l.section == 1) {
            let text = &line.text.value;
            for found in vague.find_iter(text) {
                let words = found.as_str();
                // 网站上百余个栏目: the place word 上, not the hedge.
                let place = text[..found.start()]
                    .ends_with(['站', '线', '网', '台', '栏', '会', '手', '端', '面', '以']);
                if words.starts_with('上') && place {
                    continue;
                }
                let finding = out
                    .start(
                        cx,
                        say!(
                            "“{words}”是约数，无法核对",
                            "\"{words}\" is a vague quantity that cannot be checked"
                        ),
                    )
                    .help(say!(
                        "写核对过的准确数字；没有统计的，不写数量",
                        "give the checked number, or none"
                    ))
                    .quote(cx.report, index, found.range());
                out.push(finding);
            }
        }
        Ok(())
    }
}
