//! The units that planning texts use: data.

use super::Dimension as D;

/// A row of the unit table.
pub(super) struct Base {
    /// The symbol that is shown.
    pub symbol: &'static str,
    /// Other spellings.
    pub aliases: &'static [&'static str],
    pub dimension: D,
    /// One of it is `numerator / denominator` of the dimension's own unit.
    pub numerator: u64,
    pub denominator: u64,
}

const fn base(
    symbol: &'static str,
    aliases: &'static [&'static str],
    dimension: D,
    numerator: u64,
    denominator: u64,
) -> Base {
    Base { symbol, aliases, dimension, numerator, denominator }
}

const fn count(symbol: &'static str, aliases: &'static [&'static str]) -> Base {
    base(symbol, aliases, D::Count(symbol), 1, 1)
}

#[rustfmt::skip]
pub(super) static BASES: &[Base] = &[
    base("元", &["人民币元", "元人民币", "圆"], D::Yuan, 1, 1),
    base("美元", &[], D::Dollar, 1, 1),
    base("港元", &["港币"], D::HongKongDollar, 1, 1),
    base("吨标准煤", &["吨标煤", "tce"], D::StandardCoal, 1, 1),
    base("千克标准煤", &["公斤标准煤", "千克标煤"], D::StandardCoal, 1, 1000),
    base("吨二氧化碳", &["吨二氧化碳当量", "吨CO2", "吨CO₂"], D::Carbon, 1, 1),
    base("千瓦时", &["度", "kWh", "千瓦小时"], D::Electricity, 1, 1),
    base("千瓦", &["kW"], D::Power, 1, 1),
    base("兆瓦", &["MW"], D::Power, 1000, 1),
    base("吨", &["t"], D::Mass, 1000, 1),
    base("千克", &["公斤", "kg"], D::Mass, 1, 1),
    base("斤", &["市斤"], D::Mass, 1, 2),
    base("克", &["g"], D::Mass, 1, 1000),
    base("毫克", &["mg"], D::Mass, 1, 1_000_000),
    base("微克", &["μg", "ug"], D::Mass, 1, 1_000_000_000),
    base("公里", &["千米", "km"], D::Length, 1000, 1),
    base("里", &["华里"], D::Length, 500, 1),
    base("米", &["m"], D::Length, 1, 1),
    base("厘米", &["cm"], D::Length, 1, 100),
    base("毫米", &["mm"], D::Length, 1, 1000),
    base("平方公里", &["平方千米", "km²", "km2"], D::Area, 1_000_000, 1),
    base("公顷", &["hm²", "hm2", "ha"], D::Area, 10_000, 1),
    base("亩", &["市亩"], D::Area, 2000, 3),
    base("平方米", &["m²", "㎡", "m2", "平米", "平方"], D::Area, 1, 1),
    base("立方米", &["m³", "m3", "方"], D::Volume, 1, 1),
    base("升", &["L"], D::Volume, 1, 1000),
    base("%", &["％"], D::Ratio, 1, 100),
    base("‰", &[], D::Ratio, 1, 1000),
    base("成", &[], D::Ratio, 1, 10),
    base("倍", &[], D::Ratio, 1, 1),
    base("百分点", &["个百分点"], D::PercentagePoint, 1, 1),
    base("秒", &["秒钟"], D::Duration, 1, 1),
    base("分钟", &["min"], D::Duration, 60, 1),
    base("小时", &["个小时", "h"], D::Duration, 3600, 1),
    base("天", &["日", "个自然日"], D::Duration, 86_400, 1),
    base("个月", &["月"], D::Months, 1, 1),
    base("年", &[], D::Months, 12, 1),
    base("岁", &["周岁"], D::Age, 1, 1),
    base("分", &[], D::Score, 1, 1),
    base("Mbps", &[], D::DataRate, 1, 1),
    base("Gbps", &[], D::DataRate, 1000, 1),
    base("分贝", &["dB"], D::Loudness, 1, 1),
    base("℃", &["摄氏度", "°C"], D::Temperature, 1, 1),
    count("人", &["名", "位"]), count("人次", &[]), count("人年", &[]), count("户", &[]), count("个", &[]), count("家", &[]),
    count("项", &[]), count("条", &[]), count("处", &[]), count("座", &[]), count("所", &[]), count("间", &[]), count("件", &[]),
    count("辆", &[]), count("辆次", &["车次"]), count("架", &[]), count("架次", &[]), count("班次", &[]), count("台", &[]),
    count("套", &[]), count("张", &[]), count("场", &[]), count("场次", &[]), count("次", &[]), count("例", &[]), count("起", &[]),
    count("宗", &[]), count("笔", &[]), count("只", &[]), count("头", &[]), count("羽", &[]), count("株", &[]), count("棵", &[]),
    count("篇", &[]), count("部", &[]), count("种", &[]), count("类", &[]), count("批", &[]), count("对", &[]), count("艘", &[]),
    count("列", &[]), count("班", &[]), count("片", &[]), count("块", &[]), count("本", &[]), count("册", &[]), count("支", &[]),
    count("队", &[]), count("栋", &["幢"]), count("层", &[]), count("孔", &[]), count("口", &[]), count("站", &[]), count("枚", &[]),
    count("届", &[]), count("期", &[]), count("村", &["个村"]), count("标准箱", &["TEU"]), count("标台", &[]),
    count("车位", &["个车位", "泊位", "个泊位"]), count("床位", &["张床位", "床"]), count("学位", &["个学位"]), count("岗位", &["个岗位"]),
    count("事项", &["项事项"]), count("道", &[]), count("路", &[]), count("组", &[]), count("幅", &[]), count("根", &[]), count("盏", &[]),
];

/// The words of magnitude that may stand before a unit: 万元, 亿千瓦时, 千人.
#[rustfmt::skip]
pub(super) static PREFIXES: &[(&str, u64)] = &[
    ("万亿", 1_000_000_000_000), ("千亿", 100_000_000_000), ("百亿", 10_000_000_000), ("十亿", 1_000_000_000), ("亿", 100_000_000),
    ("千万", 10_000_000), ("百万", 1_000_000), ("十万", 100_000), ("万", 10_000), ("千", 1000), ("百", 100),
];
