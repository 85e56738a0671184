//! Web pages: fixtures by several writers, and single traits of HTML.

mod common;

use common::{
    Dice, HEADINGS, assert_positions, assert_report_tables, assert_report_texts, notes, outline, placed,
    read, read_str, rows, tables, texts,
};
use nianbao_schema::document::{Block, Document, FileKind, Layout, Location};

macro_rules! fixture {
    ($name:literal) => {
        include_bytes!(concat!("../../../tests/fixtures/readers/html/", $name)).as_slice()
    };
}

#[track_caller]
fn assert_is_report(name: &str, bytes: &[u8], encoding: &str) -> Document {
    let document = read(bytes);
    assert_eq!(document.kind, FileKind::Html, "{name}");
    assert_eq!(document.encoding, Some(encoding), "{name}");
    assert_report_tables(name, &tables(&document).into_iter().map(placed).collect::<Vec<_>>());
    assert_report_texts(name, &document);
    document
}

#[test]
fn pages_of_many_writers_have_the_same_tables() {
    for (name, bytes, encoding) in [
        ("spans", fixture!("spans.html"), "UTF-8"),
        ("split-digits", fixture!("split-digits.html"), "UTF-8"),
        ("entities", fixture!("entities.html"), "UTF-8"),
        ("word", fixture!("word.html"), "gb18030"),
        ("unclosed", fixture!("unclosed.html"), "UTF-8"),
        ("chrome", fixture!("chrome.html"), "UTF-8"),
        ("layout", fixture!("layout.html"), "UTF-8"),
        ("gb2312", fixture!("gb2312.html"), "gb18030"),
        ("gbk-undeclared", fixture!("gbk-undeclared.html"), "gb18030"),
        ("utf16", fixture!("utf16.html"), "UTF-16LE"),
        ("libreoffice", fixture!("libreoffice.html"), "UTF-8"),
        ("pandoc", fixture!("pandoc.html"), "UTF-8"),
    ] {
        let document = assert_is_report(name, bytes, encoding);
        if encoding == "UTF-8" {
            assert_positions(std::str::from_utf8(bytes).unwrap(), &document);
        }
        let layouts = tables(&document).into_iter().map(|table| table.layout);
        assert!(layouts.into_iter().all(|layout| layout == Layout::Grid), "{name}");
    }
}

#[test]
fn positions_are_those_of_the_decoded_text() {
    let bytes = fixture!("word.html");
    let (source, _, _) = encoding_rs::GB18030.decode(bytes);
    assert_positions(&source, &read(bytes));

    let source: Vec<u16> = fixture!("utf16.html")[2..]
        .chunks_exact(2)
        .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
        .collect();
    assert_positions(&String::from_utf16(&source).unwrap(), &read(fixture!("utf16.html")));
}

#[test]
fn a_cell_knows_its_place_in_file_and_table() {
    let source = std::str::from_utf8(fixture!("spans.html")).unwrap();
    let document = read(fixture!("spans.html"));
    // The figure 115 stands in the row of （一）予以公开, under 自然人.
    let byte = source.find(">115<").unwrap() + 1;
    let line = source[..byte].matches('\n').count() as u32 + 1;
    let column = source[..byte].rsplit('\n').next().unwrap().chars().count() as u32 + 1;
    let cell = texts(&document).into_iter().find(|text| text.value == "115").unwrap();
    assert_eq!(cell.location, Location { line, column, table: 2, row: 6, cell: 4, ..Location::default() });
    assert_eq!(cell.at(2), Location { column: column + 2, offset: 2, ..cell.location });
    assert_eq!(cell.pieces[0].source as usize, byte);
}

#[test]
fn site_chrome_is_kept_and_hidden_parts_are_not() {
    let document = read(fixture!("chrome.html"));
    let all = outline(&document).join("\n");
    for kept in
        ["p 首页", "索引号：|QS-2024-00017", "img 公开渠道统计图", "p 主办：青石县人民政府办公室  备案号：无"]
    {
        assert!(all.contains(kept), "{kept} in\n{all}");
    }
    for gone in ["样式", "脚本", "分享", "看不见", "部门网站", "模板"] {
        assert!(!all.contains(gone), "{gone} in\n{all}");
    }
    assert_eq!(notes(&document), ["hidden-content"]);
    assert!(document.notes[0].message.contains("2 处"), "{}", document.notes[0].message);
    assert_eq!(document.notes[0].location.unwrap().line, 16);
    let metadata = document.metadata;
    assert_eq!(metadata.title.as_deref(), Some(HEADINGS[0]));
    assert_eq!(metadata.published.as_deref(), Some("2024-01-22 09:30"));
    assert_eq!(metadata.publisher.as_deref(), Some("青石县水务局"));
}

