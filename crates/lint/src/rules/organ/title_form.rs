use nianbao_schema::title::{organ_in, year_in};
use nianbao_text::label;

use crate::prelude::*;

declare_rule! {
    /// 标题不是“机关名称＋年份＋政府信息公开工作年度报告”。
    ///
    /// ## 为什么
    /// 条例把这份文件叫作“政府信息公开工作年度报告”。写成“工作报告”“年报”“2023年度”，检索和归档时容易漏掉。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 标题：关于青禾县水务局2023年度政府信息公开工作的报告
    /// ```
    ///
    /// ## 正确示例
    /// 年份写在机关前面也是通行的写法；网站在标题后加的说明不算：
    /// ```report,good
    /// 标题：2023年青禾县水务局政府信息公开工作年度报告
    /// ```
    /// ```report,good
    /// 标题：青禾县水务局2023年政府信息公开工作年度报告（公示稿）
    /// ```
    ///
    /// ## 怎么改
    /// 写作“××机关××××年政府信息公开工作年度报告”。
    ///
    /// ## 例外
    /// 各地写法很多，只作提示。缺年份、缺机关的另有规则。
    ///
    /// ## English
    /// The title is not "organ, year, 政府信息公开工作年度报告".
    TitleForm {
        code: "D005",
        name: "title-form",
        title: "标题写法不规范",
        title_en: "The title does not have the usual form",
        severity: Info,
        class: Inaccurate,
        sources: [],
        since: "0.1.0",
    }
}

impl Check for TitleForm {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let title = cx.report.title.as_ref().ok_or_else(super::title_year_missing::no_title)?;
        let (Some(organ), Some((year, _))) = (organ_in(&title.text), year_in(&title.text)) else {
            return Ok(());
        };
        let subject = "政府信息公开工作年度报告";
        let (one, two) = (format!("{organ}{year}年{subject}"), format!("{year}年{organ}{subject}"));
        let mut seen = label::normal(title.text.trim_matches(['《', '》', '“', '”']));
        // A remark of the site in brackets behind it is no part of the title.
        if let Some(open) = seen.rfind(['(', '[']).filter(|_| seen.ends_with([')', ']'])) {
            seen.truncate(open);
        }
        if seen == label::normal(&one) || seen == label::normal(&two) {
            return Ok(());
        }
        let words = &title.text;
        let finding = out
            .start(
                cx,
                say!("标题“{words}”不是通行的写法", "the title \"{words}\" does not have the usual form"),
            )
            .help(say!("写作“{one}”", "write \"{one}\""))
            .key("title");
        out.push(super::title_year_missing::about_title(cx, finding, 0..words.len()));
        Ok(())
    }
}
