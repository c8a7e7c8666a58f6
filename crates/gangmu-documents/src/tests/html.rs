use super::{cells, slice, source};
use encoding_rs::GB18030;
use gangmu_kernel::source::{BlockRole, SourceKind};

fn page(body: &str) -> String {
    format!("<!doctype html><html><head><meta charset=utf-8><title>不读</title></head><body>{body}</body></html>")
}

#[test]
fn what_a_reader_sees_becomes_text() {
    let body = "<script>var 不读 = 1;</script><style>p{}</style><nav><a href=/>首页</a></nav>\
        <h1>第一章<br>总则</h1><p>　　到2025年，&nbsp;森林覆盖率<b>达到\n35%</b>。</p>\
        <div>一、目标<div>二、任务</div>三、保障</div><p hidden>不读</p><p style='display: none'>不读</p><!-- 不读 -->";
    let read = source(page(body).as_bytes(), "a.html");
    assert_eq!(read.text, "第一章\n总则\n到2025年， 森林覆盖率达到 35%。\n一、目标\n二、任务\n三、保障\n");
    assert_eq!(read.kind, SourceKind::Html);
    assert_eq!(read.blocks[1].role, BlockRole::Heading(1));
    assert_eq!(read.blocks[2].role, BlockRole::Paragraph);
}

#[test]
fn line_ends_of_the_source_between_chinese_characters_are_no_blanks() {
    let read = source(page("<p>城镇登记\n      失业率\n GDP\n增长</p>").as_bytes(), "a.html");
    assert_eq!(read.text, "城镇登记失业率 GDP 增长\n");
}

#[test]
fn headers_footers_and_menus_are_furniture() {
    let body = "<header>区政府门户</header><ul><li><a href=/a>政务公开</a></li></ul><p>正文。<a href=/b>附件</a></p>\
        <p><a href='#c1'>第一章</a></p><footer>主办单位</footer>";
    let read = source(page(body).as_bytes(), "a.html");
    let roles: Vec<(String, bool)> =
        read.blocks.iter().map(|block| (slice(&read, block.span), block.role == BlockRole::Furniture)).collect();
    assert_eq!(
        roles,
        [
            ("区政府门户".to_owned(), true),
            ("政务公开".to_owned(), true),
            ("正文。附件".to_owned(), false),
            ("第一章".to_owned(), false),
            ("主办单位".to_owned(), true),
        ]
    );
}

#[test]
fn spanned_cells_stand_once_and_later_ones_keep_their_column() {
    let body = "<table><tr><th rowspan=2>指标</th><th colspan=2>数值</th></tr><tr><th>2020年</th><th>2025年</th></tr>\
        <tr><td>森林<br>覆盖率</td><td>33.5</td><td>35</td></tr></table>";
    let read = source(page(body).as_bytes(), "a.html");
    assert_eq!(read.text, "指标\t数值\n\t2020年\t2025年\n森林覆盖率\t33.5\t35\n");
    assert_eq!(
        cells(&read, 0),
        [
            (0, 0, 2, 1, "指标".to_owned()),
            (0, 1, 1, 2, "数值".to_owned()),
            (1, 1, 1, 1, "2020年".to_owned()),
            (1, 2, 1, 1, "2025年".to_owned()),
            (2, 0, 1, 1, "森林覆盖率".to_owned()),
            (2, 1, 1, 1, "33.5".to_owned()),
            (2, 2, 1, 1, "35".to_owned()),
        ]
    );
}

#[test]
fn a_table_that_only_lays_out_the_page_is_running_text() {
    let body = "<table><tr><td><p>第一章</p><p>总则</p><table><tr><td>指标</td><td>单位</td></tr>\
        <tr><td>覆盖率</td><td>%</td></tr></table></td><td>边栏</td></tr></table>";
    let read = source(page(body).as_bytes(), "a.html");
    assert_eq!(read.text, "第一章\n总则\n指标\t单位\n覆盖率\t%\n边栏\n");
    assert_eq!(read.tables.len(), 1);
}

#[test]
fn lines_of_a_cell_that_are_items_stay_lines() {
    let body =
        "<table><tr><td>工程</td><td><p>1.建设桥</p><p>2.建设路</p></td></tr><tr><td>a</td><td>b</td></tr></table>";
    assert_eq!(source(page(body).as_bytes(), "a.html").text, "工程\t1.建设桥\n2.建设路\na\tb\n");
}

#[test]
fn a_page_in_gb2312_is_read_in_its_superset() {
    let page =
        "<html><head><meta http-equiv=Content-Type content='text/html; charset=gb2312'></head><body>㐀镇</body></html>";
    assert_eq!(source(&GB18030.encode(page).0, "a.htm").text, "㐀镇\n");
}

#[test]
fn depth_and_absurd_spans_do_no_harm() {
    let deep = "<div>".repeat(3_000) + "底" + &"<table><tr><td>".repeat(400) + "最深";
    assert!(source(page(&deep).as_bytes(), "a.html").text.contains("最深"));
    let wide = "<table><tr><td colspan=99999999 rowspan=99999999>宽</td><td>旁</td></tr><tr><td>下</td><td>右</td></tr></table>";
    assert!(source(page(wide).as_bytes(), "a.html").text.contains('下'));
}

#[test]
fn a_web_page_is_known_by_its_content_whatever_its_name() {
    assert_eq!(source(page("<p>正文</p>").as_bytes(), "规划.doc").kind, SourceKind::Html);
    assert_eq!(source("<div>不是网页</div>".as_bytes(), "a.md").kind, SourceKind::Md);
}