#[test]
fn rare_characters_of_gb18030_survive_a_gb2312_label() {
    let document = read(fixture!("gb2312.html"));
    assert!(texts(&document).iter().any(|text| text.value == "联系人：㑇㭎𠮷"));
    assert!(document.notes.is_empty());
}

#[test]
fn layout_tables_come_apart_in_order() {
    let document = read(fixture!("layout.html"));
    let outline = outline(&document);
    assert_eq!(outline[..3], ["p 青石县人民政府门户网站", "table 登录|注册", "p 栏目导航"]);
    assert_eq!(outline.last().map(String::as_str), Some("p 页脚"));
    let section = outline.iter().position(|b| b == "h2 四、政府信息公开行政复议、行政诉讼情况").unwrap();
    assert!(outline[section + 1].starts_with("table 行政复议|行政诉讼/"));
}

#[track_caller]
fn assert_outline(html: &str, expected: &[&str]) {
    let document = read_str(html);
    assert_eq!(document.kind, FileKind::Html, "{html}");
    assert_eq!(outline(&document), expected, "{html}");
    assert_positions(html, &document);
}

#[test]
fn text_is_collapsed_as_in_browsers() {
    for (html, text) in [
        ("<p> 甲  乙\t\n 丙 1 </p>", "甲 乙丙 1"),
        ("<p>甲<b> 乙</b> </p>", "甲 乙"),
        ("<p>20<font>2</font><span>3</span>年</p>", "2023年"),
        ("<p>政<!-- x -->府<wbr>信\u{200b}息&#8203;公\u{feff}开</p>", "政府信息公开"),
        ("<p>&nbsp;&emsp;第二十条&nbsp; 第（一）项&nbsp;</p>", "第二十条  第（一）项"),
        ("<p>　　首行缩进　之后　</p>", "首行缩进　之后"),
        ("<p>公开\n工作 \n\t报告，\n“引文”\n2023\n年</p>", "公开工作报告， “引文” 2023 年"),
        ("<p>1 &lt; 2 &amp; 3 &#62; 2&sect;</p>", "1 < 2 & 3 > 2§"),
        ("<p>甲<br>乙<br/><br />&nbsp;<br> 丙<br></p>", "甲\n乙\n丙"),
        ("<p>甲<script>1<2</script>乙<style>p{}</style>丙<![if !vml]>丁<![endif]></p>", "甲乙丙丁"),
        ("<p>甲乙丙\0丁戊\u{7}己庚</p>", "甲乙丙丁戊己庚"),
        ("<pre>甲  乙\n丙\n\n丁</pre>", "甲 乙\n丙\n丁"),
    ] {
        assert_outline(html, &[&format!("p {text}")]);
    }
}

#[test]
fn blocks_end_lines() {
    assert_outline(
        "甲<p>乙<p>丙<div>丁<ul><li>戊<li>己</ul>庚</div>辛",
        &["p 甲", "p 乙", "p 丙", "p 丁", "p 戊", "p 己", "p 庚", "p 辛"],
    );
    assert_outline("<h1>题<br>目</h1>文<h3>三级<p>忘了结束", &["h1 题\n目", "p 文", "h3 三级", "p 忘了结束"]);
    assert_outline(
        "<p>前<img alt=图>后</p><img src=x alt=' 章 '><p><img>",
        &["p 前后", "img 图", "img 章", "img "],
    );
    assert_outline("<title>页<p>无结束的标题", &["p 页", "p 无结束的标题"]);
}

