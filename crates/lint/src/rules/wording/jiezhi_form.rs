use std::sync::LazyLock;

use regex::Regex;

use crate::prelude::*;
use crate::support::{pattern, replace};

declare_rule! {
    /// 日期前的“截至”写成了“截止”。
    ///
    /// ## 为什么
    /// “截至”表示到某时为止（后面接时间），“截止”表示停止（前面接事情）。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 五、存在的主要问题及改进情况
    /// 截止2023年12月底，仍有2个栏目更新不及时。下一步，将按月检查。
    /// ```
    ///
    /// ## 正确示例
    /// “截止日期”“报名截止”用得对：
    /// ```report,good
    /// 五、存在的主要问题及改进情况
    /// 截至2023年12月底，2个栏目的截止日期设置有误，申请截止2023年12月31日的公告、意见征集截止12月20日的公告更新不及时，申请于12月31日截止。下一步，将按月检查。
    /// ```
    ///
    /// ## 怎么改
    /// 改为“截至”。
    ///
    /// ## 例外
    /// 前面是“申请”“报名”“征集”等词的，指停止，不报告。
    ///
    /// ## English
    /// 截止 stands before a date, where 截至 is right.
    JiezhiForm {
        code: "W009",
        name: "jiezhi-form",
        title: "“截止”应为“截至”",
        title_en: "截止 is written for 截至",
        severity: Info,
        class: Inaccurate,
        sources: [],
        fixable: true,
        since: "0.1.0",
    }
}

static WRONG: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "截止(?:到|至|于)?(?P<time> ?(?:[0-9０-９]{4} ?年|[0-9]{1,2} ?月|目前|当前|本年|今年|去年|年底|年末|上年|报告期|发稿|统计))",
    )
});

/// What may stop: after these words 截止 is right.
const STOPPING: &[&str] = &[
    "申请", "报名", "征集", "投票", "受理", "提交", "缴费", "投标", "招标", "意见", "公示", "报送", "登记",
    "活动", "时间",
];

impl Check for JiezhiForm {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        for line in cx.prose() {
            for found in WRONG.captures_iter(line.text) {
                let (Some(whole), Some(time)) = (found.get(0), found.name("time")) else { continue };
                let range = whole.start()..time.start();
                let before = &line.text[..range.start];
                if STOPPING.iter().any(|w| before.ends_with(w)) || line.is_quoted(range.start) {
                    continue;
                }
                let seen = &line.text[range.clone()];
                let finding = out
                    .start(cx, say!("日期前用“截至”，不用“{seen}”", "before a date write 截至, not {seen}"))
                    .help(say!("改为“截至”", "write 截至"))
                    .fix(replace(cx.report, line.index, range.clone(), "截至"))
                    .quote(cx.report, line.index, range);
                out.push(finding);
            }
        }
        Ok(())
    }
}
