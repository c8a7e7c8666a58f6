//! What the grammar says of single sentences.

use rust_decimal::Decimal;

use super::*;
use crate::compile::fold::fold;

fn chars(text: &str) -> Vec<char> {
    text.chars().map(fold).collect()
}

/// The measures of a sentence: text, value or ends, unit.
fn found(text: &str) -> Vec<String> {
    let folded = chars(text);
    let show = |m: &Measure| {
        let words: String = text.chars().skip(m.start).take(m.end - m.start).collect();
        let figure = match (m.value, m.low, m.high) {
            (Some(v), ..) => v.to_string(),
            (_, Some(a), Some(b)) => format!("{a}..{b}"),
            _ => "-".to_owned(),
        };
        format!("{words} = {figure} {}", m.unit.as_deref().unwrap_or("-"))
    };
    scan(&folded, false).iter().map(show).collect()
}

#[test]
fn names_codes_and_dates_are_no_quantities() {
    for text in [
        "推进5G、4K/8K和3D打印",
        "落实“1+1+9”部署",
        "示府发〔2021〕4号",
        "2025年3月12日",
        "2021—2025年",
        "地铁12号线",
        "G107国道",
        "113X模式",
        "世界500强企业",
        "第3条",
        "上午9时30分",
        "版本3.2.1",
        "PM2.5治理",
        "十四五",
        "统一项目库",
        "一二三产业",
        "党的二十大报告",
    ] {
        assert_eq!(found(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_unit_keeps_its_word_of_magnitude() {
    assert_eq!(found("面积31.02 万平方米"), ["31.02 万平方米 = 31.02 万平方米"]);
    assert_eq!(found("产能1.2亿千瓦"), ["1.2亿千瓦 = 1.2 亿千瓦"]);
    assert_eq!(found("线路220千伏"), ["220千伏 = 220 千伏"]);
    assert_eq!(found("共1,234家"), ["共1,234家 = 1234 家"].map(|s| s.trim_start_matches('共').to_owned()));
    assert_eq!(found("三千万元"), ["三千万元 = 3000 万元"]);
    assert_eq!(found("打造两千亿级产业"), ["两千亿级 = 2000 亿元级"]);
}

#[test]
fn a_word_that_begins_like_a_unit_is_none() {
    assert_eq!(found("“117项目”核心区"), Vec::<String>::new());
    assert_eq!(found("完成17项目标"), ["完成17项 = 17 项"]);
}

#[test]
fn ranges_lists_and_ratios_are_told_apart() {
    assert_eq!(found("建设 5 — 6 家"), ["5 — 6 家 = 5..6 家"]);
    assert_eq!(found("10—15、20—25分钟"), ["10—15 = 10..15 分钟", "20—25分钟 = 20..25 分钟"]);
    assert_eq!(found("结构为2.1∶45.3∶52.6"), ["为2.1∶45.3∶52.6 = - -"].map(|s| s.to_owned()));
    assert_eq!(found("收入比缩小到2.1∶1"), ["缩小到2.1∶1 = 2.1 -"]);
}

#[test]
fn the_end_of_a_way_and_its_length_are_told_apart() {
    let ways = |text: &str| scan(&chars(text), false).iter().map(|m| (m.way, m.direction)).collect::<Vec<_>>();
    assert_eq!(ways("能耗下降到0.3吨"), [(Way::To, Some(Direction::Down))]);
    assert_eq!(ways("能耗下降了3吨"), [(Way::By, Some(Direction::Down))]);
    assert_eq!(ways("从45%提高到77%"), [(Way::From, None), (Way::To, Some(Direction::Up))]);
    assert_eq!(ways("提高到2030年的72%"), [(Way::To, Some(Direction::Up))]);
}

#[test]
fn bounds_are_read_before_and_after_the_number() {
    let one = |text: &str| scan(&chars(text), false)[0].comparator;
    assert_eq!(one("不低于38%"), Comparator::Ge);
    assert_eq!(one("不得突破310平方公里"), Comparator::Le);
    assert_eq!(one("突破310亿元"), Comparator::Gt);
    assert_eq!(one("控制在5%以内"), Comparator::Le);
    assert_eq!(one("控制在5%左右"), Comparator::About);
    assert_eq!(one("不足3人"), Comparator::Lt);
    assert_eq!(one("4000余名"), Comparator::Gt);
    assert_eq!(one("前十名"), Comparator::UpToRank);
}

#[test]
fn what_is_said_in_words_has_its_value() {
    let one = |text: &str| scan(&chars(text), false).first().map(|m| (m.shape, m.value));
    assert_eq!(one("实现全覆盖"), Some((Shape::Coverage, Some(Decimal::ONE_HUNDRED))));
    assert_eq!(one("动态清零"), Some((Shape::Zero, Some(Decimal::ZERO))));
    assert_eq!(one("比2020年翻一番"), Some((Shape::Doubling, Some(Decimal::TWO))));
    assert_eq!(one("居全省第三"), Some((Shape::Rank, Some(Decimal::from(3)))));
    assert_eq!(one("控制在省下达的指标以内"), Some((Shape::External, None)));
    assert_eq!(one("走在全国前列"), None);
    assert_eq!(one("第一产业"), None);
}

#[test]
fn times_say_what_they_are_for() {
    let kinds = |text: &str| times::times(&chars(text)).iter().map(|t| (t.text(), t.kind)).collect::<Vec<_>>();
    assert_eq!(kinds("到2025年"), [("2025".to_owned(), From::By)]);
    assert_eq!(kinds("二 〇 三五年"), [("2035".to_owned(), From::Year)]);
    assert_eq!(kinds("“十四五”期间"), [("2021-2025".to_owned(), From::Span)]);
    assert_eq!(kinds("“十四五”末"), [("2025".to_owned(), From::By)]);
    assert_eq!(kinds("2021年至2023年"), [("2021-2023".to_owned(), From::Span)]);
    assert_eq!(kinds("较2015年增长"), [("2015".to_owned(), From::Base)]);
    assert_eq!(kinds("由2020年的"), [("2020".to_owned(), From::Start)]);
}
