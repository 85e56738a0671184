use std::sync::LazyLock;

use regex::Regex;

use crate::prelude::*;

declare_rule! {
    /// 把条例说成是别的机关的文件，例如“中共中央办公厅、国务院办公厅关于《政府信息公开条例》”。
    ///
    /// ## 为什么
    /// 《中华人民共和国政府信息公开条例》是国务院令公布的行政法规，不是办公厅的文件。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 本机关认真贯彻中共中央办公厅、国务院办公厅关于《中华人民共和国政府信息公开条例》的要求。
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// 本机关认真贯彻国务院《政府信息公开条例》和国务院办公厅关于施行《政府信息公开条例》若干问题的意见，参加县政府《政府信息公开条例》培训，转发国务院办公厅关于《政府信息公开条例》的解读文件，按照市政府《政府信息公开条例》落实方案开展工作。
    /// ```
    ///
    /// ## 怎么改
    /// 删去条例前面的机关名称和“关于”，只写《中华人民共和国政府信息公开条例》（国务院令第711号）。
    ///
    /// ## 例外
    /// 办公厅关于贯彻、施行条例的意见、通知，发文机关是对的，不报告。
    ///
    /// ## English
    /// The Regulation is attributed to an office that did not issue it; it is a decree of the State Council.
    LegalIssuerMismatch {
        code: "L001",
        name: "legal-issuer-mismatch",
        title: "法规的制定机关有误",
        title_en: "A regulation is attributed to the wrong issuer",
        severity: Warning,
        class: Inaccurate,
        sources: [("tiaoli", "decree")],
        since: "0.1.0",
    }
}

static WRONG: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let issuer = "(?:中共中央办公厅|国务院办公厅|中办|国办|两办|全国人大常委会|全国人大|[^，。；、《》（）]{0,8}(?:省|市|县|区)(?:委|人民政府|政府)(?:办公厅|办公室|办)?)";
    Regex::new(&format!(
        "(?:{issuer}[、和及])?{issuer}(?:联合)?(?:关于|印发的?|发布的?|颁布的?|制定的?|出台的?|的)?《(?:中华人民共和国)?政府信息公开条例》"
    ))
    .ok()
});

impl Check for LegalIssuerMismatch {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let Some(wrong) = WRONG.as_ref() else { return Ok(()) };
        for (index, line) in cx.report.prose() {
            let text = &line.text.value;
            for found in wrong.find_iter(text) {
                let after = text[found.end()..].trim_start();
                // 国办关于《条例》有关问题的解释, 县政府《条例》培训: about the Regulation, and theirs. Only where the Regulation
                // itself is meant does the sentence end, list on, or name its demands.
                let itself = [
                    "（",
                    "(",
                    "、",
                    "和",
                    "及",
                    "与",
                    "等",
                    "，",
                    "。",
                    "；",
                    "”",
                    "的要求",
                    "要求",
                    "的规定",
                    "规定",
                    "的精神",
                    "精神",
                    "的文件",
                    "文件",
                ];
                if !after.is_empty() && !itself.iter().any(|w| after.starts_with(w)) {
                    continue;
                }
                let issuer = &found.as_str()[..found.as_str().find('《').unwrap_or(0)];
                let mut issuer = issuer.trim_end_matches("的").trim_end_matches("关于");
                // 按照市政府: the verb is no part of the name.
                for verb in ["按照", "根据", "依据", "依照", "遵照", "贯彻", "落实", "学习", "执行"]
                {
                    issuer = issuer.trim_start_matches(verb);
                }
                let start = found.start() + found.as_str().find(issuer).unwrap_or(0);
                let finding = out
                    .start(
                        cx,
                        say!(
                            "《中华人民共和国政府信息公开条例》由国务院令公布，不是“{issuer}”的文件",
                            "the Regulation is a decree of the State Council, not a document of \"{issuer}\""
                        ),
                    )
                    .help(say!(
                        "删去条例前的机关名称，写《中华人民共和国政府信息公开条例》（国务院令第711号）",
                        "name the Regulation alone: 《中华人民共和国政府信息公开条例》（国务院令第711号）"
                    ))
                    .quote(cx.report, index, start..found.end());
                out.push(finding);
            }
        }
        Ok(())
    }
}
