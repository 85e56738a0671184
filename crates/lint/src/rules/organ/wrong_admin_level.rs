use std::sync::LazyLock;

use nianbao_schema::organ::{Level, Organs};
use regex::Regex;

use crate::finding::Say;
use crate::prelude::*;
use crate::prose::Prose;
use crate::support::{any_of, pattern};

declare_rule! {
    /// 把上级的渠道、工作范围或者称呼写成自己的，例如县级开发区“加强市长热线建设”，县的报告“组织推动全省政府信息公开工作”。
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
    /// 县里的报告写了全省的工作：
    /// ```report,bad
    /// 机关：青禾县人民政府
    /// 一、总体情况
    /// （一）主动公开
    /// 组织推动全省政府信息公开工作。全县公开政府信息320条。
    /// （二）依申请公开
    /// 全年新收政府信息公开申请11件。
    /// （三）政府信息管理
    /// 每半年清理一次失效信息。
    /// （四）政府信息公开平台建设
    /// 在门户网站设置公开专栏。
    /// （五）监督保障
    /// 组织业务培训2次，开展工作考核和社会评议，无责任追究。
    /// ```
    /// 镇的报告写了在省政府办公厅领导下：
    /// ```report,bad
    /// 机关：青禾县石桥镇人民政府
    /// 在省政府办公厅政务公开处的领导下，我镇认真开展工作。
    /// ```
    /// 区的部门自称“我县”：
    /// ```report,bad
    /// 机关：临江市城东区教育局
    /// 五、存在的主要问题及改进情况
    /// 一是更新不够及时。下一步，提升我县政务公开水平。
    /// ```
    ///
    /// ## 正确示例
    /// 落实上级的部署、在上级的排名、参加上级的培训，都不是把上级的工作写成自己的：
    /// ```report,good
    /// 机关：青禾县人民政府
    /// 五、存在的主要问题及改进情况
    /// 一是在全省政务公开工作评估中排名靠后。下一步，落实全省政务公开工作会议精神，在省政府办公厅指导下，组织参加全市政府信息公开培训，市政府办公室组织全市政务公开工作检查时做好配合，统筹推进全县政务公开工作。
    /// ```
    /// ```report,good
    /// 机关：临江市人民政府
    /// 五、存在的主要问题及改进情况
    /// 一是我市部分栏目更新不及时。下一步，指导全市政务公开工作，督促各县区落实，在省政府办公厅的指导下改进。
    /// ```
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
    /// A facility, duty or name that belongs to another level is claimed as the organ's own.
    WrongAdminLevel {
        code: "D003",
        name: "wrong-admin-level",
        title: "写法与机关层级不符",
        title_en: "What belongs to another level is claimed as the organ's own",
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
        borrowed_duties(cx, out, kind, level);
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
            for line in cx.prose() {
                let (index, text) = (line.index, line.text);
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

/// `（一）组织推动全省政府信息公开工作`: a verb of leading at the beginning of a clause, an area, the work.
static DUTY: LazyLock<Regex> = LazyLock::new(|| {
    let duty = &Organs::get().duty;
    let areas: Vec<String> = duty.areas.iter().map(|a| a.word.clone()).collect();
    let (verbs, areas, work) = (any_of(&duty.verbs), any_of(&areas), any_of(&duty.work));
    pattern(&format!("(?:^|[，。；：:、）)]) ?(?P<all>(?:{verbs})(?P<area>{areas})(?:各级)?(?:{work})工作)"))
});

/// `在省政府办公厅政务公开处的领导下`
static LEADER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "在(?P<leader>(?:省|自治区)(?:人民)?政府办公厅(?P<desk>政务公开[处办]|[^，。；、]{2,8}处)?)的?(?:正确|坚强|具体|直接|统一)?(?P<how>领导|指导)下",
    )
});

/// Sentences that take the work, the leaders or the name of another level for the organ's own.
fn borrowed_duties(cx: &Context<'_>, out: &mut Findings, kind: OrganKind, level: Option<Level>) {
    let local = matches!(kind, OrganKind::Township | OrganKind::Subdistrict | OrganKind::Zone);
    // A zone shows no level, but none is above a city.
    let reach = match (level, kind) {
        (Some(level), _) => level,
        (None, OrganKind::Zone) => Level::City,
        (None, _) => return,
    };
    let organ = cx.report.organ.as_ref().map_or("", |o| o.name.as_str());
    let no_county = matches!(kind, OrganKind::Government | OrganKind::Office | OrganKind::Department)
        && matches!(reach, Level::City | Level::County | Level::Province)
        && !organ.contains(['县', '旗'])
        && organ.contains(['区', '市', '省']);
    let mut push = |line: &Prose<'_>, range: std::ops::Range<usize>, message: Say| {
        let finding = out
            .start(cx, message)
            .help(say!(
                "写本机关自己的工作，并检查本段是否还有抄来的内容",
                "write of the organ's own work and look for more copied text"
            ))
            .quote(cx.report, line.index, range);
        out.push(finding);
    };
    for line in cx.prose() {
        for found in DUTY.captures_iter(line.text) {
            let (Some(all), Some(area)) = (found.name("all"), found.name("area")) else { continue };
            let areas = &Organs::get().duty.areas;
            let above = areas.iter().find(|a| a.word == area.as_str()).is_some_and(|a| a.level < reach);
            if above && !line.is_quoted(all.start()) {
                let word = area.as_str();
                push(
                    line,
                    all.range(),
                    say!(
                        "“{word}”的工作不是本机关的职责范围，疑为照抄上级的报告",
                        "the work of \"{word}\" is not this organ's; the sentence seems copied from a higher level"
                    ),
                );
            }
        }
        for found in LEADER.captures_iter(line.text) {
            let Some(leader) = found.name("leader") else { continue };
            let desk =
                found.name("desk").is_some() && found.name("how").is_some_and(|h| h.as_str() == "领导");
            if local || (desk && reach >= Level::County) {
                let seen = leader.as_str();
                push(
                    line,
                    leader.range(),
                    say!(
                        "“{seen}”不直接领导本机关，疑为照抄上级的报告",
                        "\"{seen}\" does not lead this organ directly; the sentence seems copied"
                    ),
                );
            }
        }
        if no_county {
            for (at, word) in line.text.match_indices("我县") {
                // 我县级领导: the word is cut out of another one.
                if !line.is_quoted(at) && !line.text[at + word.len()..].starts_with('级') {
                    push(
                        line,
                        at..at + word.len(),
                        say!(
                            "本机关不在县，“我县”疑为照抄其他机关的报告",
                            "this organ is not of a county; \"我县\" seems copied"
                        ),
                    );
                }
            }
        }
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
