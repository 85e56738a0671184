use nianbao_schema::organ::Organs;

use crate::prelude::*;

declare_rule! {
    /// 把上级政府的渠道写成自己的，例如县级开发区“加强市长热线建设”。
    ///
    /// ## 为什么
    /// 市长热线、省长信箱由相应一级政府设立。写成本机关建设的渠道，多是从上级的报告抄来的。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 机关：青禾县石桥镇人民政府
    /// 五、存在的主要问题及改进情况
    /// 一是更新不够及时。下一步，加强市长热线建设。
    /// ```
    ///
    /// ## 正确示例
    /// 办理上级转来的件，是本机关的工作：
    /// ```report,good
    /// 机关：青禾县石桥镇人民政府
    /// 五、存在的主要问题及改进情况
    /// 一是市长热线转办件的回复不够及时。下一步，依托12345市长热线等渠道，畅通市长信箱，建立市长信箱办理台账。
    /// ```
    ///
    /// ## 怎么改
    /// 写本级实际使用的渠道；没有的，删去这句话。
    ///
    /// ## 例外
    /// 只有“加强……建设”“开通”“设立”一类说法才报告；转办、交办、受理的不报告。
    ///
    /// ## English
    /// A facility that only a government of a higher level has is claimed as the organ's own.
    WrongAdminLevel {
        code: "D003",
        name: "wrong-admin-level",
        title: "渠道与机关层级不符",
        title_en: "A facility of another level is claimed as the organ's own",
        severity: Warning,
        class: Perfunctory,
        sources: [("gbgkbh-2021-30", "responsibility")],
        since: "0.1.0",
    }
}

impl Check for WrongAdminLevel {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        let kind = cx.organ_kind()?;
        let level = cx.report.organ.as_ref().and_then(|o| o.level);
        let organs = Organs::get();
        let mut unknown = false;
        for facility in &organs.facilities {
            if facility.owners.contains(&kind) {
                match level {
                    Some(level) if facility.levels.contains(&level) => continue,
                    Some(_) => {}
                    None => {
                        unknown = true;
                        continue;
                    }
                }
            }
            for (index, line) in cx.report.prose() {
                let text = &line.text.value;
                for word in &facility.words {
                    for (at, _) in text.match_indices(word.as_str()) {
                        if !is_own(text, at, at + word.len()) {
                            continue;
                        }
                        let (holder, advice) = (&facility.holder, &facility.advice);
                        let (zh, en, advice_zh, advice_en) = (&holder.zh, &holder.en, &advice.zh, &advice.en);
                        let finding = out
                            .start(
                                cx,
                                say!(
                                    "“{word}”由{zh}设立，不是本机关建设的渠道",
                                    "\"{word}\" is run by {en}, not by this organ"
                                ),
                            )
                            .help(say!("{advice_zh}", "{advice_en}"))
                            .quote(cx.report, index, at..at + word.len());
                        out.push(finding);
                    }
                }
            }
        }
        if unknown && out.is_empty() {
            return Err(NotAssessable(say!("看不出机关层级", "the level of the organ is not known")));
        }
        Ok(())
    }
}

/// Whether a clause claims a facility as its own: a verb of building before it in the clause, and no word of passing
/// on after it.
fn is_own(text: &str, start: usize, end: usize) -> bool {
    let verbs = &Organs::get().facility_verbs;
    let clause = text[..start].rfind(['。', '，', '；', '、']).map_or(0, |i| i + '。'.len_utf8());
    let before = &text[clause..start];
    let after: String = text[end..].chars().take_while(|c| !"。，；".contains(*c)).take(8).collect();
    let used = verbs.used.iter().any(|w| after.contains(w.as_str()));
    let built = verbs.before.iter().any(|v| before.contains(v.as_str()));
    let construction = verbs.after.iter().any(|v| after.starts_with(v.as_str()));
    !used && (built || construction)
}
