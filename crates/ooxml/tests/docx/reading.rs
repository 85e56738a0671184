//! What is read from each fixture. `make.py` beside the fixtures says what is in them and why.

use nianbao_ooxml::{Block, Notes, Package};

use crate::support::{assert_outline, body, fixture, package};

#[test]
fn spans_and_merged_cells_make_a_grid() {
    let body = body(fixture("grid"));
    assert_outline(
        &body,
        "
        p 跨行跨列
        table
        | 0+2v2 信息内容 | 2 本年制发件数 | 3 现行有效件数
        | 2 3 | 3 12
        | 0v2 规章 | 1 国家 | 2 0 | 3 1
        | 1 地方 | 2 2 | 3 5
        | 0v2 规范性文件 | 1+3 合计
        | 1+3
        p 左边留空
        table
        | 0 甲 | 1 乙 | 2 丙 | 3 丁
        | 1 二 | 2 三
        | 2+2 四
        p 没有起点的合并
        table
        | 0 一 | 1 二
        | 0 三 | 1 四
        | 0+2 五
        | 0 六 | 1
        p 旧式横向合并
        table
        | 0+2 甲 | 2 乙
        | 0 子 | 1 丑 | 2 寅
        p 一格多段
        table
        | 0 商业//企业 | 1 /0/
        | 0 | 1
        ",
    );
    assert_eq!(body.notes, Notes { covered_texts: 1, stray_merges: 4, ..Notes::default() });
}

#[test]
fn a_merged_cell_never_overlaps_another() {
    let cell = |text: &str, span: u32, merge: &str| {
        format!(
            "<w:tc><w:tcPr><w:gridSpan w:val=\"{span}\"/>{merge}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"
        )
    };
    let (restart, next) = ("<w:vMerge w:val=\"restart\"/>", "<w:vMerge/>");
    let narrower = [cell("甲", 2, restart), cell("1", 1, "")].concat()
        + "</w:tr><w:tr>"
        + &[cell("", 1, next), cell("2", 1, "")].concat();
    let wider = [cell("乙", 1, restart), cell("3", 2, "")].concat()
        + "</w:tr><w:tr>"
        + &[cell("", 2, next), cell("4", 1, "")].concat();
    let several = [cell("丙", 2, restart), cell("丁", 1, restart)].concat()
        + "</w:tr><w:tr>"
        + &[cell("", 1, next), cell("", 1, next), cell("", 1, next)].concat();
    let rows = [narrower, wider, several].join("</w:tr><w:tr>");
    let body = body(&package(&format!("<w:tbl><w:tr>{rows}</w:tr></w:tbl>")));
    let expected = "
        table
        | 0+2 甲 | 2 1
        | 0 | 1 2
        | 0v2 乙 | 1+2 3
        | 2 4
        | 0+2v2 丙 | 2v2 丁
        |
        ";
    assert_outline(&body, expected);
    assert_eq!(body.notes.stray_merges, 1);
}

#[test]
fn runs_join_and_elements_become_characters() {
    let body = body(fixture("runs"));
    assert_outline(
        &body,
        "
        p 收到申请12件
        p A&B→<一>二三⏎第二行⏎2020-2021
        p ☑是□ 否
        p 三、标题
        p 前⏎后
        p 网址2022年7控件标记
        p 换行缩进       的 XML<原样>
        p 可见不隐藏从前隐藏?
        p 年报
        p a+b=c，成立
        ",
    );
    assert_eq!(body.notes, Notes { hidden_paragraphs: 1, embedded_files: 1, ..Notes::default() });
}

#[test]
fn content_controls_are_looked_through_at_every_level() {
    assert_outline(
        &body(fixture("controls")),
        "
        p 段落
        p 里层段落
        table
        | 0 行控件 | 1 1 | 2 2
        | 0 格控件 | 1 3 | 2 4
        | 0v2 标记 | 1 5 | 2 67
        | 1 8 | 2 9
        p 文字
        ",
    );
}

#[test]
fn tracked_changes_are_read_as_accepted() {
    let body = body(fixture("changes"));
    assert_outline(
        &body,
        "
        p 收到12件
        p 前半句，后半句。
        p 正文
        p 留下
        p 移来的
        table
        | 0v2 甲 | 1 1
        | 1 3
        | 0 乙 | 1 4
        p 完
        ",
    );
    // A run, a move, a paragraph mark and a row; two runs, two marks, a move, two rows and a cell.
    assert_eq!((body.notes.insertions, body.notes.deletions), (4, 8));
}