#[test]
fn hidden_elements_end_where_they_should() {
    for html in [
        "<p>甲</p><div style='display:none'><div>隐</div><p>隐</div><p>乙</p>",
        "<p>甲</p><p hidden>隐<p>乙</p>",
        "<p>甲</p><p style='DISPLAY: none'>隐<div>乙</div>",
        "<p>甲</p><ul><li hidden>隐<ul><li>隐</ul></ul><p>乙</p>",
        "<div><p>甲</p><span style='display:none'>隐</div>乙",
        "<p>甲</p><table hidden><tr><td>隐<table><tr><td>隐</table></table>乙",
        "<p>甲</p><svg><text>隐</text></svg><template><p>隐</template>乙",
        "<p>甲</p><table><tr><td><div hidden>隐</td></tr></table><p>乙</p>",
    ] {
        let document = read_str(html);
        assert_eq!(outline(&document), ["p 甲", "p 乙"], "{html}");
    }
    assert_outline(
        "<table><tr><td>甲<td hidden>隐<td>乙<tr style='display:none'><td>隐<td>隐<tr><td>丙<td><span hidden>隐</span>丁</table>",
        &["table 甲|乙/丙|丁"],
    );
    assert_outline("<body style='display:none'><p>甲</p>", &["p 甲"]);
}

#[test]
fn tables_forgive() {
    for (html, expected) in [
        ("<table><td>1<td>2<tr><th>3<th>4</table>", &["table 1|2/3|4"][..]),
        (
            "<table><caption>表名</caption><thead><tr><td>1<td>2<tbody><tr><td>3<td>4</table>",
            &["p 表名", "table 1|2/3|4"],
        ),
        ("<table><tr><td>1</td><td>2</td></tr><table><tr><td>3<td>4</table>", &["table 1|2", "table 3|4"]),
        ("<table>前<tr><td>1<td>2</tr>后</table>尾", &["p 前", "table 1|2", "p 后", "p 尾"]),
        (
            "<table><tr><td>1<td>2</tr><h2>忘了结束</h2><table><tr><td>3<td>4</table>",
            &["table 1|2", "h2 忘了结束", "table 3|4"],
        ),
        ("<td>不在表格里<td>也不在</table>", &["p 不在表格里", "p 也不在"]),
        ("<table><tr><td><p>商业<p>企业<td>科研<br>机构</table>", &["table 商业\n企业|科研\n机构"]),
        ("<table><tr><td><h3>甲</h3>乙</table>", &["h3 甲", "p 乙"]),
        ("<table><tr><td>一列<tr><td colspan=3>的表</table>", &["p 一列", "p 的表"]),
        ("<table><tr><td><td> <tr><td>&nbsp;</table>", &[]),
        (
            "<table><tr><td>外<td><table><tr><td>1<td>2</table>后<td>三</table>",
            &["p 外", "table 1|2", "p 后", "p 三"],
        ),
        ("<table><tr><td>0<td><img alt=章></table>", &["table 0|"]),
        ("<?xml version='1.0'?><html><title/><table><tr><td/><td>1</td></tr></table></html>", &["table |1"]),
    ] {
        assert_outline(html, expected);
    }
    let document = read_str("<table><tr><td>0<td><img alt=章></table>");
    let has_image: Vec<bool> = tables(&document)[0].rows[0].cells.iter().map(|cell| cell.has_image).collect();
    assert_eq!(has_image, [false, true]);
}

#[test]
fn a_small_table_in_a_cell_of_figures_is_part_of_it() {
    let figures = "<tr><td>规章<td>1<td>2<tr><td>规范性文件<td>3<td>";
    let html = format!("<table>{figures}<table><tr><td>4<tr><td>件</table><tr><td>合计<td>4<td>6</table>");
    assert_outline(&html, &["table 规章|1|2/规范性文件|3|4\n件/合计|4|6"]);
    assert_eq!(notes(&read_str(&html)), ["nested-table"]);
    // A larger one, or a third one in it, and the outer one is layout.
    let inner = "<table><tr><td>a<td>b<td>c<tr><td>d<td>e</table>";
    let html = format!("<table>{figures}{inner}<td>尾</table>");
    assert_outline(&html, &["p 规章", "p 1", "p 2", "p 规范性文件", "p 3", "table a|b|c/d|e", "p 尾"]);
    let html =
        format!("<table>{figures}<table><tr><td>甲<td><table><tr><td>乙<td>丙</table></table><td>尾</table>");
    assert_outline(&html, &["p 规章", "p 1", "p 2", "p 规范性文件", "p 3", "p 甲", "table 乙|丙", "p 尾"]);
}

#[test]
fn an_empty_cell_is_where_its_tag_is() {
    let document = read_str("<table>\n<tr><td>甲</td>\n  <td></td></tr></table>");
    let cell = &tables(&document)[0].rows[0].cells[1];
    assert_eq!(
        cell.text.location,
        Location { line: 3, column: 3, table: 1, row: 1, cell: 2, ..Location::default() }
    );
}

