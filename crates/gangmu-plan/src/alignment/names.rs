//! One name for what plans spell in several ways (指标名称归一).

use gangmu_kernel::numerals::half_width;

/// Spellings and the one that stays; longer ones come first.
const SPELLINGS: [(&str, &str); 17] = [
    ("国内生产总值", "gdp"),
    ("地区生产总值", "gdp"),
    ("生产总值", "gdp"),
    ("研究与试验发展", "研发"),
    ("研究和试验发展", "研发"),
    ("r&d", "研发"),
    ("研发经费投入", "研发投入"),
    ("研发经费支出", "研发投入"),
    ("万常住人口", "万人"),
    ("万人口", "万人"),
    ("占比", "比重"),
    ("比例", "比重"),
    ("co2", "二氧化碳"),
    ("能源消耗", "能耗"),
    ("能源消费", "能耗"),
    ("pm2.5", "细颗粒物"),
    ("全员劳动生产率", "劳动生产率"),
];

/// Words at the end that say which way, and not what.
const WAYS: [&str; 12] =
    ["增长速度", "增长率", "增长", "增速", "降低率", "下降率", "降低", "下降", "提高", "减少", "年均", "累计"];

/// The name without blanks, number, notes in brackets and spelling.
pub(super) fn canonical(name: &str) -> String {
    let name: String = half_width(name).to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    let name = name.trim_start_matches(|c: char| c.is_ascii_digit() || ".、".contains(c));
    let plain = without_brackets(name);
    let mut name = if plain.is_empty() { name.to_owned() } else { plain };
    for (spelling, kept) in SPELLINGS {
        name = name.replace(spelling, kept);
    }
    while let Some(shorter) = WAYS.iter().find_map(|way| name.strip_suffix(way)).filter(|rest| rest.chars().count() > 1)
    {
        name = shorter.to_owned();
    }
    name
}

fn without_brackets(name: &str) -> String {
    let mut depth = 0u32;
    let mut kept = String::new();
    for sign in name.chars() {
        match sign {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(sign),
            _ => {}
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_indicator_are_one_name() {
        let same = |one: &str, other: &str| assert_eq!(canonical(one), canonical(other));
        same("单位GDP二氧化碳排放降低", "单位地区生产总值二氧化碳排放降低率");
        same("地区生产总值（GDP）增长", "国内生产总值增速");
        same("每万人口高价值发明专利拥有量（件）", "每万常住人口高价值发明专利拥有量");
        same("1. 森林覆盖率（%）", "森林覆盖率");
        same("细颗粒物（PM2.5）浓度", "PM2.5浓度");
    }

    #[test]
    fn different_indicators_keep_different_names() {
        assert_ne!(canonical("城镇居民人均可支配收入"), canonical("农村居民人均可支配收入"));
        assert_ne!(canonical("增长"), "");
    }
}
