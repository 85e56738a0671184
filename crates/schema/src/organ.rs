//! Kinds and levels of organs, from `schemas/organs.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::Bilingual;

/// What kind of organ publishes the report. It decides which words it may use of itself and which duties it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OrganKind {
    /// 国务院部门
    Ministry,
    /// 县级以上人民政府
    Government,
    /// 政府办公厅（室）
    Office,
    /// 政府部门
    Department,
    /// 乡镇人民政府
    Township,
    /// 街道办事处
    Subdistrict,
    /// 开发区、园区管委会
    Zone,
}

impl OrganKind {
    /// Every kind, in the order of `schemas/organs.toml`.
    pub const ALL: &'static [Self] = &[
        Self::Ministry,
        Self::Government,
        Self::Office,
        Self::Department,
        Self::Township,
        Self::Subdistrict,
        Self::Zone,
    ];

    /// The name used in JSON, configuration and on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Self::Ministry => "ministry",
            Self::Government => "government",
            Self::Office => "office",
            Self::Department => "department",
            Self::Township => "township",
            Self::Subdistrict => "subdistrict",
            Self::Zone => "zone",
        }
    }

    /// The kind of an id.
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|k| k.id() == id)
    }

    /// What is known of the kind.
    pub fn facts(self) -> &'static KindFacts {
        let organs = Organs::get();
        // Every kind stands in the file: see the test below.
        organs.kinds.iter().find(|k| k.id == self).unwrap_or(&organs.kinds[0])
    }
}

/// The administrative level of an organ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// 国家级
    National,
    /// 省级
    Province,
    /// 市级：地级市，也可能是县级市，只看名称分不开
    City,
    /// 县级
    County,
    /// 乡级
    Township,
}

impl Level {
    /// Every level, highest first.
    pub const ALL: &'static [Self] =
        &[Self::National, Self::Province, Self::City, Self::County, Self::Township];

    /// The name used in JSON and configuration.
    pub fn id(self) -> &'static str {
        match self {
            Self::National => "national",
            Self::Province => "province",
            Self::City => "city",
            Self::County => "county",
            Self::Township => "township",
        }
    }
}

/// Whose figures a report counts (口径).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// 本级：the organ's own
    Own,
    /// 汇总：those of all organs below it too
    Rollup,
}

impl Scope {
    /// Both.
    pub const ALL: &'static [Self] = &[Self::Own, Self::Rollup];

    /// The name used in JSON and configuration.
    pub fn id(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Rollup => "rollup",
        }
    }
}

/// All of `schemas/organs.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organs {
    /// The kinds.
    #[serde(rename = "kind")]
    pub kinds: Vec<KindFacts>,
    /// Which organs' reports should not count requests to another government.
    pub receiver: Receiver,
    /// When a word for another organ stands bare.
    pub bare: Bare,
    /// How a sentence takes the work of a higher level for the organ's own.
    pub duty: Duty,
    /// Facilities that only a government of one level has.
    #[serde(rename = "facility")]
    pub facilities: Vec<Facility>,
    /// How a sentence says that a facility is its own.
    pub facility_verbs: FacilityVerbs,
    /// Accepted short forms of names.
    #[serde(rename = "short_form")]
    pub short_forms: Vec<ShortForm>,
}

/// What is known of a kind of organ.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindFacts {
    /// The kind.
    pub id: OrganKind,
    /// Its name.
    pub name: Bilingual,
    /// Endings of names; the longest matching one over all kinds decides.
    pub suffixes: Vec<String>,
    /// Beginnings of names, for organs whose ending says nothing.
    #[serde(default)]
    pub prefixes: Vec<String>,
    /// Whether organs of the kind can make 规章.
    #[serde(default)]
    pub can_make_regulations: bool,
    /// Words it uses of itself.
    pub self_words: Vec<String>,
    /// Words that only another kind of organ uses of itself.
    pub foreign_words: Vec<String>,
    /// Words that mostly another kind of organ uses of itself.
    #[serde(default)]
    pub doubtful_words: Vec<String>,
    /// Further words after which a foreign word names nobody else.
    #[serde(default)]
    pub bare_after: Vec<String>,
    /// Kinds within the kind, by their names.
    #[serde(default, rename = "variant")]
    pub variants: Vec<Variant>,
}

