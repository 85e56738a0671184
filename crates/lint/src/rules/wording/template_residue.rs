use std::sync::LazyLock;

use nianbao_schema::wording::Wording;
use regex::Regex;

use crate::prelude::*;
use crate::support::{any_of, pattern};

declare_rule! {
    /// 留着模板的说明文字或者占位符：“该部分以表格形式报告”“××局”“20XX年”。
    ///
    /// ## 为什么
    /// 公布的报告里出现填写说明和占位符，说明没有校对，也可能漏填了数据。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 五、存在的主要问题及改进情况
    /// 该部分以表格形式报告。一是更新不够及时，下一步按月检查。
    /// ```
    /// ```report,bad
    /// 五、存在的主要问题及改进情况
    /// 一是更新不够及时。下一步，XX局将加强培训。
    /// ```
    /// ```report,bad
    /// 五、存在的主要问题及改进情况
    /// 一是更新不够及时。20XX年，将加强培训。
    /// ```
    ///
    /// ## 正确示例
    /// 隐去当事人名称用的“××”、表格的说明、正常的括号不是占位符：
    /// ```report,good
    /// 五、存在的主要问题及改进情况
    /// 一是对陈××诉××局一案的经验总结不够，××县××镇某某申请公开案的教训吸取不够。下一步，详细数据见下表，公众可在线填写申请表（在线填写申请表的入口在首页），勾选□同意，检查X光机采购信息。
    /// ```
    ///
    /// ## 怎么改
    /// 删去说明文字；占位符换成实际内容。
    ///
    /// ## 例外
    /// 讲诉讼、申请人的句子里用“××”隐名的不报告。
    ///
    /// ## English
    /// Instructions or placeholders of a template are left in the report.
    TemplateResidue {
        code: "W003",
        name: "template-residue",
        title: "模板文字没有删净",
        title_en: "Words of the template are left",
        severity: Error,
        class: Inaccurate,
        sources: [("gbgkbh-2021-30", "responsibility")],
        since: "0.1.0",
    }
}

static RESIDUE: LazyLock<Regex> = LazyLock::new(|| {
    let residue = &Wording::get().residue;
    let (phrases, bracketed) = (any_of(&residue.phrases), any_of(&residue.bracketed));
    let behind = "年|月|日|条|件|次|份|万元|元|局|镇|乡|县|市|区|街道|单位|部门|机关|省|政府|办公室|号|%|％";
    pattern(&format!(
        "(?:{phrases})|[（(【\\[](?:{bracketed})[^）)】\\]]{{0,12}}[）)】\\]]|20[×xXＸ*＊]{{2}}|(?P<mask>[×XＸ□]{{2,}}(?:{behind})|□{{2,}}|\\p{{Han}}[_＿]{{3,}}\\p{{Han}})"
    ))
});

impl Check for TemplateResidue {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let masking = &Wording::get().residue.masking;
        for line in cx.prose() {
            let mut told = None;
            for found in RESIDUE.captures_iter(line.text) {
                let Some(whole) = found.get(0) else { continue };
                let sentence = line.sentence(whole.start());
                let words = &line.text[sentence.clone()];
                let masked =
                    found.name("mask").is_some() && masking.iter().any(|w| words.contains(w.as_str()));
                // Several placeholders of a sentence are one slip.
                if masked || told.replace(sentence.start) == Some(sentence.start) {
                    continue;
                }
                let seen = whole.as_str();
                let finding = out
                    .start(
                        cx,
                        say!(
                            "“{seen}”是模板的文字，没有换成实际内容",
                            "\"{seen}\" is left over from a template"
                        ),
                    )
                    .help(say!("删去说明文字，占位符换成实际内容", "delete it, or put in what belongs there"))
                    .quote(cx.report, line.index, whole.range());
                out.push(finding);
            }
        }
        Ok(())
    }
}
