use super::{
    cells,
    files::{docx, docx_with, p},
    refusal, slice, source,
};
use crate::Unreadable;
use gangmu_kernel::source::{BlockRole, Place, SourceKind};

/// A paragraph with properties.
fn styled(properties: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn level(at: u8, form: &str, text: &str, more: &str) -> String {
    format!(
        r#"<w:lvl w:ilvl="{at}"><w:start w:val="1"/>{more}<w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>"#
    )
}

fn numbered(list: u32, at: u8, text: &str) -> String {
    styled(&format!(r#"<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{list}"/></w:numPr>"#), text)
}

#[test]
fn paragraphs_runs_and_breaks_become_lines() {
    let body = p("第一章 总则")
        + "<w:p><w:r><w:t>到2025年，</w:t></w:r><w:hyperlink><w:r><w:t xml:space=\"preserve\">森林 &amp; 湿地</w:t></w:r>\
           </w:hyperlink><w:r><w:tab/><w:t>好</w:t><w:br/><w:t>下一行</w:t><w:br w:type=\"page\"/></w:r></w:p><w:p/>"
        + &p("末段");
    let read = source(&docx(&body), "a.docx");
    assert_eq!(read.text, "第一章 总则\n到2025年，森林 & 湿地\t好\n下一行\n末段\n");
    assert_eq!(read.kind, SourceKind::Docx);
    assert_eq!(read.blocks[1].place, Place::Paragraph(2));
}

#[test]
fn what_tracked_changes_deleted_is_left_out() {
    let body = "<w:p><w:r><w:t>达到</w:t></w:r><w:del><w:r><w:delText>30%</w:delText></w:r></w:del>\
        <w:ins><w:r><w:t>35%</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom></w:p>\
        <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>上半</w:t></w:r></w:p>"
        .to_owned()
        + &p("下半");
    assert_eq!(source(&docx(&body), "a.docx").text, "达到35%\n上半下半\n");
}

#[test]
fn fields_notes_and_hidden_text_are_left_out_and_their_results_stay() {
    let body = "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>PAGEREF</w:instrText></w:r>\
        <w:r><w:t>12</w:t></w:r><w:r><w:footnoteReference w:id=\"1\"/></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>\
        <w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>显</w:t></w:r></w:p>";
    assert_eq!(source(&docx(body), "a.docx").text, "12显\n");
}

#[test]
fn headings_follow_outline_levels_names_and_their_chain() {
    let styles = r#"<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>
        <w:style w:type="paragraph" w:styleId="a"><w:name w:val="我的标题"/><w:basedOn w:val="1"/></w:style>
        <w:style w:type="paragraph" w:styleId="b"><w:name w:val="节"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
        <w:style w:type="paragraph" w:default="1" w:styleId="n"><w:name w:val="Normal"/></w:style>"#;
    let body = styled(r#"<w:pStyle w:val="1"/>"#, "一级")
        + &styled(r#"<w:pStyle w:val="a"/>"#, "继承一级")
        + &styled(r#"<w:pStyle w:val="b"/>"#, "二级")
        + &styled(r#"<w:outlineLvl w:val="2"/>"#, "三级")
        + &styled(r#"<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>"#, "正文");
    let read = source(&docx_with(&body, styles, ""), "a.docx");
    let roles: Vec<BlockRole> = read.blocks.iter().map(|block| block.role.clone()).collect();
    assert_eq!(
        roles,
        [
            BlockRole::Heading(1),
            BlockRole::Heading(1),
            BlockRole::Heading(2),
            BlockRole::Heading(3),
            BlockRole::Paragraph
        ]
    );
}

#[test]
fn automatic_numbers_read_as_word_shows_them() {
    let numbering = format!(
        r#"<w:abstractNum w:abstractNumId="7">{}{}{}{}{}</w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>"#,
        level(0, "chineseCountingThousand", "第%1章", ""),
        level(1, "chineseCounting", "%2、", ""),
        level(2, "chineseCounting", "（%3）", ""),
        level(3, "decimal", "%4.", ""),
        level(4, "decimalEnclosedCircle", "%5", ""),
    );
    let mut body = String::new();
    for chapter in 0..11 {
        body += &numbered(3, 0, "章");
        if chapter == 0 || chapter == 10 {
            body += &(numbered(3, 1, "甲") + &numbered(3, 2, "乙") + &numbered(3, 2, "丙") + &numbered(3, 3, "丁"));
            body += &(numbered(3, 4, "戊") + &numbered(3, 1, "己") + &numbered(3, 2, "庚"));
        }
    }
    let text = source(&docx_with(&body, "", &numbering), "a.docx").text;
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[..8], ["第一章 章", "一、甲", "（一）乙", "（二）丙", "1.丁", "① 戊", "二、己", "（一）庚"]);
    assert_eq!(lines[lines.len() - 8..][..3], ["第十一章 章", "一、甲", "（一）乙"]);
}

#[test]
fn lists_may_start_elsewhere_follow_a_style_and_show_legal_digits() {
    let numbering = format!(
        r#"<w:abstractNum w:abstractNumId="1">{}{}</w:abstractNum>
        <w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
        <w:num w:numId="2"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>"#,
        level(0, "chineseCounting", "%1、", ""),
        level(1, "decimal", "%1.%2", r#"<w:pStyle w:val="s"/><w:isLgl/>"#),
    );
    let styles = r#"<w:style w:type="paragraph" w:styleId="s"><w:name w:val="节"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>"#;
    let body = numbered(1, 0, "甲")
        + &styled(r#"<w:pStyle w:val="s"/>"#, "乙")
        + &styled(r#"<w:pStyle w:val="s"/>"#, "丙")
        + &styled(r#"<w:pStyle w:val="s"/><w:numPr><w:numId w:val="0"/></w:numPr>"#, "无号")
        + &numbered(2, 0, "丁")
        + &numbered(2, 0, "戊");
    assert_eq!(
        source(&docx_with(&body, styles, &numbering), "a.docx").text,
        "一、甲\n1.1 乙\n1.2 丙\n无号\n五、丁\n六、戊\n"
    );
}

#[test]
fn tables_keep_horizontal_and_vertical_spans() {
    let tc = |properties: &str, text: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(text));
    let body = format!(
        "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}{}</w:tr><w:tr>{}{}{}</w:tr></w:tbl>",
        tc(r#"<w:vMerge w:val="restart"/>"#, "指标"),
        tc(r#"<w:gridSpan w:val="2"/>"#, "数值"),
        tc("<w:vMerge/>", ""),
        tc("", "2020年"),
        tc("", "2025年"),
        tc("", "森林覆盖率"),
        tc("", "33.5"),
        tc("", "35"),
    );
    let read = source(&docx(&body), "a.docx");
    assert_eq!(read.text, "指标\t数值\n\t2020年\t2025年\n森林覆盖率\t33.5\t35\n");
    assert_eq!(cells(&read, 0)[0], (0, 0, 2, 1, "指标".to_owned()));
    assert_eq!(cells(&read, 0)[1], (0, 1, 1, 2, "数值".to_owned()));
    assert_eq!(read.blocks[0].place, Place::TableCell { table: 1, row: 1, column: 1 });
}

#[test]
fn a_box_of_one_cell_is_running_text() {
    let body = format!("<w:tbl><w:tr><w:tc>{}{}</w:tc></w:tr></w:tbl>", p("专栏1 重点工程"), p("1.建设桥。"));
    let read = source(&docx(&body), "a.docx");
    assert_eq!((read.text.as_str(), read.tables.len()), ("专栏1 重点工程\n1.建设桥。\n", 0));
}

#[test]
fn text_boxes_follow_their_paragraph_once() {
    let boxed = p("框内");
    let body = format!(
        "<w:p><w:r><w:t>段落</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:drawing><x:a><w:txbxContent>{boxed}\
         </w:txbxContent></x:a></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{boxed}</w:txbxContent></w:pict>\
         </mc:Fallback></mc:AlternateContent></w:r></w:p>"
    );
    assert_eq!(source(&docx(&body), "a.docx").text, "段落\n框内\n");
}

#[test]
fn broken_parts_are_named_with_their_line() {
    let why = refusal(&docx("\n\n<w:p><w:r></w:p>"), "a.docx");
    assert_eq!(why, Unreadable::BrokenXml { part: "word/document.xml".to_owned(), line: 3 });
    let unknown = refusal(&docx("<w:p><w:r><w:t>&own;</w:t></w:r></w:p>"), "a.docx");
    assert!(matches!(unknown, Unreadable::BrokenXml { .. }));
}

#[test]
fn definitions_and_absurd_depth_are_refused() {
    let bytes = super::files::package(&[(
        "word/document.xml",
        b"<!DOCTYPE a [<!ENTITY b 'cc'>]><w:document xmlns:w='w'><w:body><w:p/></w:body></w:document>",
    )]);
    assert_eq!(refusal(&bytes, "a.docx"), Unreadable::ForeignDefinition { part: "word/document.xml".to_owned() });
    let deep = "<w:sdt>".repeat(5_000);
    assert!(matches!(refusal(&docx(&deep), "a.docx"), Unreadable::TooLarge { .. }));
}

#[test]
fn a_page_of_text_keeps_its_offsets() {
    let read = source(&docx(&(p("𠀀镇") + &p("后文"))), "a.docx");
    assert_eq!(slice(&read, read.blocks[1].span), "后文");
}
