use nianbao_text::label;

use crate::prelude::*;

declare_rule! {
    /// 总体情况各项的编号不从（一）开始，或者跳号、重号。
    ///
    /// ## 为什么
    /// 编号断了，读者会以为漏了一项；多是从别的报告复制时没有改。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 一、总体情况
    /// （二）主动公开
    /// 公开各类信息312条。
    /// （三）依申请公开
    /// 均在法定期限内答复申请人。
    /// （四）政府信息管理
    /// 严格落实信息审核制度。
    /// （五）政府信息公开平台建设
    /// 门户网站增设专栏。
    /// （六）监督保障
    /// 组织业务学习2次，考核各科室。
    /// ```
    /// ```report,bad
    /// 一、总体情况
    /// （一）主动公开
    /// 公开各类信息312条。
    /// （二）依申请公开
    /// 均在法定期限内答复申请人。
    /// （三）政府信息管理
    /// 严格落实信息审核制度。
    /// （三）政府信息公开平台建设
    /// 门户网站增设专栏。
    /// （四）监督保障
    /// 组织业务学习2次，考核各科室。
    /// ```
    ///
    /// ## 正确示例
    /// 没有编号的（自动编号在转换时会丢失）不算错：
    /// ```report,good
    /// 一、总体情况
    /// 主动公开
    /// 公开各类信息312条。
    /// 依申请公开
    /// 均在法定期限内答复申请人。
    /// 政府信息管理
    /// 严格落实信息审核制度。
    /// 平台建设
    /// 门户网站增设专栏。
    /// 监督保障
    /// 组织业务学习2次，考核各科室。
    /// ```
    /// 中间插入本机关的其他工作，编号仍然连续：
    /// ```report,good
    /// 一、总体情况
    /// （一）主动公开
    /// 公开各类信息312条。
    /// （二）政策解读
    /// 发布图解8期。
    /// （三）依申请公开
    /// 均在法定期限内答复申请人。
    /// （四）政府信息管理
    /// 严格落实信息审核制度。
    /// （五）政府信息公开平台建设
    /// 门户网站增设专栏。
    /// （六）监督保障
    /// 组织业务学习2次，考核各科室。
    /// ```
    ///
    /// ## 怎么改
    /// 从（一）起连续编号。
    ///
    /// ## English
    /// The numbers of the parts of section one do not begin with （一）, skip a number or repeat one.
    OverviewPartNumbering {
        code: "S013",
        name: "overview-part-numbering",
        title: "总体情况各项编号不连续",
        title_en: "The parts of section one are misnumbered",
        severity: Warning,
        class: Inaccurate,
        shape: true,
        sources: [("gbgkbh-2021-30", "overview"), ("gbgkbh-2019-60", "sections")],
        since: "0.1.0",
    }
}

const NUMERALS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

/// The number of a line that begins with `（三）`.
fn bracketed(line: &str) -> Option<usize> {
    let line = line.trim_start();
    if !line.starts_with(['（', '(']) {
        return None;
    }
    let head: String = line.chars().take(8).collect();
    let normal = label::normal(&head);
    let (number, _) = label::split_number(&normal);
    NUMERALS.iter().position(|n| *n == number).map(|at| at + 1)
}

impl Check for OverviewPartNumbering {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let Some(section) = cx.report.section(1) else {
            return Err(NotAssessable(say!("没有第一部分", "there is no section one")));
        };
        let number = |line: usize| bracketed(&cx.report.lines[line].text.value);
        let parts: Option<Vec<(usize, usize)>> =
            section.parts.iter().map(|p| number(p.heading).map(|n| (p.heading, n))).collect();
        let Some(parts) = parts.filter(|p| p.len() > 1) else {
            return Err(NotAssessable(say!(
                "各项没有（一）这样的编号",
                "the parts have no numbers such as （一）"
            )));
        };
        let mut from = section.body.start;
        let mut last = 0;
        for (line, seen) in parts {
            // Items of the organ's own between two parts have numbers too.
            let mut between: Vec<usize> = (from..line).filter_map(number).collect();
            between.sort_unstable();
            let expected = (last + 1..seen).find(|n| !between.contains(n)).unwrap_or(seen);
            if expected != seen || seen <= last {
                let expected = if seen <= last { last + 1 } else { expected };
                let (seen, expected) = (NUMERALS[seen - 1], NUMERALS.get(expected - 1).unwrap_or(&"…"));
                let text = &cx.report.lines[line].text.value;
                let end = text
                    .find(['）', ')'])
                    .map_or(text.len(), |at| at + text[at..].chars().next().map_or(0, char::len_utf8));
                let finding = out
                    .start(
                        cx,
                        say!(
                            "总体情况的编号不连续：此处是（{seen}），应为（{expected}）",
                            "the parts of section one are misnumbered: （{seen}） where （{expected}） is due"
                        ),
                    )
                    .help(say!("从（一）起连续编号", "number them from （一） on without gaps"))
                    .quote(cx.report, line, 0..end)
                    .key("numbering");
                out.push(finding);
                return Ok(());
            }
            (from, last) = (line + 1, seen);
        }
        Ok(())
    }
}
