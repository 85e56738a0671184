use std::sync::LazyLock;

use nianbao_schema::wording::Wording;
use regex::Regex;

use crate::prelude::*;
use crate::support::{any_of, pattern};

declare_rule! {
    /// 年份、文号里的数字不见了：“青禾县年政务公开工作要点”“〔〕30号”“青政办发【9号】”。
    ///
    /// ## 为什么
    /// 从上一年的文件改写时先删了数字、忘了填上，读者不知道指哪一年、哪个文件。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 五、存在的主要问题及改进情况
    /// 一是落实《青禾县年政务公开工作要点》不够。下一步，将按月检查。
    /// ```
    /// ```report,bad
    /// 五、存在的主要问题及改进情况
    /// 一是落实《关于规范公开的通知》（青政办发【9号】）不够。下一步，将按月检查。
    /// ```
    /// ```report,bad
    /// 五、存在的主要问题及改进情况
    /// 一是落实青政办发〔〕9号文件不够。下一步，将按月检查。
    /// ```
    ///
    /// ## 正确示例
    /// “全年”“当年”“近年”“年度”都不缺数字；没有文号的公开属性也不是：
    /// ```report,good
    /// 五、存在的主要问题及改进情况
    /// 一是全年政务公开培训次数少，每年部门预算公开不够及时，历年工作总结查找不便，近年工作要点解读少，同年部门决算公开较晚，十年规划、青年志愿者信息少。下一步，按青政办发〔2023〕9号文件，公开年度部门预算，截至年底前完成，文号：无〔〕号的另行登记。
    /// ```
    ///
    /// ## 怎么改
    /// 补上年份或者数字；如果原文件里有，是转换时丢的，重新转换。
    ///
    /// ## English
    /// The digits of a year or document number are missing.
    LostNumberOrYear {
        code: "W004",
        name: "lost-number-or-year",
        title: "缺年份或数字",
        title_en: "A year or number is missing",
        severity: Warning,
        class: Inaccurate,
        sources: [],
        since: "0.1.0",
    }
}

static LOST: LazyLock<Regex> = LazyLock::new(|| {
    let after = any_of(&Wording::get().lost_year.after);
    pattern(&format!(
        "(?P<year>(?:[省市县区镇乡州旗局厅委办处]|街道|《)年(?:{after}))|(?P<number>\\p{{Han}}[〔【\\[][ 　]*[〕】\\]][ 　]*[0-9]*[ 　]*号|[发办函字秘规][〔【\\[（(][0-9]{{1,3}}号[〕】\\]）)])|(?P<decree>国务院令第?[ 　]*号|国令第?[ 　]*号)|(?P<day>[自从至到于]年[0-9]{{1,2}}月)"
    ))
});

impl Check for LostNumberOrYear {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        for line in cx.prose() {
            for found in LOST.find_iter(line.text) {
                let seen = found.as_str();
                // 无〔〕号: the page says that there is no number.
                if seen.starts_with('无') {
                    continue;
                }
                let finding = out
                    .start(cx, say!("“{seen}”缺年份或者数字", "a year or number is missing in \"{seen}\""))
                    .help(say!(
                        "补上年份或者数字；原文件里有的，重新转换",
                        "put it in; if the original has it, convert the file again"
                    ))
                    .quote(cx.report, line.index, found.range());
                out.push(finding);
            }
        }
        Ok(())
    }
}
