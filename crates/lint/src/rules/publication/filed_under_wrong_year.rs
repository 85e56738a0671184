use std::sync::LazyLock;

use regex::Regex;

use crate::prelude::*;
use crate::support::pattern;

declare_rule! {
    /// 网页放在了更早年份的栏目里。
    ///
    /// ## 为什么
    /// 年度报告专栏按年份分栏，放错了，按年份查找的人找不到这一年的报告。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 年份：2023
    /// 网址：https://www.qinghe.example/xxgk/nb/2022n/t_118.html
    /// ```
    ///
    /// ## 正确示例
    /// 公布年份、更晚的年份，都可能是网站按公布时间分的目录；路径里的编号不是年份：
    /// ```report,good
    /// 年份：2023
    /// 网址：https://www.qinghe.example/xxgk/art/2024/1/16/art_20221_2019887.html
    /// ```
    /// ```report,good
    /// 年份：2023
    /// 网址：https://www.qinghe.example/xxgk/nb/2023n/t_118.html
    /// ```
    ///
    /// ## 怎么改
    /// 移到本年度的栏目。
    ///
    /// ## 例外
    /// 只看网页自己写明的地址，不看本地文件夹的名称。
    ///
    /// ## English
    /// The page stands in the folder of an earlier year than the report's.
    FiledUnderWrongYear {
        code: "D022",
        name: "filed-under-wrong-year",
        title: "网页放在别的年份栏目下",
        title_en: "The page stands in the folder of another year",
        severity: Info,
        class: Inaccurate,
        sources: [],
        since: "0.1.0",
    }
}

/// A folder that is a year: `/2022/`, `/2022n/`, `/2022nd/`.
static FOLDER: LazyLock<Regex> = LazyLock::new(|| pattern("/(20[0-9]{2})(?:n|nd|nian|niandu|年|年度)?/"));

impl Check for FiledUnderWrongYear {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let year = cx.year()?;
        let Some(url) = &cx.report.url else {
            return Err(NotAssessable(say!("没有网页地址", "the address of the page is not known")));
        };
        let folder = FOLDER.captures_iter(url).last().and_then(|c| c.get(1)?.as_str().parse::<u16>().ok());
        let Some(folder) = folder.filter(|f| *f < year) else { return Ok(()) };
        let finding = out
            .start(
                cx,
                say!(
                    "{year}年度的报告放在{folder}年的目录下：{url}",
                    "the report for {year} stands in the folder of {folder}: {url}"
                ),
            )
            .help(say!("移到{year}年度的栏目", "move it to the folder of {year}"))
            .key("folder");
        out.push(finding);
        Ok(())
    }
}