#[test]
fn fields_show_their_result() {
    let body = body(fixture("fields"));
    assert_outline(
        &body,
        "
        p 一、总体情况1
        p 二、主动公开2
        p
        p 共32件
        p 日期：无结果
        p 坏域
        p 后文仍在
        p 填写
        ",
    );
    assert_eq!(body.notes, Notes { broken_fields: 1, ..Notes::default() });
}

#[test]
fn text_boxes_follow_their_anchor_once() {
    assert_outline(
        &body(fixture("text-boxes")),
        "
        p 锚点前锚点后
        p 红头文件□
        p 第二段□
        table
        | 0 框内表格□
        p
        p 旧式文本框□
        p 只有后备
        p *办件流程图 & 说明
        p 图文*
        p *盖章
        table
        | 0 格内/格内文本框□ | 1 *图
        p
        p 外框□
        p □
        p 内框□
        ",
    );
}

#[test]
fn tables_in_cells_stay_in_their_cells() {
    let body = body(fixture("nested"));
    assert_outline(
        &body,
        "
        p 页首
        table
        | 0 左栏//左栏末 | 1 右栏
          table
          | 0 自然人 | 1 1
          | 0 法人 | 1 2
        | 0 底 | 1
          table
          | 0
            table
            | 0
              table
              | 0 最里层 | 1 3
        p 中间
        table
        | 0 类别 | 1 数量 | 2 说明
        | 0 申请 | 1 5 | 2 其中/余下网上
          table
          | 0 当面 | 1 4
        p 页尾
        ",
    );
    let tables = body.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some((table.cell_count(), table.nested_cells)),
        Block::Paragraph(_) => None,
    });
    assert_eq!(tables.collect::<Vec<_>>(), [(4, 8), (6, 2)]);
}

#[test]
fn numbers_that_word_generates_are_labels() {
    let body = body(fixture("numbering"));
    assert_outline(
        &body,
        "
        h1 [一、]总体情况
        h2 [（一）]主动公开
        h2 [（二）]依申请公开
        p [1.2.1]细目
        p [①]甲
        h1 [二、]主动公开政府信息情况
        h1 没有编号
        h2 [（一）]规章
        p [②]乙
        p [•]圆点
        p [1)]链接到样式
        p [03.]2022年
        p [04.]5%
        p [一、]重新开始
        p [二、]继续
        p [附件C]申请表
        p [第二项]某
        p [第乙项]某
        p [第II项]某
        p [第b项]某
        p 某
        p [第２项]某
        p 未定义
        table
        | 0 序号 | 1 事项
        | 0 [05.] | 1 某事
        | 0 [06.] | 1 又一事
        ",
    );
    let Block::Paragraph(first) = &body.blocks[1] else { panic!("not a paragraph") };
    let numbering = first.numbering.unwrap();
    assert_eq!((numbering.list, numbering.level, numbering.is_bullet), (1, 1, false));
    assert_eq!(body.styles[first.style.unwrap() as usize].name.as_deref(), Some("heading 2"));
}

#[test]
fn headings_are_found_by_outline_level_and_by_name() {
    let bytes = fixture("headings");
    assert_outline(
        &body(bytes),
        "
        h1 大纲级别
        h2 内置名称
        h1 基于标题
        h3 中文名称
        p 正文级别
        p 自己取消
        h6 自己指定
        p 样式成环
        h2 未定义的样式
        h5 转义的名字
        h8 八级
        p 普通
        ",
    );
    assert_eq!(Package::open(bytes).unwrap().title().as_deref(), Some("青石县水务局 2022 年报"));
}

#[test]
fn names_are_resolved_by_namespace() {
    let package = Package::open(fixture("strict")).unwrap();
    assert_eq!(package.document_part(), "text/main.xml");
    assert_outline(&package.body(), "h2 严格\ntable\n| 0+2 甲 | 2 1\np 首选");
    assert_outline(&body(fixture("prefixes")), "p 没有前缀\np 后来声明\np 恢复");
}

#[test]
fn utf_16_is_decoded() {
    let package = Package::open(fixture("utf-16")).unwrap();
    assert!(package.is_transcoded());
    assert_outline(&package.body(), "p 十六位𠮷\ntable\n| 0 甲 | 1 12");
}

#[test]
fn python_docx_is_read() {
    let body = body(fixture("python-docx"));
    assert_outline(
        &body,
        "
        p 青石县水务局年度报告
        h1 一、总体情况
        p 全年收到申请12件。⏎均已→答复。
        h2 二、申请情况
        table
        | 0+2v2 项目 | 2+3 申请人
        | 2 12 | 3 13 | 4 14
        | 0v3 结果 | 1 21 | 2 22 | 3 23 | 4 24
        | 1 31 | 2+2v2 0 | 4 34
        | 1 41 | 4 44
        | 0 50 | 1 51 | 2 52 | 3 53/第二段 | 4 商业⏎企业
        p [1.]第一
        p [2.]第二
        p [•]要点
        p *
        ",
    );
    assert_eq!(body.notes, Notes::default());
}

