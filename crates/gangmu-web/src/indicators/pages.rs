//! The pages of indicators with their samples.

use super::Fields;
use crate::{pages::Page, samples, signs::address_segment};
use gangmu_app::{
    indicators::views::{
        AdoptRow, AdoptView, CatalogueFilter, CatalogueView, Choice, ContractView, IndicatorLine, IndicatorView,
        OriginView, TargetView, VersionView,
    },
    plan::views::{Permission, ReasonView},
};
use gangmu_indicators::{
    definition::Definition,
    measure::{Direction, Frequency, LegalKind, Measure, Prices},
};
use serde::Serialize;

/// The catalogue with one page of rows (指标目录).
#[derive(Debug, Clone, Serialize)]
pub struct CataloguePage {
    /// The rows and the filters.
    pub view: CatalogueView,
}

/// One indicator (指标页).
#[derive(Debug, Clone, Serialize)]
pub struct IndicatorPage {
    /// All that is known of it.
    pub view: IndicatorView,
}

/// What the fields of the form offer.
#[derive(Debug, Clone, Serialize)]
pub struct Offers {
    legals: Vec<&'static str>,
    measures: Vec<&'static str>,
    directions: Vec<&'static str>,
    prices: Vec<&'static str>,
    frequencies: Vec<&'static str>,
}

impl Offers {
    fn all() -> Self {
        Self {
            legals: LegalKind::ALL.iter().map(|one| one.word()).collect(),
            measures: Measure::ALL.iter().map(|one| one.word()).collect(),
            directions: Direction::ALL.iter().map(|one| one.word()).collect(),
            prices: Prices::ALL.iter().map(|one| one.word()).collect(),
            frequencies: Frequency::ALL.iter().map(|one| one.word()).collect(),
        }
    }
}

/// The form of a definition, new or changed (定义表单).
#[derive(Debug, Clone, Serialize)]
pub struct EditPage {
    /// The indicator that is changed; none for a new one.
    pub view: Option<IndicatorView>,
    /// What the form holds.
    pub fields: Fields,
    /// Where it goes.
    pub action: String,
    /// What may be chosen.
    pub offers: Offers,
    /// Why it was refused.
    pub refusals: Vec<ReasonView>,
}

impl EditPage {
    /// The form of a new indicator.
    pub fn new(fields: Fields) -> Self {
        Self { view: None, fields, action: "/indicators".to_owned(), offers: Offers::all(), refusals: Vec::new() }
    }

    /// The form of an indicator that is there.
    pub fn of(view: IndicatorView, fields: Fields) -> Self {
        Self { action: format!("{}/edit", view.address), view: Some(view), ..Self::new(fields) }
    }
}

/// The indicators of an edition, to be taken over (纲要指标入库).
#[derive(Debug, Clone, Serialize)]
pub struct AdoptPage {
    /// The indicators.
    pub view: AdoptView,
    /// Where the form goes.
    pub action: String,
    /// Why it was refused.
    pub refusals: Vec<ReasonView>,
}

impl AdoptPage {
    /// The page of a view.
    pub fn new(view: AdoptView) -> Self {
        let (key, number) = (address_segment(&view.plan.key), view.edition.number);
        Self { action: format!("/plans/{key}/edition/indicators?edition={number}"), refusals: Vec::new(), view }
    }
}

fn definition() -> Definition {
    Definition {
        category: "绿色生态".to_owned(),
        unit: Some("%".to_owned()),
        legal: Some(LegalKind::Binding),
        measure: Some(Measure::Ratio),
        direction: Some(Direction::Higher),
        frequency: Frequency::Quarter,
        decimals: 1,
        lead: vec!["区城市管理综合执法局".to_owned()],
        statement: "再生资源回收量与厨余垃圾资源化量之和，除以生活垃圾产生量。".to_owned(),
        source: "区城市管理综合执法局季报".to_owned(),
        ..Definition::named("生活垃圾回收利用率")
    }
}

fn target(number: u32, value: &str) -> TargetView {
    TargetView {
        number,
        state: "effective",
        in_force: number == 2,
        period: "2025".to_owned(),
        basis: "level",
        comparator: "≥",
        value: value.to_owned(),
        unit: "%".to_owned(),
        open: value.is_empty(),
        text: value.to_owned(),
        baseline: Some("38".to_owned()),
        baseline_period: Some("2020".to_owned()),
        document: "示例区规划纲要".to_owned(),
        reason: if number == 2 { "中期评估后调整".to_owned() } else { String::new() },
        effective_from: jiff::civil::Date::constant(2024, 3, 15),
        by: "林*".to_owned(),
        at: samples::instant(),
        decided_by: Some("沈*".to_owned()),
        note: String::new(),
    }
}

