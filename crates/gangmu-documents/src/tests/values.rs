use super::{cells, source};

#[test]
fn values_parted_by_commas_are_a_table() {
    let read = source("序号,任务,责任单位\n1,\"建设公园,修步道\",区水务局\r\n2,\"两\n行\",\n".as_bytes(), "分工.csv");
    let texts: Vec<(u32, u32, String)> = cells(&read, 0).into_iter().map(|c| (c.0, c.1, c.4)).collect();
    let wanted = [
        (0, 0, "序号"),
        (0, 1, "任务"),
        (0, 2, "责任单位"),
        (1, 0, "1"),
        (1, 1, "建设公园,修步道"),
        (1, 2, "区水务局"),
        (2, 0, "2"),
        (2, 1, "两\n行"),
        (2, 2, ""),
    ];
    assert_eq!(texts, wanted.map(|(row, column, text)| (row, column, text.to_owned())));
}

#[test]
fn names_on_lines_of_their_own_stay_lines() {
    let lines = |text: &str| crate::flow::cell_text(&[text.to_owned()]);
    assert_eq!(lines("区教育局\n区财政局\n各镇（街）"), "区教育局\n区财政局\n各镇（街）");
    assert_eq!(lines("区住房和城\n乡建设局"), "区住房和城乡建设局");
    assert_eq!(lines("牵头\n单位"), "牵头单位");
}
