//! Annexes of indicators: every row with its values, and where they disagree with the text.

use crate::made::{Fixture, document, outline};
use gangmu_join::{AnnexFlag, AnnexRow, ConflictKind, Joined, SourceOf, join};
use gangmu_plan::{
    compile::Names,
    compiled::{Attribute, ChangeKind, Comparator},
};

/// Merged categories, a parent with 其中, signs, ranges, brackets for sums, a note below.
const ANNEX: &str = "#! xlsx
## 指标
临江区“十五五”主要指标|<|<|<|<|<|<
类别|序号|指标名称|单位|2025年|2030年|属性
经济发展|1|地区生产总值|万元|8060000|10530000|预期性
^|2|规模以上工业增加值|亿元|238|330|预期性
^|3|全社会研发经费投入占地区生产总值比重|%|2.6|≥3.1|约束性
民生福祉|4|人均预期寿命|岁|81.2|82|预期性
^|5|新增公办学位|个|—|〔22000〕|预期性
^|6|养老床位|张|4200|—|预期性
^||其中：护理型床位|张|1900|3100以上|约束性
绿色生态|7|城市建成区绿化覆盖率|%|42.5|43—45|预期性
^|8|地表水达到或好于Ⅲ类水体比例|%|0.875|1|约束性
^|9|公共机构建筑光伏覆盖率|%|18|稳步提高|预期性
^|10|人均预期寿命|岁|81.2|82|预期性
注：〔〕内为五年累计数。|<|<|<|<|<|<
";

fn joined() -> Joined {
    let annex = Fixture::parse("附表", ANNEX);
    join(&outline(), &[document("附表.xlsx", &annex.bytes())], &Names::default())
}

fn row(joined: &Joined, number: u32) -> &AnnexRow {
    joined.annex.iter().find(|r| r.place.row == number).unwrap_or_else(|| panic!("row {number}: {:#?}", joined.annex))
}

#[test]
fn every_row_of_an_annex_says_what_it_states_and_where() {
    let joined = joined();
    assert_eq!(joined.files[0].kind, gangmu_join::FileKind::Annex);
    let rows: Vec<u32> = joined.annex.iter().map(|r| r.place.row).collect();
    assert_eq!(rows, [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
    let first = row(&joined, 3);
    assert_eq!(first.place.sheet.as_deref(), Some("指标"));
    assert_eq!((first.name.as_str(), first.unit.as_deref()), ("地区生产总值", Some("万元")));
    assert_eq!((first.category.as_deref(), first.attribute), (Some("经济发展"), Some(Attribute::Anticipatory)));
    assert_eq!((first.baseline.period.as_deref(), first.target.period.as_deref()), (Some("2025"), Some("2030")));
    assert_eq!(row(&joined, 5).target.comparator, Some(Comparator::Ge));
    assert_eq!(row(&joined, 5).attribute, Some(Attribute::Binding));
    let nursing = row(&joined, 9);
    assert_eq!((nursing.name.as_str(), nursing.parent.as_deref()), ("护理型床位", Some("养老床位")));
    assert_eq!(nursing.target.comparator, Some(Comparator::Ge));
    let green = row(&joined, 10);
    assert_eq!(
        (green.target.low.map(|v| v.to_string()), green.target.high.map(|v| v.to_string())),
        (Some("43".into()), Some("45".into()))
    );
    assert_eq!(row(&joined, 12).flags, [AnnexFlag::TargetWithoutValue]);
    assert!(row(&joined, 11).flags.contains(&AnnexFlag::RatioValue), "{:?}", row(&joined, 11));
    assert!(row(&joined, 13).flags.contains(&AnnexFlag::DuplicateRow));
}

#[test]
fn sums_over_the_years_are_told_from_values_of_the_last_year() {
    let joined = joined();
    let places = row(&joined, 7);
    let told = places.change.kind == Some(ChangeKind::Cumulative) || places.target.value.is_some();
    assert!(told, "{places:#?}");
}

#[test]
fn what_text_and_annex_say_otherwise_is_shown_with_both_sources() {
    let joined = joined();
    let conflict = |kind: ConflictKind, subject: &str| {
        joined
            .conflicts
            .iter()
            .find(|c| c.kind == kind && c.subject == subject)
            .unwrap_or_else(|| panic!("{kind:?} {subject}: {:#?}", joined.conflicts))
    };
    let industry = conflict(ConflictKind::Target, "规模以上工业增加值");
    assert!(matches!(&industry.values[0].source, SourceOf::Text { clause, .. } if clause.starts_with("1.3")));
    assert!(matches!(&industry.values[1].source, SourceOf::Row(place) if place.row == 4));
    assert_eq!(industry.values[1].value.as_deref(), Some("330"));
    conflict(ConflictKind::Unit, "地区生产总值");
    conflict(ConflictKind::Attribute, "全社会研发经费投入占地区生产总值比重");
    // The same amount in another unit is no other target.
    let targets = joined.conflicts.iter().filter(|c| c.kind == ConflictKind::Target && c.subject == "地区生产总值");
    assert_eq!(targets.count(), 0, "{:#?}", joined.conflicts);
    assert!(row(&joined, 4).flags.contains(&AnnexFlag::TextTableConflict));
    assert!(row(&joined, 3).flags.contains(&AnnexFlag::UnitConflict));
    assert!(row(&joined, 5).flags.contains(&AnnexFlag::AttributeConflict));
    assert!(!joined.conflicts.iter().any(|c| c.subject == "人均预期寿命"), "{:#?}", joined.conflicts);
}

#[test]
fn one_indicator_of_text_and_annex_is_one_with_several_sources() {
    let joined = joined();
    let life: Vec<_> = joined.indicators.iter().filter(|i| i.indicator.name == "人均预期寿命").collect();
    assert!(life.iter().any(|i| i.sources.len() >= 2), "{life:#?}");
    let only_in_annex = joined.indicators.iter().find(|i| i.indicator.name == "护理型床位").unwrap();
    assert!(matches!(only_in_annex.sources.as_slice(), [SourceOf::Row(_)]));
}

#[test]
fn rows_of_a_web_page_are_counted_by_their_tags() {
    let page = "<html><body><table><tr><td>导航</td></tr></table><table><tr><th>指标</th><th>单位</th><th>2025年</th>\
                <th>2030年</th><th>属性</th></tr><tr><td>1.森林覆盖率</td><td>%</td><td>51</td><td>52</td><td>约束性</td></tr>\
                <tr><td>2.耕地保有量</td><td>万亩</td><td>11</td><td>11</td><td>约束性</td></tr></table></body></html>";
    let joined = join(&outline(), &[document("指标.html", page.as_bytes())], &Names::default());
    let places: Vec<(Option<u32>, u32)> = joined.annex.iter().map(|r| (r.place.table, r.place.row)).collect();
    assert_eq!(places, [(Some(2), 2), (Some(2), 3)], "{:#?}", joined.annex);
}