#[test]
fn pandoc_is_read() {
    let bytes = fixture("pandoc");
    assert_outline(
        &body(bytes),
        "
        p 青石县水务局年报
        h1 一、总体情况
        p 全年收到申请12件，见网站。
        h2 （一）主动公开
        table
        | 0 项目 | 1 数量 | 2 备注
        | 0 规章 | 1 0 | 2
        | 0 规范性文件 | 1 12 | 2 新增
        p [1.]甲
        p [2.]乙
        p [a.]子
        p [3.]丙
        p [•]要点
        ",
    );
    assert_eq!(Package::open(bytes).unwrap().title().as_deref(), Some("青石县水务局年报"));
}

#[test]
fn libreoffice_is_read() {
    let body = body(fixture("libreoffice"));
    assert_outline(
        &body,
        "
        h1 一、总体情况
        p 全年收到申请12件。⏎均已答复。
        table
        | 0+2v3 项目 | 2+3 申请人情况
        | 2v2 自然人 | 3+2 法人或其他组织
        | 3 商业⏎企业 | 4 其他
        | 0v2 结果 | 1 予以公开 | 2 12 | 3 3 | 4 0
        | 1 部分公开 | 2 1/2 | 3 | 4 0
        p [1.]甲
        p [2.]乙
        p [•]要点
        p 见网站。
        ",
    );
    assert_eq!(body.notes, Notes::default());
}

/// What LibreOffice makes of a content is not always what stood there (it turns a page break into a new paragraph, puts
/// the code of a symbol into the text, ignores `w:isLgl`), but it must come out as LibreOffice wrote it.
#[test]
fn libreoffice_rewriting_the_fixtures_is_read() {
    assert_outline(
        &body(fixture("libreoffice-again")),
        "
        p 收到申请12件
        p A&B→<一>二三⏎第二行⏎2020-2021
        p \u{f0fe}是\u{f0a8} 否
        p 三、标题
        p 前
        p 后
        p 网址2022年4控件标记
        p 换行缩进       的 XML<原样>
        p 可见不隐藏从前隐藏?
        p 年报
        p ，成立
        p 收到12件
        p 前半句，后半句。
        p 正文
        p 留下
        p 移来的
        p 锚点前锚点后
        p 红头文件□
        p 第二段□
        table
        | 0 框内表格□
        p □
        p
        p 旧式文本框□
        p 只有后备
        p
        p 图文
        p
        table
        | 0 格内/格内文本框□ | 1
        p
        p 外框□
        p □
        p 内框□
        p 页首
        table
        | 0 左栏//左栏末 | 1 右栏
          table
          | 0 自然人 | 1 1
          | 0 法人 | 1 2
        | 0 底 | 1
          table
          | 0
            table
            | 0
              table
              | 0 最里层 | 1 3
        p 中间
        table
        | 0 类别 | 1 数量 | 2 说明
        | 0 申请 | 1 5 | 2 其中/余下网上
          table
          | 0 当面 | 1 4
        p 页尾
        h1 [一、]总体情况
        h2 [1.]主动公开
        h2 [2.]依申请公开
        p [一.一.1]细目
        p [①]甲
        h1 [二、]主动公开政府信息情况
        h1 没有编号
        h2 [1.]规章
        p [①]乙
        p [•]圆点
        p [1)]链接到样式
        p [1.]2022年
        p [2.]5%
        p [一、]重新开始
        p [二、]继续
        p [附件C]申请表
        p [第二项]某
        p [第乙项]某
        p [第II项]某
        p [第b项]某
        p 某
        p [第２项]某
        p 未定义
        table
        | 0 序号 | 1 事项
        | 0 [3.] | 1 某事
        | 0 [4.] | 1 又一事
        ",
    );
}

#[test]
fn what_stands_in_the_wrong_place_is_still_read() {
    // No writer should nest a paragraph in a run or leave the run out, but the text is there.
    let body = body(&package(
        "<w:p><w:t>没有</w:t><w:r><w:p><w:r><w:t>里面</w:t></w:r></w:p></w:r></w:p>\
         <w:tbl><w:tc><w:p/></w:tc><w:tr><w:p/><w:tc><w:r/><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
    ));
    assert_outline(&body, "p 没有里面\ntable\n| 0 1");
}
