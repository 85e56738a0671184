use std::sync::LazyLock;

use nianbao_schema::wording::Wording;
use regex::Regex;

use crate::prelude::*;
use crate::support::{any_of, pattern};

declare_rule! {
    /// 确切的数字后面又写“余”“多”：“68余条”。
    ///
    /// ## 为什么
    /// 个位数都写出来了，就不是约数；写了“余”，读者不知道究竟是多少。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 五、存在的主要问题及改进情况
    /// 68余条信息更新不及时。下一步，将按月检查。
    /// ```
    ///
    /// ## 正确示例
    /// 整十整百的约数、地名里的“余”、日期和时长不报告：
    /// ```report,good
    /// 五、存在的主要问题及改进情况
    /// 60余条信息、1200多件文件更新不及时，3余姚企业、15余杭用户反映，2个多月未改，1.2万余次浏览。下一步，将按月检查。
    /// ```
    ///
    /// ## 怎么改
    /// 写确切的数字，删去“余”“多”。
    ///
    /// ## English
    /// An exact number is followed by 余 or 多.
    VaguePlusExact {
        code: "W016",
        name: "vague-plus-exact",
        title: "确数后又写约数",
        title_en: "An exact number is called vague",
        severity: Info,
        class: Inaccurate,
        sources: [],
        since: "0.1.0",
    }
}

static BOTH: LazyLock<Regex> = LazyLock::new(|| {
    let units = any_of(&Wording::get().exact.units);
    pattern(&format!("(?P<n>[0-9０-９]+)(?:余|多)(?:{units})"))
});

impl Check for VaguePlusExact {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        for line in cx.prose() {
            for found in BOTH.captures_iter(line.text) {
                let (Some(whole), Some(n)) = (found.get(0), found.name("n")) else { continue };
                let round = n.as_str().ends_with(['0', '０']);
                let tail = line.text[..n.start()]
                    .ends_with(|c: char| c.is_ascii_alphanumeric() || ['.', '．', ',', '〔'].contains(&c));
                if round || tail {
                    continue;
                }
                let seen = whole.as_str();
                let finding = out
                    .start(cx, say!("“{seen}”既是确数又是约数", "\"{seen}\" is exact and vague at once"))
                    .help(say!("写确切的数字，删去“余”“多”", "give the exact number alone"))
                    .quote(cx.report, line.index, whole.range());
                out.push(finding);
            }
        }
        Ok(())
    }
}
