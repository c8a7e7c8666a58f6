use super::*;
use proptest::prelude::*;

fn d(text: &str) -> Decimal {
    Decimal::from_str_exact(text).unwrap()
}

#[test]
fn chinese_numerals_read_as_people_mean_them() {
    for (text, value) in [
        ("零", "0"),
        ("〇", "0"),
        ("十", "10"),
        ("十五", "15"),
        ("二十", "20"),
        ("廿三", "23"),
        ("三十五", "35"),
        ("一百", "100"),
        ("一百零五", "105"),
        ("一百五", "150"),
        ("一百一十", "110"),
        ("一百十五", "115"),
        ("两千", "2000"),
        ("两千零三十五", "2035"),
        ("二〇三五", "2035"),
        ("一九四九", "1949"),
        ("一万零五", "10005"),
        ("两万五", "25000"),
        ("十二万", "120000"),
        ("九千九百九十九亿", "999900000000"),
        ("一亿二", "120000000"),
        ("一万亿", "1000000000000"),
        ("三点一四", "3.14"),
        ("零点五", "0.5"),
        ("半", "0.5"),
        ("负三点五", "-3.5"),
        ("壹佰贰拾叁", "123"),
        ("一亿零一万", "100010000"),
    ] {
        assert_eq!(number(text), Some(d(value)), "{text}");
    }
}

#[test]
fn figures_read_in_any_width_and_with_magnitudes() {
    for (text, value) in [
        ("1682.15", "1682.15"),
        ("1,234.50", "1234.50"),
        ("1 234", "1234"),
        ("１２．５", "12.5"),
        ("-3", "-3"),
        ("－３", "-3"),
        ("−3", "-3"),
        ("12.5万", "125000.0"),
        ("3千", "3000"),
        ("1.2万亿", "1200000000000.0"),
    ] {
        assert_eq!(number(text), Some(d(value)), "{text}");
    }
}

#[test]
fn what_is_no_number_stays_none() {
    for text in [
        "",
        "百",
        "百年",
        "五百千",
        "三三十",
        "1,23",
        "1.",
        ".5",
        "12,3456",
        "5G",
        "十四五规划",
        "二两",
        "一点",
        "万",
        "亿万",
        "三零十",
    ] {
        assert_eq!(number(text), None, "{text}");
    }
    assert_eq!(number("一万一万"), None);
    assert_eq!(number(&"九".repeat(10_000)), None);
}

#[test]
fn proportions_and_doublings_are_read() {
    for (text, value) in [
        ("百分之六十五", "65"),
        ("百分之3.5", "3.5"),
        ("千分之三", "0.3"),
        ("三成", "30"),
        ("三成半", "35"),
        ("六成五", "65"),
        ("一半", "50"),
    ] {
        assert_eq!(percent(text), Some(d(value)), "{text}");
    }
    assert_eq!(percent("成"), None);
    assert_eq!(percent("十二成"), None);
    assert_eq!(doubling("翻一番"), Some(d("2")));
    assert_eq!(doubling("翻两番"), Some(d("4")));
    assert_eq!(doubling("翻番"), Some(d("2")));
    assert_eq!(doubling("翻半番"), None);
}

#[test]
fn numbers_are_written_as_people_write_them() {
    for (n, text) in [
        (0, "零"),
        (10, "十"),
        (15, "十五"),
        (20, "二十"),
        (105, "一百零五"),
        (110, "一百一十"),
        (2035, "二千零三十五"),
        (10_005, "一万零五"),
        (100_000, "十万"),
        (110_000, "十一万"),
        (100_010_000, "一亿零一万"),
        (999_900_000_000, "九千九百九十九亿"),
    ] {
        assert_eq!(to_chinese(n).as_deref(), Some(text));
    }
    assert_eq!(to_chinese(u64::MAX), None);
    assert_eq!(to_places(2035), "二〇三五");
}

proptest! {
    #[test]
    fn what_is_written_reads_back(n in 0_u64..CEILING) {
        prop_assert_eq!(chinese(&to_chinese(n).unwrap()), Some(Decimal::from(n)));
    }

    #[test]
    fn small_numbers_read_back(n in 0_u64..200_000) {
        prop_assert_eq!(chinese(&to_chinese(n).unwrap()), Some(Decimal::from(n)));
    }

    #[test]
    fn years_read_back(n in 1000_u64..9999) {
        prop_assert_eq!(chinese(&to_places(n)), Some(Decimal::from(n)));
    }

    #[test]
    fn any_text_is_answered(text in ".{0,40}") {
        let _ = (number(&text), percent(&text), doubling(&text));
    }

    #[test]
    fn any_numerals_are_answered(text in "[零〇一二两三九十百千万亿点半负廿0-9.,]{0,20}") {
        let _ = (number(&text), percent(&text), doubling(&text));
    }
}

#[test]
fn whole_numbers_are_read_from_code_points() {
    let read = |text: &str| whole(&text.chars().collect::<Vec<_>>());
    assert_eq!((read("一百二十"), read("二〇三五"), read("两万五")), (Some(120), Some(2035), Some(25_000)));
    assert_eq!((read(""), read("百"), read("两五"), read("三点五"), read("12")), (None, None, None, None, None));
    assert!("零〇一两壹十拾廿卅百佰千仟万亿".chars().all(is_numeral));
    assert!(!"点半第12兆".chars().any(is_numeral));
}
