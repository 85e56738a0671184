use nianbao_schema::wording::Wording;

use crate::finding::Edit;
use crate::prelude::*;

declare_rule! {
    /// 动词前的“地”写成了“的”：“更好的为群众服务”。
    ///
    /// ## 为什么
    /// 修饰动词用“地”，修饰名词用“的”。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 五、存在的主要问题及改进情况
    /// 一是解读形式单一。下一步，更好的为群众提供信息。
    /// ```
    ///
    /// ## 正确示例
    /// ```report,good
    /// 五、存在的主要问题及改进情况
    /// 一是解读形式单一。下一步，为群众提供更好的服务，更好地满足群众需求。
    /// ```
    ///
    /// ## 怎么改
    /// 改为“地”。
    ///
    /// ## 例外
    /// “提供更好的服务”中的“更好的”修饰名词，不报告。
    ///
    /// ## English
    /// 的 stands before a verb, where 地 is right. Only a short list of phrases is checked.
    DeParticle {
        code: "W001",
        name: "de-particle",
        title: "“的”“地”混用",
        title_en: "的 is written for 地",
        severity: Info,
        class: Perfunctory,
        sources: [],
        fixable: true,
        since: "0.1.0",
    }
}

impl Check for DeParticle {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        for (index, line) in cx.report.prose() {
            let text = &line.text.value;
            for particle in &Wording::get().particles {
                for (at, wrong) in text.match_indices(particle.wrong.as_str()) {
                    let (before, after) = (&text[..at], &text[at + wrong.len()..]);
                    let verb = particle.after.iter().any(|w| after.starts_with(w.as_str()));
                    let noun = particle.not_before.iter().any(|w| before.ends_with(w.as_str()));
                    if !verb || noun {
                        continue;
                    }
                    let (seen, right) = (wrong, &particle.right);
                    let follows: String = after.chars().take(3).collect();
                    let fix = Fix {
                        edits: vec![Edit {
                            location: line.text.at(at),
                            old: seen.to_owned(),
                            new: right.clone(),
                        }],
                    };
                    let finding = out
                        .start(
                            cx,
                            say!(
                                "“{seen}{follows}”应为“{right}{follows}”",
                                "\"{seen}{follows}\" should read \"{right}{follows}\""
                            ),
                        )
                        .help(say!("改为“{right}”", "write \"{right}\""))
                        .fix(fix)
                        .quote(cx.report, index, at..at + wrong.len());
                    out.push(finding);
                }
            }
        }
        Ok(())
    }
}