/// A kind within a kind of organ: 镇 and 乡.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variant {
    /// Endings of names; the first variant with a fitting one counts.
    pub suffixes: Vec<String>,
    /// Words that only another variant uses of itself.
    pub foreign_words: Vec<String>,
}

/// Which organs' reports should not count requests to another government.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receiver {
    /// Their kinds.
    pub kinds: Vec<OrganKind>,
}

/// How a sentence takes the work of a higher level for the organ's own.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Duty {
    /// Verbs of leading.
    pub verbs: Vec<String>,
    /// What is led.
    pub work: Vec<String>,
    /// Words for areas.
    pub areas: Vec<Area>,
}

/// The word for the area of a level.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Area {
    /// `全省`
    pub word: String,
    /// Its level.
    pub level: Level,
}

/// When a word such as `镇政府` stands bare.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bare {
    /// Words after which nothing names another organ.
    pub after: Vec<String>,
}

/// A facility that only a government of a level has.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facility {
    /// Its names.
    pub words: Vec<String>,
    /// Kinds of organs that may run it.
    pub owners: Vec<OrganKind>,
    /// Levels that have it.
    pub levels: Vec<Level>,
    /// Who has it, for the message.
    pub holder: Bilingual,
    /// What to write instead.
    pub advice: Bilingual,
}

/// How a sentence says that a facility is the organ's own.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FacilityVerbs {
    /// Verbs before it.
    pub before: Vec<String>,
    /// Words after it.
    pub after: Vec<String>,
    /// Words after it that say it is used, and is perhaps somebody else's.
    pub used: Vec<String>,
}

/// An accepted short form of a part of a name.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShortForm {
    /// The full words.
    pub long: String,
    /// What may stand for them.
    pub short: String,
}

static ORGANS: LazyLock<Organs> = LazyLock::new(|| crate::embedded("organs", crate::generated::ORGANS));

impl Organs {
    /// The data.
    pub fn get() -> &'static Self {
        &ORGANS
    }
}

/// The kind of an organ by its name; `None` when the name does not show it.
pub fn kind_of(name: &str) -> Option<OrganKind> {
    let mut best: Option<(usize, OrganKind)> = None;
    for kind in &Organs::get().kinds {
        for suffix in &kind.suffixes {
            if name.ends_with(suffix.as_str()) && best.is_none_or(|(length, _)| suffix.len() > length) {
                best = Some((suffix.len(), kind.id));
            }
        }
        // 国家税务总局青禾县税务局 is a county's bureau, 国家级…开发区 a zone: a place in the name speaks against the State Council.
        let local = ["省", "市", "县", "区", "州", "旗"].iter().any(|p| name.contains(p));
        if !local && kind.prefixes.iter().any(|p| name.starts_with(p.as_str())) {
            return Some(kind.id);
        }
    }
    best.map(|(_, kind)| kind)
}

/// The word of a name that shows the kind: its longest ending, or the beginning of a ministry's name.
pub fn kind_word(name: &str, kind: OrganKind) -> Option<&'static str> {
    let facts = kind.facts();
    let ending = facts.suffixes.iter().filter(|s| name.ends_with(s.as_str())).max_by_key(|s| s.len());
    let beginning = || facts.prefixes.iter().find(|p| name.starts_with(p.as_str()));
    ending.or_else(beginning).map(String::as_str)
}

/// The level of an organ by its name and kind; `None` when they do not show it.
///
/// The last place in the name decides: `临江市城东区教育局` is a county-level department. A zone shows no level.
pub fn level_of(name: &str, kind: OrganKind) -> Option<Level> {
    match kind {
        OrganKind::Ministry => Some(Level::National),
        OrganKind::Township | OrganKind::Subdistrict => Some(Level::Township),
        OrganKind::Zone => None,
        OrganKind::Government | OrganKind::Office | OrganKind::Department => {
            last_place(name).map(|(_, level)| level)
        }
    }
}

