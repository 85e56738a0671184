//! Mistakes of the kinds that real reports contain, in whole reports of invented organs, and sentences that only look
//! like them: each of the former is found at its severity, and nothing is found in the latter.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use nianbao_lint::{Selection, lint};
use nianbao_recognize::{Hints, recognize};
use nianbao_schema::sketch;

/// Codes and severities of what is found in a sketch.
fn found(sketch: &str) -> Vec<String> {
    let report = recognize(&sketch::document(sketch).unwrap(), &Hints::default());
    let lint = lint(&report, None, &Selection::default());
    lint.findings.iter().map(|f| format!("{} {}", f.rule.code, f.severity.id())).collect()
}

/// A report whose part （一） says something.
fn overview(head: &str, words: &str) -> String {
    format!(
        "{head}\n一、总体情况\n（一）主动公开\n{words}\n另在门户网站公开业务信息50条。\n（二）依申请公开\n全年新收政府信息公开申请11件。\n\
         （三）政府信息管理\n每半年清理一次失效信息。\n（四）政府信息公开平台建设\n在门户网站设置公开专栏。\n\
         （五）监督保障\n组织业务培训2次，开展工作考核和社会评议，未发生责任追究情形。"
    )
}

#[test]
fn mistakes_are_found_at_their_severity() {
    let (town, bureau) = ("机关：沙湾县柳林镇人民政府\n年份：2023", "机关：沙湾县林业局\n年份：2023");
    let cases: &[(&str, String, &[&str])] = &[
        ("a year left over", overview(bureau, "2022年，沙湾县林业局及时更新栏目内容。"), &["D012 error"]),
        ("a year left over, 我镇", overview(town, "2022年，我镇在县政府网站发布信息77条。"), &["D012 error"]),
        ("a date that cannot be", format!("{town}\n本报告数据统计期限自2023年1月1日起至202023年12月31日止。"), &["D011 error"]),
        ("a period that ends early", format!("{town}\n本报告数据统计期限为2023年1月1日至2023年12月21日。"), &["D009 error"]),
        (
            "requests to another organ",
            overview("机关：沙湾市河东区建设街道办事处\n年份：2023", "居民向市政府及市政府办公室提出的政府信息公开申请4件。"),
            &["D001 warning"],
        ),
        ("我局 in a town", overview(town, "我局会同各村更新公开栏，结合我镇实际制作展板。"), &["D001 error"]),
        ("the work of the province", overview("机关：沙湾县人民政府\n年份：2023", "组织推动全省政府信息公开工作。沙湾县更新了目录。"), &["D003 warning"]),
        ("乡政府 in a 镇", overview(town, "我镇扎实推进乡政府信息公开。"), &["D001 warning"]),
        ("led by the province", overview(town, "在省政府办公厅政务公开处的领导下，我镇更新了目录。"), &["D003 warning"]),
        ("the number of another issuer", format!("{bureau}\n按照国办发〔2021〕30号文件要求，编制本年度报告。"), &["L007 error"]),
        ("a garbled number", format!("{bureau}\n本报告依据《政府信息公开工作年度报告格式》（国办政务公开办函〔2021〕30号）编制。"), &["L007 error"]),
        (
            "the title of one, the number of the other",
            format!("{bureau}\n依据《关于政府信息公开工作年度报告有关事项的通知》（国办公开办函〔2021〕30号）编制。"),
            &["L006 error"],
        ),
        ("a superseded basis", format!("{bureau}\n依据国办公开办函〔2019〕60号文件要求编制。"), &["L004 warning"]),
        (
            "a superseded title",
            format!("{bureau}\n依据《关于政府信息公开工作年度报告有关事项的通知》编制。"),
            &["L004 warning"],
        ),
        (
            "an office garbled by replacing",
            format!("{bureau}\n遵照国务院办公厅政府信息与政府信息公开办公室的格式编制。"),
            &["L010 warning"],
        ),
        ("the name of the Regulation", format!("{bureau}\n依据《中华人民共和国信息公开条例》编制。"), &["L009 error"]),
        ("the name of the Regulation again", overview(bureau, "发放《国务院政府信息公开条例》读本30册。"), &["L009 error"]),
        (
            "another name than the title",
            "机关：沙湾区人民政府办公室\n年份：2023\n现发布《沙湾区2023年政府信息公开工作年度报告》。".to_owned(),
            &["D008 warning"],
        ),
        (
            "a general essay",
            "机关：沙湾县林业局\n年份：2023\n一、总体情况\n（一）主动公开\n各级政府部门借助网站公开信息，部分地区开通了移动应用。\n\
             （二）依申请公开\n申请办理更加规范。\n（三）政府信息管理\n信息审核更加严格。\n（四）政府信息公开平台建设\n网站栏目更加清晰。\n\
             （五）监督保障\n培训考核更加到位。"
                .to_owned(),
            &["D014 warning"],
        ),
        ("an office counts the county", overview("机关：沙湾县人民政府办公室\n年份：2023", "全县共收到申请62件。"), &["D013 warning"]),
        ("no year in the title", "标题：沙湾县林业局政府信息公开工作年度报告".to_owned(), &["D006 warning"]),
        ("no organ in the title", "标题：2023年政府信息公开工作年度报告".to_owned(), &["D007 warning"]),
        ("another title", "标题：关于沙湾县林业局2023年度政府信息公开年报".to_owned(), &["D005 info"]),
        ("late by the page", format!("{town}\n页面：发布日期：2024-12-08"), &["D020 warning"]),
        ("late, a bureau", format!("{bureau}\n页面：发布日期：2024-02-08"), &["D020 error"]),
        ("in the folder of another year", format!("{bureau}\n网址：http://www.shawan.example/2022n/18.html"), &["D022 info"]),
        ("a private mailbox", overview(town, "联系邮箱为7766554433@qq.com，公开信息30条。"), &["P005 info"]),
    ];
    let mut wrong = Vec::new();
    for (name, sketch, expected) in cases {
        let found = found(sketch);
        if found != *expected {
            wrong.push(format!("{name}: {found:?}, not {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn sentences_that_only_look_wrong_are_left_alone() {
    let (town, bureau) = ("机关：沙湾县柳林镇人民政府\n年份：2023", "机关：沙湾县林业局\n年份：2023");
    let mut wrong = Vec::new();
    for (head, words) in [
        (bureau, "截至2023年12月底，公开信息88条，较2022年增加9条；2022年为79条。"),
        (bureau, "公开2022年度部门决算、2023年度部门预算和2024年度采购意向。"),
        (bureau, "按照《2022年沙湾县政务公开工作要点》（沙政办〔2022〕12号）补录信息5条。"),
        (bureau, "自2019年5月15日新条例施行以来，连续5年公开林长制信息。"),
        (bureau, "2021—2023年累计公开信息300条，其中2021年90条、2022年100条、2023年110条。"),
        (bureau, "2022年度政府信息公开工作年度报告于2023年1月20日公布。"),
        (bureau, "2022年建成的公开专区运行平稳，2022年12月印发的制度全部解读。"),
        (bureau, "落实全省、全市政务公开工作会议精神，参加全市培训1次，全市考核位列第3名。"),
        (bureau, "会同柳林镇政府、各乡镇政府、开发区管委会核对清单，为群众办理事项，克服自我局限。"),
        (bureau, "12345市长热线转办件15件，全部按时办结。"),
        (
            bureau,
            "依据国务院令第711号公布的《政府信息公开条例》和《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）开展培训。",
        ),
        (bureau, "学习《中华人民共和国政府信息公开条例》释义、《信息公开条例》问答各1次。"),
        (bureau, "咨询电话0991-8812345，监督电话13900001234，传真0991-8812346，工单号202312150000012345。"),
        (bureau, "局长赵青山主持会议3次，申请人向我局提出的申请11件，申请人应补正的均已告知。"),
        (town, "镇政府和镇党委分别召开会议2次，与相邻的双桥乡政府共享信息。"),
        (town, "县政府办公室指导我镇更新目录，向县政府提出的申请由县政府办公室答复。"),
        (town, "2024年，我镇将继续完善制度，力争2025年实现目录全覆盖，本年公开信息30条。"),
        (
            "机关：沙湾市人民政府\n年份：2023",
            "我市公开信息100条，全市各部门公开1200条，市长信箱受理来信80件。",
        ),
        (
            "机关：沙湾县人民政府办公室\n年份：2023",
            "指导全县42家单位公开信息，组织全县培训2次，本机关公开信息90条。",
        ),
    ] {
        let found = found(&overview(head, words));
        if !found.is_empty() {
            wrong.push(format!("{words}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// No finding of any rule shows private data in full, whatever sentence it quotes.
#[test]
fn private_data_is_masked_in_every_finding() {
    let sketch = "五、存在的主要问题及改进情况\n申请人姓名：赵青山，身份证号11010519491231002X，手机13900001234，为更好的为群众服务，汇入银行卡6222020000000000000。下一步，按月检查。";
    let report = recognize(&sketch::document(sketch).unwrap(), &Hints::default());
    let lint = lint(&report, None, &Selection::default());
    let codes: Vec<&str> = lint.findings.iter().map(|f| f.rule.code).collect();
    for code in ["P001", "P002", "P003", "P004", "W001"] {
        assert!(codes.contains(&code), "{code} in {codes:?}");
    }
    let shown = format!(
        "{:?}",
        lint.findings.iter().map(|f| (&f.message, &f.help, &f.evidence, &f.fix)).collect::<Vec<_>>()
    );
    for secret in ["11010519491231002X", "13900001234", "6222020000000000000", "赵青山"] {
        assert!(!shown.contains(secret), "{secret} is shown");
    }
}
