use crate::prelude::*;

declare_rule! {
    /// 总体情况五项的顺序与统一格式不同。
    ///
    /// ## 为什么
    /// 五项按主动公开、依申请公开、政府信息管理、平台建设、监督保障排列，便于对照和汇总。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 一、总体情况
    /// （一）依申请公开
    /// 均在法定期限内答复申请人。
    /// （二）主动公开
    /// 公开各类信息312条。
    /// （三）政府信息管理
    /// 严格落实信息审核制度。
    /// （四）政府信息公开平台建设
    /// 门户网站增设专栏。
    /// （五）监督保障
    /// 组织业务学习2次，考核各科室。
    /// ```
    ///
    /// ## 正确示例
    /// 中间插入本机关的其他工作，不算顺序不对：
    /// ```report,good
    /// 一、总体情况
    /// （一）主动公开
    /// 公开各类信息312条。
    /// （二）依申请公开
    /// 均在法定期限内答复申请人。
    /// （三）政策解读
    /// 发布图解8期。
    /// （四）政府信息管理
    /// 严格落实信息审核制度。
    /// （五）政府信息公开平台建设
    /// 门户网站增设专栏。
    /// （六）监督保障
    /// 组织业务学习2次，考核各科室。
    /// ```
    ///
    /// ## 怎么改
    /// 按统一格式的顺序排列。
    ///
    /// ## English
    /// The parts of section one stand in another order than in the form.
    OverviewPartOrder {
        code: "S012",
        name: "overview-part-order",
        title: "总体情况五项顺序不对",
        title_en: "The parts of section one are in another order",
        severity: Info,
        class: Inaccurate,
        shape: true,
        years: (2021, u16::MAX),
        sources: [("gbgkbh-2021-30", "overview")],
        since: "0.1.0",
    }
}

impl Check for OverviewPartOrder {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let Some(section) = cx.report.section(1) else {
            return Err(NotAssessable(say!("没有第一部分", "there is no section one")));
        };
        let late = section.parts.windows(2).find(|pair| pair[1].number < pair[0].number);
        let Some([before, part]) = late else { return Ok(()) };
        let name = |number: u8| {
            cx.form().parts.iter().find(|p| p.number == number).map_or("", |p| p.heading.as_str())
        };
        let (first, second) = (name(part.number), name(before.number));
        let order = cx.form().parts.iter().map(|p| p.heading.as_str()).collect::<Vec<_>>().join("、");
        let length = cx.report.lines[part.heading].text.value.len();
        let finding = out
            .start(
                cx,
                say!(
                    "总体情况中“{first}”排在“{second}”之后",
                    "\"{first}\" stands behind \"{second}\" in section one"
                ),
            )
            .help(say!("按{order}的顺序排列", "the order is: {order}"))
            .quote(cx.report, part.heading, 0..length)
            .key("order");
        out.push(finding);
        Ok(())
    }
}
