use nianbao_text::label;

use crate::prelude::*;

declare_rule! {
    /// 同一个标题出现两次。
    ///
    /// ## 为什么
    /// 六个部分各写一次。标题重复，多是复制上年报告时没有删净，读者不知道以哪一处为准。
    ///
    /// ## 错误示例
    /// ```report,bad,also-S001
    /// | 六、其他需要报告的事项 → 五、存在的主要问题及改进情况 |
    /// ```
    ///
    /// ## 正确示例
    /// 正文里提到标题，不是重复：
    /// ```report,good
    /// 六、其他需要报告的事项
    /// 按照《政府信息公开信息处理费管理办法》，2023年未收取信息处理费。改进措施见“五、存在的主要问题及改进情况”。
    /// ```
    ///
    /// ## 怎么改
    /// 两处内容合并，删去多余的标题。
    ///
    /// ## 例外
    /// 网页把标题连着印两遍、目录、一个网页上有几份报告的，不算重复。
    ///
    /// ## English
    /// An official heading stands twice in the report, with text below both.
    SectionDuplicate {
        code: "S007",
        name: "section-duplicate",
        title: "标题重复",
        title_en: "A heading occurs twice",
        severity: Warning,
        class: Inaccurate,
        shape: true,
        sources: [("gbgkbh-2021-30", "sections"), ("gbgkbh-2019-60", "sections")],
        since: "0.1.0",
    }
}

/// So many headings that come again are another report on the same page.
const ANOTHER_REPORT: usize = 3;

impl Check for SectionDuplicate {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let headings: Vec<(u8, String)> =
            cx.form().sections.iter().map(|s| (s.number, label::normal(&s.heading))).collect();
        let longest = headings.iter().map(|(_, h)| h.len()).max().unwrap_or(0);
        let again: Vec<(usize, u8)> = cx
            .report
            .prose()
            .filter(|(_, l)| l.section > 0 && l.text.value.len() <= 2 * longest)
            .filter_map(|(at, l)| {
                let normal = label::normal(&l.text.value);
                headings.iter().find(|(_, h)| *h == normal).map(|(number, _)| (at, *number))
            })
            .collect();
        let mut numbers: Vec<u8> = again.iter().map(|(_, n)| *n).collect();
        numbers.sort_unstable();
        numbers.dedup();
        if numbers.len() >= ANOTHER_REPORT {
            return Err(NotAssessable(say!(
                "多个标题重复，像是几份报告在一起",
                "many headings come again: there seem to be several reports in the file"
            )));
        }
        for (at, number) in again {
            let Some(first) = cx.report.section(number) else { continue };
            // Printed twice in a row, by a content management system.
            if at.abs_diff(first.heading) == 1 {
                continue;
            }
            let text = &cx.report.lines[at].text.value;
            let seen = text.trim();
            let finding = out
                .start(cx, say!("标题“{seen}”出现两次", "the heading \"{seen}\" occurs twice"))
                .help(say!(
                    "把两处内容合并到一个标题下，删去多余的标题",
                    "put both texts below one heading and delete the other"
                ))
                .quote(cx.report, at, 0..text.len());
            out.push(finding);
        }
        Ok(())
    }
}
