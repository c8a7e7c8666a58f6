use super::*;
use proptest::prelude::*;

#[test]
fn names_keep_the_family_name() {
    for (name_, masked) in [
        ("张三", "张*"),
        ("张", "张*"),
        ("欧阳明日", "欧阳*"),
        ("欧阳", "欧*"),
        ("古丽·买买提", "古*"),
        ("Anna", "A*"),
        ("", ""),
        ("  ", ""),
    ] {
        assert_eq!(name(name_), masked);
    }
}

#[test]
fn phones_keep_too_little_to_call() {
    for (number, masked) in [
        ("13800008000", "138****8000"),
        ("138 0000 8000", "138 **** 8000"),
        ("+8613800008000", "+86138****8000"),
        ("020-86888888", "020-8*****88"),
        ("0755-86888888", "0755-******88"),
        ("86888888", "******88"),
        ("110", "***"),
        ("", ""),
        ("无", "*"),
    ] {
        assert_eq!(phone(number), masked, "{number}");
    }
}

#[test]
fn identity_numbers_keep_six_and_four() {
    assert_eq!(identity_number("440114199001011234"), "440114********1234");
    assert_eq!(identity_number("44011419900101123X"), "440114********123X");
    assert_eq!(identity_number("440114900101123"), "440114*****1123");
    assert_eq!(identity_number("1234"), "****");
}

#[test]
fn addresses_end_at_the_road() {
    for (full, masked) in [
        ("甲区乙街道建设路12号3栋405房", "甲区乙街道建设路*"),
        ("甲镇乙村三社", "甲镇乙村三社"),
        ("幸福花园8栋", "*"),
        ("甲区乙街道", "甲区乙街道"),
        ("甲区A座之建设路", "甲区*"),
        ("", ""),
    ] {
        assert_eq!(address(full), masked);
    }
}

#[test]
fn free_text_loses_its_numbers_and_keeps_its_words() {
    assert_eq!(
        text("请联系张三13800008000，证号44011419900101123X。"),
        "请联系张三138****8000，证号440114********123X。"
    );
    assert_eq!(text("2024年完成投资1682.15亿元，代码440114001000"), "2024年完成投资1682.15亿元，代码440114001000");
    assert_eq!(text("卡号6222021234567890123"), "卡号***************0123");
}

proptest! {
    #[test]
    fn any_text_is_masked_without_panic(any in ".{0,40}") {
        let _ = (name(&any), phone(&any), identity_number(&any), address(&any), text(&any));
    }

    #[test]
    fn masked_phones_never_show_their_middle(number in "1[3-9][0-9]{9}") {
        let masked = phone(&number);
        prop_assert_eq!(&masked[3..7], "****");
        prop_assert_eq!(text(&format!("电话{number}。")), format!("电话{masked}。"));
    }

    #[test]
    fn masked_names_never_grow_beyond_three_characters(any in ".{0,40}") {
        prop_assert!(name(&any).chars().count() <= 3);
    }

    #[test]
    fn masking_twice_changes_nothing(any in ".{0,40}") {
        let once = text(&any);
        prop_assert_eq!(text(&once), once);
    }
}
