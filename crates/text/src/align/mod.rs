//! Sentences of two texts paired: which are the same, which changed only in their numbers, which were reworded, moved,
//! added or dropped.
//!
//! Sentences are compared by their tokens, numbers masked. In order they are paired so that as much text as possible has
//! a counterpart; of what is left over, equal or nearly equal sentences that stand elsewhere are moves. All of it is a
//! pure function of the sentences: no clock, no random numbers, bounded work on any input.

mod copied;
mod marks;
mod pairing;
mod sentence;

pub use copied::{Copied, copied};
pub use marks::{marks, quantities, years};
pub use pairing::{Alignment, MOVED, REWORDED, align, moved};
pub use sentence::{Ignore, Likeness, Sentence};

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use super::*;

    fn ready<'t>(texts: &[&'t str]) -> Vec<Sentence<'t>> {
        texts.iter().map(|t| Sentence::new(t, Ignore::default())).collect()
    }

    fn marked(old: &str, new: &str) -> (Vec<String>, Vec<String>) {
        let (a, b) = (Sentence::new(old, Ignore::default()), Sentence::new(new, Ignore::default()));
        let (in_old, in_new) = marks(&a, &b);
        let words =
            |text: &str, all: Vec<Range<usize>>| all.into_iter().map(|r| text[r].to_owned()).collect();
        (words(old, in_old), words(new, in_new))
    }

    fn owned(words: &[&str]) -> Vec<String> {
        words.iter().map(|w| (*w).to_owned()).collect()
    }

    #[test]
    fn one_changed_number_is_marked_alone_and_whole() {
        let (old, new) =
            marked("全年办理申请21件，其中部分公开3件。", "全年办理申请210件，其中部分公开3件。");
        assert_eq!((old, new), (vec!["21件".to_owned()], vec!["210件".to_owned()]));
        let (old, new) = marked("占比33.9%，较上年提高1.5个百分点。", "占比33.8%，较上年提高1.5个百分点。");
        assert_eq!((old, new), (vec!["33.9%".to_owned()], vec!["33.8%".to_owned()]));
    }

    #[test]
    fn a_reworded_sentence_marks_its_words() {
        let (old, new) = marked("我局按月更新专栏。", "我局按季度检查专栏。");
        assert_eq!((old, new), (vec!["月更新".to_owned()], vec!["季度检查".to_owned()]));
        let (old, new) = marked("青禾县水务局2022年报告", "青禾县水利局2023年报告");
        assert_eq!(old, ["务", "2022年"], "a number is a change of its own: {new:?}");
        let (old, new) = marked("2022年，我局公开", "2023年，本局公开");
        assert_eq!((old, new), (owned(&["2022年", "我"]), owned(&["2023年", "本"])));
        let (old, new) = marked("组织培训。", "组织业务培训。");
        assert_eq!((old, new), (vec![], vec!["业务".to_owned()]));
    }

    #[test]
    fn marks_stand_right_where_spaces_are_ignored() {
        let ignore = Ignore { whitespace: true, ..Ignore::default() };
        let (old, new) = ("组织 培训 2 次 。", "组织培训35次。");
        let (in_old, in_new) = marks(&Sentence::new(old, ignore), &Sentence::new(new, ignore));
        assert_eq!((&old[in_old[0].clone()], &new[in_new[0].clone()]), ("2 次", "35次"));
    }

    #[test]
    fn likeness_by_what_differs() {
        let of = |a: &str, b: &str, ignore| Sentence::new(a, ignore).likeness(&Sentence::new(b, ignore));
        let none = Ignore::default();
        assert_eq!(of("培训2次。", "培训2次。", none), Likeness::Same);
        assert_eq!(of("2022年培训2次。", "2023年培训3次。", none), Likeness::Numbers);
        assert_eq!(of("增加2件。", "减少2件。", none), Likeness::Reworded);
        assert_eq!(
            of("一是更新慢。", "二是更新慢。", none),
            Likeness::Numbers,
            "a list put in another order"
        );
        assert_eq!(of("（十一）更新慢。", "（三）更新慢。", none), Likeness::Numbers);
        assert_eq!(of("三个栏目更新慢。", "两个栏目更新慢。", none), Likeness::Reworded);
        assert_eq!(of("培训２次。", "培训2次。", none), Likeness::Reworded, "the number is the same");
        assert_eq!(of("培训 2次。", "培训2次。", none), Likeness::Reworded, "a space is a difference");
        assert_eq!(of("培训 2次。", "培训2次。", Ignore { whitespace: true, ..none }), Likeness::Same);
        assert_eq!(of("培训 2 次。", "培训2次。", Ignore { whitespace: true, ..none }), Likeness::Same);
        assert_eq!(of("培训２次。", "培训2次。", Ignore { width: true, ..none }), Likeness::Same);
        assert_eq!(of("培训，检查。", "培训、检查；", Ignore { punctuation: true, ..none }), Likeness::Same);
    }

    #[test]
    fn the_mark_of_a_list_is_marked_whole_and_alone() {
        let (old, new) = marked("十一是更新慢。", "二是更新慢。");
        assert_eq!((old, new), (owned(&["十一"]), owned(&["二"])));
        assert!(quantities("一是更新慢。").is_empty());
    }

    #[test]
    fn a_year_is_named_as_such() {
        let text = "2022年，按《2022年要点》（青政发〔2022〕3号）公开2022年信息。";
        assert_eq!(years(text, 2022).len(), 2);
        assert!(years(text, 2023).is_empty());
    }

    #[test]
    fn sentences_are_paired_in_order_and_what_stands_elsewhere_is_moved() {
        let old = ready(&[
            "一是加强目录管理，按月核对栏目。",
            "二是组织业务培训3次。",
            "三是公开渠道还不够丰富，查询不便。",
        ]);
        let new = ready(&[
            "三是公开渠道还不够丰富，查询不便。",
            "一是加强目录管理，按季核对栏目。",
            "二是组织业务培训5次。",
            "四是新增查阅点。",
        ]);
        let alignment = align(&old, &new);
        assert_eq!(alignment.pairs, [(0, 1), (1, 2)]);
        assert_eq!(moved(&[(2, &old[2])], &[(0, &new[0]), (3, &new[3])]), [(2, 0)]);
        let copied = copied(&old, &new);
        assert_eq!((copied.same, copied.numbers), (17, 11));
    }

    #[test]
    fn equal_sentences_pair_with_those_of_the_same_numbers() {
        let old = ready(&["收到申请2件。", "收到申请3件。"]);
        let new = ready(&["收到申请3件。"]);
        assert_eq!(align(&old, &new).pairs, [(1, 0)]);
    }

    #[test]
    fn long_texts_are_divided_at_equal_sentences() {
        let texts: Vec<String> = (0..900).map(|i| format!("事项编号甲{i}乙，内容各异。")).collect();
        let mut changed = texts.clone();
        changed[400] = "这一句完全换了说法。".to_owned();
        changed.remove(10);
        fn all(texts: &[String]) -> Vec<Sentence<'_>> {
            texts.iter().map(|t| Sentence::new(t, Ignore::default())).collect()
        }
        let alignment = align(&all(&texts), &all(&changed));
        assert!(!alignment.coarse);
        assert_eq!(alignment.pairs.len(), 898);
        assert!(alignment.pairs.is_sorted_by(|a, b| a.0 < b.0 && a.1 < b.1));

        let other: Vec<String> = (0..900).map(|i| format!("另一份文字丙{i}丁。")).collect();
        assert!(align(&all(&texts), &all(&other)).coarse, "and it says so when it cannot");
    }

    #[test]
    fn quantities_are_what_counts_something() {
        let of =
            |text: &'static str| -> Vec<&str> { quantities(text).into_iter().map(|r| &text[r]).collect() };
        assert_eq!(of("2023年共发布46条，占33.9%，其中0条逾期。"), ["46条", "33.9%"]);
        assert!(of("根据国令第711号和《2023年要点12条》第20条，〔2021〕30号，1.总体").is_empty());
    }
}