fn indicator() -> IndicatorView {
    let version = |number: u32, reason: &str, changed: Vec<&'static str>| VersionView {
        number,
        reason: reason.to_owned(),
        changed,
        at: samples::instant(),
        by: "林*".to_owned(),
        journal: i64::from(number),
    };
    IndicatorView {
        id: 7,
        address: "/indicators/7".to_owned(),
        version: 2,
        definition: definition(),
        versions: vec![version(2, "按国家口径统一", vec!["statement", "measure"]), version(1, "", Vec::new())],
        origins: vec![OriginView {
            plan: "示例区规划纲要".to_owned(),
            edition: 1,
            reference: "7.1.二 ¶1 句 1".to_owned(),
            address: "/plans/145/7.1.二?p=1&s=1".to_owned(),
        }],
        contracts: vec![ContractView {
            area: "示例区".to_owned(),
            period: "2025".to_owned(),
            versions: vec![target(2, "45"), target(1, "")],
        }],
        target: Some(target(2, "45")),
        define: Permission { allowed: true, reasons: Vec::new() },
    }
}

impl Page for CataloguePage {
    const TEMPLATE: &'static str = "indicators/list.html";

    fn samples() -> Vec<Self> {
        let choice = |value: &str, chosen| Choice {
            value: value.to_owned(),
            count: 3,
            chosen,
            address: "/indicators?legal=binding".to_owned(),
        };
        let line = |id: i64, target| IndicatorLine {
            id,
            address: format!("/indicators/{id}"),
            definition: definition(),
            target,
        };
        let bare = Definition::named("群众满意度");
        let full = CatalogueView {
            rows: vec![
                line(7, Some(target(2, "45"))),
                line(8, Some(target(1, ""))),
                IndicatorLine { definition: bare, ..line(9, None) },
            ],
            matching: 3,
            all: 43,
            categories: vec![choice("绿色生态", true), choice("民生福祉", false)],
            legals: vec![choice("binding", true), choice("-", false)],
            units: vec![choice("%", false)],
            open_address: "/indicators?open=true".to_owned(),
            clear_address: Some("/indicators".to_owned()),
            previous: Some("/indicators?before=7".to_owned()),
            next: Some("/indicators?after=9".to_owned()),
            after: Some(9),
            export_address: "/indicators.xlsx".to_owned(),
            define: Permission { allowed: true, reasons: Vec::new() },
            filter: CatalogueFilter { q: Some("率".to_owned()), open: Some(true), ..CatalogueFilter::default() },
        };
        let empty = CatalogueView {
            rows: Vec::new(),
            matching: 0,
            clear_address: None,
            previous: None,
            next: None,
            define: samples::forbidden(),
            filter: CatalogueFilter::default(),
            ..full.clone()
        };
        let none = CatalogueView { all: 0, ..empty.clone() };
        [full, empty, none].map(|view| Self { view }).into()
    }
}

impl Page for IndicatorPage {
    const TEMPLATE: &'static str = "indicators/show.html";

    fn samples() -> Vec<Self> {
        let full = indicator();
        let bare = IndicatorView {
            definition: Definition::named("群众满意度"),
            origins: Vec::new(),
            contracts: Vec::new(),
            target: None,
            define: samples::forbidden(),
            ..full.clone()
        };
        let open = IndicatorView { target: Some(target(1, "")), ..full.clone() };
        [full, bare, open].map(|view| Self { view }).into()
    }
}

impl Page for EditPage {
    const TEMPLATE: &'static str = "indicators/edit.html";

    fn samples() -> Vec<Self> {
        let view = indicator();
        let fields = Fields::of(&view.definition, view.version);
        let refused = Self { refusals: samples::reasons(), ..Self::of(view, fields) };
        vec![Self::new(Fields::default()), refused]
    }
}

impl Page for AdoptPage {
    const TEMPLATE: &'static str = "indicators/adopt.html";

    fn samples() -> Vec<Self> {
        let edition = samples::edition();
        let row = |number: u32, standing, indicator: Option<&str>| AdoptRow {
            number,
            definition: definition(),
            target: Some(target(1, if number == 2 { "" } else { "45" })),
            reference: "7.1.二 ¶1 句 1".to_owned(),
            address: "/plans/145/7.1.二".to_owned(),
            standing,
            indicator: indicator.map(str::to_owned),
            reasons: if standing == "conflict" { samples::reasons() } else { Vec::new() },
        };
        let full = AdoptView {
            plan: edition.plan.clone(),
            edition: edition.edition.clone(),
            rows: vec![
                row(1, "new", None),
                row(2, "known", Some("/indicators/7")),
                row(3, "adopted", Some("/indicators/7")),
                AdoptRow { target: None, definition: Definition::named("群众满意度"), ..row(4, "new", None) },
                row(5, "conflict", Some("/indicators/8")),
            ],
            ready: 3,
            adopt: Permission { allowed: true, reasons: Vec::new() },
            measures: Measure::ALL.to_vec(),
        };
        let empty = AdoptView { rows: Vec::new(), ready: 0, adopt: samples::forbidden(), ..full.clone() };
        let mut refused = Self::new(full.clone());
        refused.refusals = samples::reasons();
        vec![Self::new(full), Self::new(empty), refused]
    }
}
