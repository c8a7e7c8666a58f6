use super::*;

fn said(text: &str) -> (Option<String>, bool) {
    let years = Years { title: None, plan: Some((2021, 2025)) };
    let found = read(text, years);
    (found.value, found.unclear)
}

#[test]
fn deadlines_are_read_in_every_manner() {
    let cases = [
        ("2025年底前", Some("2025-12-31")),
        ("2025 年年底", Some("2025-12-31")),
        ("2025年底前完成", Some("2025-12-31")),
        ("到2025年末", Some("2025-12-31")),
        ("2025年12月", Some("2025-12")),
        ("2025年12月底前", Some("2025-12-31")),
        ("2024年6月末", Some("2024-06-30")),
        ("2025年12月31日前", Some("2025-12-31")),
        ("2025", Some("2025")),
        ("2025年", Some("2025")),
        ("2025年内", Some("2025")),
        ("2025.12", Some("2025-12")),
        ("2025-12", Some("2025-12")),
        ("2025/12/31", Some("2025-12-31")),
        ("2025-06-30", Some("2025-06-30")),
        ("46022", Some("2025-12-31")),
        ("202512", Some("2025-12")),
        ("2023-2025年", Some("2025")),
        ("2021—2025年", Some("2025")),
        ("2021年至2025年", Some("2025")),
        ("“十四五”期末", Some("2025-12-31")),
        ("十四五末", Some("2025-12-31")),
        ("“十四五”期间", Some("2025")),
        ("规划期内", Some("2025")),
        ("“十五五”期末", Some("2030-12-31")),
        ("二〇二五年底", Some("2025-12-31")),
        ("二〇二五年十二月", Some("2025-12")),
        ("长期坚持", Some("ongoing")),
        ("持续推进", Some("ongoing")),
        ("长期", Some("ongoing")),
        ("2022年起持续推进", Some("ongoing")),
        ("常态化开展", Some("ongoing")),
        ("每年", Some("yearly")),
        ("每年12月", Some("yearly-12")),
        ("每年12月底前", Some("yearly-12")),
        ("每年年底前", Some("yearly-12")),
        ("每年6月", Some("yearly-06")),
        ("逐年推进", Some("yearly")),
        ("2023-2025年每年12月", Some("yearly-12")),
        ("2022年启动，2025年底前完成", Some("2025-12-31")),
        ("2023年完成前期工作，2025年建成", Some("2025")),
        ("持续推进，2025年底前完成", Some("2025-12-31")),
        ("2025年上半年", Some("2025-06")),
        ("2024年第三季度末", Some("2024-09-30")),
        ("2025年6月前", Some("2025-06")),
        ("—", None),
        ("", None),
        ("/", None),
    ];
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(text, wanted)| {
            let (value, unclear) = said(text);
            (value.as_deref() != *wanted || unclear).then(|| format!("{text}: {value:?} unclear {unclear}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_has_no_clear_date_says_so() {
    for text in ["按年度计划推进", "适时", "尽快", "12月底前", "年内", "2022年起", "按上级要求", "待定", "2028.1"]
    {
        assert_eq!(said(text), (None, true), "{text}");
    }
    assert_eq!(said("2025年前"), (Some("2025".to_owned()), true));
    assert_eq!(said("2023年、2025年"), (Some("2025".to_owned()), true));
    assert_eq!(said("每年6月、12月"), (Some("yearly".to_owned()), true));
}

#[test]
fn the_year_of_the_title_completes_a_month() {
    let years = Years { title: Some(2024), plan: None };
    let value = |text: &str| read(text, years).value;
    assert_eq!(value("12月底前").as_deref(), Some("2024-12-31"));
    assert_eq!(value("6月").as_deref(), Some("2024-06"));
    assert_eq!(value("年内").as_deref(), Some("2024"));
    assert_eq!(value("年底前").as_deref(), Some("2024-12-31"));
}