#[test]
fn unbelievable_spans_are_cut() {
    let html = "<table><tr><td colspan=999999999 rowspan=4000000000>甲<td>乙<tr><td colspan=' +2x'>丙<td colspan=0>丁<td rowspan=-1>戊</table>";
    let document = read_str(html);
    assert_eq!(notes(&document), ["span-clamped"]);
    let cells = placed(tables(&document)[0]);
    let short: Vec<_> = cells.iter().map(|c| (c.0, c.1, c.2, c.3, c.4.as_str())).collect();
    assert_eq!(
        short,
        [
            (1, 1, 1000, 2, "甲"),
            (1, 1001, 1, 1, "乙"),
            (2, 1001, 2, 1, "丙"),
            (2, 1003, 1, 1, "丁"),
            (2, 1004, 1, 1, "戊")
        ]
    );
}

#[test]
fn rowspans_end_with_their_row_group() {
    let html = "<table><thead><tr><td rowspan=5>甲<td>乙<tr><td>丙</thead><tr><td rowspan=0>丁<td>戊<tr><td>己</table>";
    let spans: Vec<(u32, String)> =
        placed(tables(&read_str(html))[0]).into_iter().map(|c| (c.3, c.4)).collect();
    assert_eq!(spans.iter().map(|(n, t)| format!("{t}{n}")).collect::<String>(), "甲2乙1丙1丁2戊1己1");
}

/// An independent model: a set of taken slots, filled slot by slot.
fn model(table: &[Vec<(u32, u32)>]) -> Vec<(usize, u32, u32, u32)> {
    let mut taken = std::collections::BTreeSet::new();
    let mut placed = Vec::new();
    for (r, row) in table.iter().enumerate() {
        let mut c = 0;
        for &(colspan, rowspan) in row {
            while taken.contains(&(r, c)) {
                c += 1;
            }
            let mut width = 1;
            while width < colspan && !taken.contains(&(r, c + width)) {
                width += 1;
            }
            let height = (rowspan as usize).min(table.len() - r);
            for i in 0..height {
                taken.extend((0..width).map(|j| (r + i, c + j)));
            }
            placed.push((r + 1, c + 1, width, height as u32));
        }
    }
    placed
}

#[test]
fn random_spans_are_placed_as_the_model_says() {
    let mut dice = Dice::new(7);
    for _ in 0..400 {
        let table: Vec<Vec<(u32, u32)>> = (0..1 + dice.below(7))
            .map(|_| {
                (0..dice.below(7)).map(|_| (1 + dice.below(4) as u32, 1 + dice.below(4) as u32)).collect()
            })
            .collect();
        let mut html = "<table>".to_owned();
        for (r, row) in table.iter().enumerate() {
            html += "<tr>";
            for (c, (colspan, rowspan)) in row.iter().enumerate() {
                html += &format!("<td colspan={colspan} rowspan='{rowspan}'>{r}.{c}</td>");
            }
        }
        let expected = model(&table);
        let document = read_str(&html);
        // A table with nothing beside anything is layout.
        if expected.iter().all(|cell| cell.1 == 1) {
            assert!(tables(&document).is_empty(), "{html}");
            continue;
        }
        let seen: Vec<_> = placed(tables(&document)[0]).into_iter().map(|c| (c.0, c.1, c.2, c.3)).collect();
        assert_eq!(seen, expected, "{html}");
    }
}

#[test]
fn paragraphs_and_tables_are_numbered() {
    let document = read_str(
        "<p>甲<table><tr><td>1<td>2</table><h2>乙</h2><img alt=x><table><tr><td>3<td>4</table><p>丙",
    );
    let numbers: Vec<(u32, u32)> = document
        .blocks
        .iter()
        .map(|block| match block {
            Block::Heading { text, .. } | Block::Paragraph(text) | Block::Image(text) => {
                (text.location.paragraph, 0)
            }
            Block::Table(table) => (0, table.location.table),
        })
        .collect();
    assert_eq!(numbers, [(1, 0), (0, 1), (2, 0), (0, 0), (0, 2), (3, 0)]);
    assert_eq!(rows(tables(&document)[1]), [["3", "4"]]);
}
