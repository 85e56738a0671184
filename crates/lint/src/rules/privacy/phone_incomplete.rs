use std::sync::LazyLock;

use regex::Regex;

use crate::prelude::*;
use crate::support::pattern;

declare_rule! {
    /// 电话号码没有区号。
    ///
    /// ## 为什么
    /// 年度报告向全国公开，没有区号的座机外地打不通。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// （五）监督保障
    /// 组织考核和培训2次，未发生责任追究情形。监督电话：2200118。
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// （五）监督保障
    /// 组织考核和培训2次，未发生责任追究情形。监督电话：0599-2200118、（0599）2200118，热线电话12345。
    /// ```
    ///
    /// ## 怎么改
    /// 写上区号。
    ///
    /// ## 例外
    /// 默认不检查。
    ///
    /// ## English
    /// A telephone number has no area code.
    PhoneIncomplete {
        code: "P006",
        name: "phone-incomplete",
        title: "电话缺区号",
        title_en: "A telephone number without area code",
        severity: Info,
        class: Inaccurate,
        off: true,
        sources: [],
        since: "0.1.0",
    }
}

static WRONG: LazyLock<Regex> =
    LazyLock::new(|| pattern("(?:电话|传真)[为：: ]{0,2}([2-8][0-9]{6,7})(?:[^0-9]|$)"));

impl Check for PhoneIncomplete {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        for line in cx.prose() {
            for found in WRONG.captures_iter(line.text) {
                let Some(found) = found.get(1) else { continue };
                let seen = found.as_str();
                let finding = out
                    .start(cx, say!("电话“{seen}”没有区号", "the number {seen} has no area code"))
                    .help(say!("写上区号，如0599-2200118", "write the area code"))
                    .quote(cx.report, line.index, found.range());
                out.push(finding);
            }
        }
        Ok(())
    }
}
