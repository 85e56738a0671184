use crate::prelude::*;

declare_rule! {
    /// 括号、书名号、引号只有一半。
    ///
    /// ## 为什么
    /// 缺一半，读者分不清引用到哪里为止，多是修改时删掉了另一半。
    ///
    /// ## 错误示例
    /// ```report,bad
    /// 五、存在的主要问题及改进情况
    /// 一是对《中华人民共和国政府信息公开条例》以下简称《条例》）学习不够。下一步，将按月学习。
    /// ```
    /// ```report,bad
    /// 五、存在的主要问题及改进情况
    /// 一是对《关于规范公开的通知学习不够。下一步，将按月学习。
    /// ```
    ///
    /// ## 正确示例
    /// 列举的序号、跨段的引号、全角半角混用的括号都不是不配对；转换中丢了半个括号的不是作者写错：
    /// ```report,good
    /// 五、存在的主要问题及改进情况
    /// 一是学习不够：1）条例；2）办法；a）清单。下一步，按《条例》(2019年修订）、“三审三校”和〔2023〕9号文件学习（含《关于〈办法〉的说明》），附件1）另行印发。
    /// ```
    ///
    /// ## 怎么改
    /// 补上缺的一半，或者删去多的一半。
    ///
    /// ## English
    /// Brackets, book-title marks or quotes do not pair within a section.
    BracketUnbalanced {
        code: "W006",
        name: "bracket-unbalanced",
        title: "括号、书名号、引号不配对",
        title_en: "Brackets or quotes do not pair",
        severity: Warning,
        class: Inaccurate,
        sources: [],
        since: "0.1.0",
    }
}

/// Marks that pair; half-width and full-width brackets may be mixed.
fn mark(c: char) -> Option<(usize, bool)> {
    const OPEN: [char; 6] = ['（', '《', '〈', '“', '〔', '【'];
    const CLOSE: [char; 6] = ['）', '》', '〉', '”', '〕', '】'];
    let c = match c {
        '(' => '（',
        ')' => '）',
        _ => c,
    };
    OPEN.iter()
        .position(|o| *o == c)
        .map(|k| (k, true))
        .or_else(|| CLOSE.iter().position(|o| *o == c).map(|k| (k, false)))
}

/// Whether a closing bracket ends the number of an item: `1）`, `（附件1）` without its beginning, `a）`.
fn ends_item(before: &str) -> bool {
    before.ends_with(|c: char| c.is_ascii_alphanumeric() || "一二三四五六七八九十①②③④⑤⑥⑦⑧⑨".contains(c))
}

impl Check for BracketUnbalanced {
    fn check(&self, cx: &Context<'_>, out: &mut Findings) -> Result<(), NotAssessable> {
        // Text may be broken over lines anywhere: marks pair within a section, and within its parts.
        let mut open: Vec<(usize, usize, usize)> = Vec::new();
        let mut wrong: Vec<(usize, usize)> = Vec::new();
        let mut place = None;
        for (at, line) in cx.prose().iter().enumerate() {
            if place.replace((line.line.section, line.line.part)) != Some((line.line.section, line.line.part))
            {
                wrong.extend(open.drain(..).map(|(_, at, byte)| (at, byte)));
            }
            for (byte, c) in line.text.char_indices() {
                match mark(c) {
                    Some((kind, true)) => open.push((kind, at, byte)),
                    Some((kind, false)) => match open.iter().rposition(|(k, _, _)| *k == kind) {
                        Some(depth) => {
                            wrong.extend(open.drain(depth + 1..).map(|(_, at, byte)| (at, byte)));
                            open.pop();
                        }
                        None if kind == 0 && ends_item(&line.text[..byte]) => {}
                        None => wrong.push((at, byte)),
                    },
                    None => {}
                }
            }
        }
        wrong.extend(open.into_iter().map(|(_, at, byte)| (at, byte)));
        wrong.sort_unstable();
        for (at, byte) in wrong {
            let line = &cx.prose()[at];
            let Some(c) = line.text[byte..].chars().next() else { continue };
            // 〔202130号: a conversion has lost the other half.
            if c == '〔' && line.text[byte..].chars().skip(1).take_while(char::is_ascii_digit).count() > 4 {
                continue;
            }
            let finding = out
                .start(cx, say!("“{c}”没有配对的另一半", "\"{c}\" has no partner"))
                .help(say!("补上缺的一半，或者删去这一半", "add the missing half or delete this one"))
                .quote(cx.report, line.index, byte..byte + c.len_utf8());
            out.push(finding);
        }
        Ok(())
    }
}
