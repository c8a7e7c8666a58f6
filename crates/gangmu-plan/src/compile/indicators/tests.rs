//! Cells of indicator tables.

use rust_decimal::Decimal;

use super::cells::{attribute, is_unit, name, value};
use crate::compile::fold::fold;
use crate::compiled::{Attribute, Comparator};

fn chars(text: &str) -> Vec<char> {
    text.chars().map(fold).collect()
}

#[test]
fn a_cell_states_its_value_in_many_spellings() {
    for (text, expected, comparator) in [
        ("71", Some("71"), Some(Comparator::Eq)),
        ("＞22", Some("22"), Some(Comparator::Gt)),
        ("≥97", Some("97"), Some(Comparator::Ge)),
        ("1.45左右", Some("1.45"), Some(Comparator::About)),
        ("74%以上", Some("74"), Some(Comparator::Ge)),
        ("〔17.7〕", Some("17.7"), Some(Comparator::Eq)),
        ("〔>10〕", Some("10"), Some(Comparator::Gt)),
        ("10.5*", Some("10.5"), Some(Comparator::Eq)),
        ("3.84（2024年）", Some("3.84"), Some(Comparator::Eq)),
        ("1,250", Some("1250"), Some(Comparator::Eq)),
        ("2.2∶1", Some("2.2"), Some(Comparator::Eq)),
        ("控制在5.5%以内", Some("5.5"), Some(Comparator::Le)),
        ("完成省下达目标", None, None),
        ("高于GDP增长", None, None),
        ("—", None, None),
    ] {
        let found = value(&chars(text));
        assert_eq!(found.value, expected.map(|e| e.parse::<Decimal>().expect("a number")), "{text}");
        assert_eq!(found.comparator, comparator, "{text}");
    }
    let range = value(&chars("4.5—5"));
    assert_eq!((range.low, range.high), (Some(Decimal::new(45, 1)), Some(Decimal::from(5))));
    assert!(value(&chars("〔6〕")).cumulative);
    assert!(value(&chars("10*")).starred);
    assert_eq!(value(&chars("3.84（2024年）")).year, Some(2024));
    assert_eq!(value(&chars("—")).text, None);
}

#[test]
fn a_name_gives_up_its_number_unit_and_parent() {
    let read = |text: &str| {
        let n = name(&text.chars().collect::<Vec<_>>());
        (n.name, n.unit, n.parent, n.among)
    };
    let none = || None::<String>;
    assert_eq!(read("12.3岁以下婴幼儿入托率（%）"), ("3岁以下婴幼儿入托率".into(), Some("%".into()), none(), false));
    assert_eq!(
        read("国内生产总值（GDP）增长（%）"),
        ("国内生产总值（GDP）增长".into(), Some("%".into()), none(), false)
    );
    assert_eq!(
        read("细颗粒物（PM2.5）浓度(微克/立方米)"),
        ("细颗粒物（PM2.5）浓度".into(), Some("微克/立方米".into()), none(), false)
    );
    assert_eq!(read("其中：执业医师数（人）"), ("执业医师数".into(), Some("人".into()), none(), true));
    assert_eq!(
        read("医护人员数——护士数（人）"),
        ("护士数".into(), Some("人".into()), Some("医护人员数".into()), false)
    );
    assert_eq!(read("新能源装机（特色指标）"), ("新能源装机（特色指标）".into(), none(), none(), false));
}

#[test]
fn units_and_legal_kinds_are_known() {
    for unit in ["%", "万亿斤", "亿吨标准煤", "人/平方公里", "百分点", "万人次", "件"] {
        assert!(is_unit(&chars(unit)), "{unit}");
    }
    for word in ["GDP", "特色指标", "2030", "含预估"] {
        assert!(!is_unit(&chars(word)), "{word}");
    }
    assert_eq!(attribute(&chars("约 束 性")), Some(Attribute::Binding));
    assert_eq!(attribute(&chars("预期性")), Some(Attribute::Anticipatory));
    assert_eq!(attribute(&chars("—")), None);
}