/// The word of a name that shows the level: the kind of its last place. `None` where the kind of the organ decides.
pub fn level_word(name: &str, kind: OrganKind) -> Option<&'static str> {
    let by_place = matches!(kind, OrganKind::Government | OrganKind::Office | OrganKind::Department);
    last_place(name).filter(|_| by_place).map(|(word, _)| word)
}

/// The kind of the last place that a name holds, and its level.
fn last_place(name: &str) -> Option<(&'static str, Level)> {
    let places = [
        ("自治区", Level::Province),
        ("自治州", Level::City),
        ("自治县", Level::County),
        ("自治旗", Level::County),
        ("省", Level::Province),
        ("盟", Level::City),
        ("州", Level::City),
        ("市", Level::City),
        ("县", Level::County),
        ("区", Level::County),
        ("旗", Level::County),
    ];
    let mut last: Option<(usize, &'static str, Level)> = None;
    for (word, level) in places {
        // A place name has at least one character before its kind; `市场监督管理局` and `区域合作局` name no place.
        for (at, _) in name.match_indices(word) {
            let tail = &name[at + word.len()..];
            let zone = word == "区"
                && ["开发", "园", "高新", "经开", "示范", "保税"].iter().any(|z| name[..at].ends_with(z));
            // 市场监督, 市容, 市政工程, 区域: no places. 市政务服务局 is one.
            let word_of_its_own = match word {
                "市" => {
                    tail.starts_with(['场', '容'])
                        || (tail.starts_with('政') && !tail.starts_with("政务") && !tail.starts_with("政府"))
                }
                "区" => tail.starts_with('域'),
                _ => false,
            };
            let is_name = at > 0 && !zone && !word_of_its_own;
            let end = at + word.len();
            // `广州市` ends in 市, not in 州: of two places that touch, the later and longer one counts.
            if is_name && last.is_none_or(|(e, w, _)| end > e || (end == e && word.len() > w.len())) {
                last = Some((end, word, level));
            }
        }
    }
    last.map(|(_, word, level)| (word, level))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_facts() {
        for kind in OrganKind::ALL {
            assert_eq!(kind.facts().id, *kind);
            assert_eq!(OrganKind::parse(kind.id()), Some(*kind));
        }
        assert_eq!(Organs::get().kinds.len(), OrganKind::ALL.len());
    }

    #[test]
    fn names_show_the_kind() {
        for (name, kind) in [
            ("青禾县水务局", OrganKind::Department),
            ("青禾县人民政府", OrganKind::Government),
            ("青禾县人民政府办公室", OrganKind::Office),
            ("青禾县石桥镇人民政府", OrganKind::Township),
            ("青禾县石桥镇", OrganKind::Township),
            ("临江市城东区和平街道办事处", OrganKind::Subdistrict),
            ("青禾经济开发区", OrganKind::Zone),
            ("青禾高新技术产业园区管理委员会", OrganKind::Zone),
            ("青禾县发展和改革委员会", OrganKind::Department),
            ("国家档案局", OrganKind::Ministry),
            ("国家税务总局青禾县税务局", OrganKind::Department),
            ("国家级青禾经济技术开发区管委会", OrganKind::Zone),
            ("临江市国有资产监督管理委员会", OrganKind::Department),
        ] {
            assert_eq!(kind_of(name), Some(kind), "{name}");
        }
        assert_eq!(kind_of("青禾"), None);
    }

    #[test]
    fn the_last_place_in_the_name_shows_the_level() {
        for (name, level) in [
            ("青禾县水务局", Some(Level::County)),
            ("临江市教育局", Some(Level::City)),
            ("临江市城东区教育局", Some(Level::County)),
            ("临江市市场监督管理局", Some(Level::City)),
            ("云岭省水利厅", Some(Level::Province)),
            ("临江市上城区民政局", Some(Level::County)),
            ("盐港城市财政局", Some(Level::City)),
            ("青禾县政务服务和数据管理局", Some(Level::County)),
            ("临江市政务服务局", Some(Level::City)),
            ("国家税务总局青禾县税务局", Some(Level::County)),
            ("水务局", None),
        ] {
            assert_eq!(level_of(name, OrganKind::Department), level, "{name}");
        }
    }
}
