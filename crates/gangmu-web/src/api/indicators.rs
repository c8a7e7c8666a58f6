//! Indicators (指标): the catalogue, definitions with their versions, taking them over from an approved edition.

use super::{
    about::{About, Given},
    caller::Caller,
    input::{Asked, Body, Named},
    plans::Which,
    problem::Halt,
    reply,
};
use crate::{indicators as pages, web::Web};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, Uri},
    response::Response,
};
use gangmu_app::{
    indicators::{self, Choice, Draft, views},
    look,
    terms::Tx,
};
use gangmu_indicators::{
    definition,
    measure::{Direction, Frequency, LegalKind, Measure, Prices},
};
use gangmu_kernel::ids::IndicatorId;
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// What an indicator is (指标定义).
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IndicatorDefinition {
    /// Its name (名称).
    #[schema(min_length = 1, max_length = 80)]
    pub name: String,
    /// Its category (类别).
    #[serde(default)]
    #[schema(required = false)]
    pub category: String,
    /// The unit of its values (计量单位).
    pub unit: Option<String>,
    /// `binding`, `anticipatory`; null where no plan says so (属性).
    #[schema(value_type = Option<String>)]
    pub legal: Option<LegalKind>,
    /// `stock`, `flow`, `growth`, `average_growth`, `cumulative_change`, `cap`, `rank`, `ratio`; null while open (计量性质).
    #[schema(value_type = Option<String>)]
    pub measure: Option<Measure>,
    /// `higher`, `lower`, `within`; null while open (方向).
    #[schema(value_type = Option<String>)]
    pub direction: Option<Direction>,
    /// `current`, `constant`; null where there are none (价格).
    #[schema(value_type = Option<String>)]
    pub prices: Option<Prices>,
    /// `year`, `half`, `quarter`, `month` (频度).
    #[schema(value_type = String)]
    pub frequency: Frequency,
    /// Decimals of its values (小数位数).
    #[schema(maximum = 6)]
    pub decimals: u32,
    /// Do the values of areas add up (可否分区相加)?
    pub additive: bool,
    /// Units that answer for it, the leading one first (责任单位).
    #[serde(default)]
    #[schema(required = false)]
    pub lead: Vec<String>,
    /// What is counted (口径).
    #[serde(default)]
    #[schema(required = false)]
    pub statement: String,
    /// Where its values come from (数据来源).
    #[serde(default)]
    #[schema(required = false)]
    pub source: String,
}

impl From<definition::Definition> for IndicatorDefinition {
    fn from(d: definition::Definition) -> Self {
        Self {
            name: d.name,
            category: d.category,
            unit: d.unit,
            legal: d.legal,
            measure: d.measure,
            direction: d.direction,
            prices: d.prices,
            frequency: d.frequency,
            decimals: d.decimals,
            additive: d.additive,
            lead: d.lead,
            statement: d.statement,
            source: d.source,
        }
    }
}

impl From<IndicatorDefinition> for definition::Definition {
    fn from(d: IndicatorDefinition) -> Self {
        Self {
            name: d.name.trim().to_owned(),
            category: d.category,
            unit: d.unit.filter(|unit| !unit.is_empty()),
            legal: d.legal,
            measure: d.measure,
            direction: d.direction,
            prices: d.prices,
            frequency: d.frequency,
            decimals: d.decimals,
            additive: d.additive,
            lead: d.lead,
            statement: d.statement,
            source: d.source,
        }
    }
}

/// A version of a target (目标约定的一版).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct IndicatorTarget {
    /// Its number within the contract (版次).
    pub number: u32,
    /// `proposed`, `effective`, `refused` (状态).
    pub state: String,
    /// Does it hold today (是否现行)?
    pub in_force: bool,
    /// For which period (目标期).
    pub period: String,
    /// `level`, `average_growth`, `cumulative` (目标口径).
    pub basis: String,
    /// The sign of the comparison, or nothing (比较).
    pub comparator: String,
    /// The value or range as text; empty while nobody has said how much (目标值).
    pub value: String,
    /// Its unit (单位).
    pub unit: String,
    /// Has nobody said yet how much it is (是否待补录)?
    pub open: bool,
    /// The value from which it starts (基期值).
    pub baseline: Option<String>,
    /// The period of that value (基期).
    pub baseline_period: Option<String>,
    /// The document that decides it (依据文件).
    pub document: String,
    /// Why it was changed (理由).
    pub reason: String,
    /// From when on (生效日).
    #[schema(value_type = String, format = Date)]
    pub effective_from: Date,
}

impl From<views::TargetView> for IndicatorTarget {
    fn from(t: views::TargetView) -> Self {
        Self {
            number: t.number,
            state: t.state.to_owned(),
            in_force: t.in_force,
            period: t.period,
            basis: t.basis.to_owned(),
            comparator: t.comparator.to_owned(),
            value: t.value,
            unit: t.unit,
            open: t.open,
            baseline: t.baseline,
            baseline_period: t.baseline_period,
            document: t.document,
            reason: t.reason,
            effective_from: t.effective_from,
        }
    }
}

/// An indicator of the catalogue (目录中的指标).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct IndicatorListed {
    /// Its key (编号).
    pub id: i64,
    /// Its newest definition (定义).
    pub definition: IndicatorDefinition,
    /// The target of the district that holds, of the latest period (现行目标).
    pub target: Option<IndicatorTarget>,
}

impl From<views::IndicatorLine> for IndicatorListed {
    fn from(line: views::IndicatorLine) -> Self {
        Self { id: line.id, definition: line.definition.into(), target: line.target.map(IndicatorTarget::from) }
    }
}

/// What the catalogue is asked for (筛选).
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct AskedIndicators {
    /// A category (类别).
    pub category: Option<String>,
    /// `binding`, `anticipatory`; `-` for none (属性).
    pub legal: Option<String>,
    /// A unit of measure (计量单位).
    pub unit: Option<String>,
    /// A piece of the name (名称片段).
    pub q: Option<String>,
    /// Only with a target that has no value yet (目标待补录).
    pub open: Option<bool>,
    /// Rows of the page, 50 where nothing is said (本页条数).
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<u32>,
    /// Where the page begins: the value of `next` of the page before (从哪里接着列).
    pub after: Option<String>,
}

impl AskedIndicators {
    fn filter(self, after: Option<i64>) -> views::CatalogueFilter {
        views::CatalogueFilter {
            category: self.category,
            legal: self.legal,
            unit: self.unit,
            q: self.q,
            open: self.open,
            after,
            before: None,
        }
    }
}

/// Lists the catalogue.
pub const LIST: About = About::pages::<IndicatorListed>("indicators.list").asked::<AskedIndicators>();

/// `GET /api/v1/indicators`.
pub async fn list(
    State(web): State<Web>,
    caller: Caller,
    uri: Uri,
    Asked(asked): Asked<AskedIndicators>,
) -> Result<Response, Halt> {
    let limit = reply::limit(asked.limit)?;
    let after = reply::opened_as::<i64>(asked.after.as_deref())?;
    let view = indicators::list(&web.app, &caller.session, asked.filter(after), Some(limit)).await?;
    let next = view.after.map(|key| key.to_string());
    reply::page(&uri, view.rows.into_iter().map(IndicatorListed::from).collect(), next)
}

/// Gives the catalogue as an Excel file.
pub const FILE: About = About::new("indicators.file", Given::File(XLSX)).asked::<AskedIndicators>();

/// `GET /api/v1/indicators.xlsx`.
pub async fn file(
    State(web): State<Web>,
    caller: Caller,
    Asked(asked): Asked<AskedIndicators>,
) -> Result<Response, Halt> {
    reply::limit(asked.limit)?;
    Ok(pages::workbook(&web, &caller.session, caller.language, asked.filter(None)).await?)
}

/// Everything on one indicator (指标).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Indicator {
    /// Its key (编号).
    pub id: i64,
    /// Number of its newest version (定义版次).
    pub version: u32,
    /// Its newest definition (定义).
    pub definition: IndicatorDefinition,
    /// Every version, newest first (历次定义).
    pub versions: Vec<IndicatorVersion>,
    /// The sentences of plans that name it (规划出处).
    pub origins: Vec<IndicatorOrigin>,
    /// Its targets, latest period first (目标约定).
    pub contracts: Vec<IndicatorContract>,
}

/// A version of a definition (定义的一版).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct IndicatorVersion {
    /// Its number (版次).
    pub number: u32,
    /// What differs from the one before: names of fields (改动的栏目).
    pub changed: Vec<String>,
    /// Why it was changed (理由).
    pub reason: String,
    /// When (时间).
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// By whom, masked (修订人).
    pub by: String,
    /// Entry of the journal (日志编号).
    pub journal: i64,
}

/// A sentence of a plan that names an indicator (规划出处).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct IndicatorOrigin {
    /// Title of the plan (规划).
    pub plan: String,
    /// Number of the edition (版本序号).
    pub edition: i64,
    /// Clause, paragraph and sentence (条款).
    pub reference: String,
}

/// A target with all its versions (目标约定).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct IndicatorContract {
    /// Name of the area (区域).
    pub area: String,
    /// For which period (目标期).
    pub period: String,
    /// Its versions, newest first (各版).
    pub versions: Vec<IndicatorTarget>,
}

impl From<views::IndicatorView> for Indicator {
    fn from(view: views::IndicatorView) -> Self {
        let version = |v: views::VersionView| IndicatorVersion {
            number: v.number,
            changed: v.changed.into_iter().map(str::to_owned).collect(),
            reason: v.reason,
            at: v.at,
            by: v.by,
            journal: v.journal,
        };
        let origin =
            |o: views::OriginView| IndicatorOrigin { plan: o.plan, edition: o.edition, reference: o.reference };
        let contract = |c: views::ContractView| IndicatorContract {
            area: c.area,
            period: c.period,
            versions: c.versions.into_iter().map(IndicatorTarget::from).collect(),
        };
        Self {
            id: view.id,
            version: view.version,
            definition: view.definition.into(),
            versions: view.versions.into_iter().map(version).collect(),
            origins: view.origins.into_iter().map(origin).collect(),
            contracts: view.contracts.into_iter().map(contract).collect(),
        }
    }
}

/// Shows an indicator.
pub const SHOW: About = About::gives::<Indicator>("indicators.show").tagged();

/// `GET /api/v1/indicators/{key}`.
pub async fn show(
    State(web): State<Web>,
    caller: Caller,
    headers: HeaderMap,
    Named(key): Named<String>,
) -> Result<Response, Halt> {
    // The version is read first: a change in between makes it too old, never too new.
    let of = key.clone();
    let version = look(&web.app, &caller.session, "indicators.read", move |tx| indicators::seen(tx, &of)).await?;
    let view = indicators::show(&web.app, &caller.session, &key).await?;
    reply::versioned(&Indicator::from(view), &version, &headers)
}

/// The indicator that was defined (新增的指标).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct IndicatorMade {
    /// Its key (编号).
    pub id: i64,
}

/// Defines an indicator.
pub const DEFINE: About =
    About::gives::<IndicatorMade>("indicators.define").takes::<IndicatorDefinition>().status(StatusCode::CREATED);

/// `POST /api/v1/indicators`.
pub async fn define(State(web): State<Web>, caller: Caller, body: Body<IndicatorDefinition>) -> Result<Response, Halt> {
    let answer = |id: &IndicatorId| reply::made(&IndicatorMade { id: id.0 }, format!("/api/v1/indicators/{}", id.0));
    let session = caller.session.on(caller.terms(body.digest, answer)?);
    let id = indicators::define(&web.app, &session, body.value.into()).await?;
    Ok(reply::answered(answer(&id), false))
}

/// A change of a definition (定义修订).
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IndicatorChange {
    /// The definition as it shall be (新定义).
    pub definition: IndicatorDefinition,
    /// Why it is changed (理由).
    #[schema(min_length = 1, max_length = 200)]
    pub reason: String,
}

/// Changes a definition: a new version.
pub const REVISE: About = About::step("indicators.revise").takes::<IndicatorChange>().held();

/// `PUT /api/v1/indicators/{key}`.
pub async fn revise(
    State(web): State<Web>,
    caller: Caller,
    Named(key): Named<String>,
    body: Body<IndicatorChange>,
) -> Result<Response, Halt> {
    let of = key.clone();
    let session = caller.once_on(body.digest, move |tx: &mut Tx<'_>| indicators::seen(tx, &of))?;
    // `*` stands for whatever version there is.
    let now = key.clone();
    let seen = look(&web.app, &caller.session, "indicators.define", move |tx| indicators::seen(tx, &now)).await?;
    let reason = reply::short("/reason", body.value.reason, 200)?;
    let draft = Draft { definition: body.value.definition.into(), reason };
    reply::done(indicators::revise(&web.app, &session, &key, draft, seen.parse().unwrap_or(0)).await)
}

/// An indicator of an edition (纲要中的指标).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct IndicatorCandidate {
    /// Number of the commitment (事项序号).
    pub commitment: u32,
    /// What it would be (定义).
    pub definition: IndicatorDefinition,
    /// What would be promised (目标).
    pub target: Option<IndicatorTarget>,
    /// Clause, paragraph and sentence (条款).
    pub reference: String,
    /// `new`, `known`, `adopted`, `conflict` (库内情况).
    pub standing: String,
    /// Codes of what speaks against taking it over (不能入库的理由).
    pub reasons: Vec<String>,
}

/// The indicators of an edition (纲要指标).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct IndicatorCandidates {
    /// May the caller take them over now (是否可以入库)?
    pub allowed: bool,
    /// The indicators in text order (各项指标).
    pub candidates: Vec<IndicatorCandidate>,
}

/// Lists the indicators of an edition.
pub const CANDIDATES: About = About::gives::<IndicatorCandidates>("indicators.candidates").asked::<Which>();

/// `GET /api/v1/plans/{key}/indicators`.
pub async fn candidates(
    State(web): State<Web>,
    caller: Caller,
    Named(key): Named<String>,
    Asked(which): Asked<Which>,
) -> Result<Response, Halt> {
    let view = indicators::preview(&web.app, &caller.session, &key, which.edition).await?;
    let candidate = |row: views::AdoptRow| IndicatorCandidate {
        commitment: row.number,
        definition: row.definition.into(),
        target: row.target.map(IndicatorTarget::from),
        reference: row.reference,
        standing: row.standing.to_owned(),
        reasons: row.reasons.into_iter().map(|reason| reason.code).collect(),
    };
    let candidates = view.rows.into_iter().map(candidate).collect();
    reply::json(&IndicatorCandidates { allowed: view.adopt.allowed, candidates })
}

/// An indicator that is to be taken over (拟入库指标).
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IndicatorChoice {
    /// Number of the commitment (事项序号).
    #[schema(minimum = 1)]
    pub commitment: u32,
    /// What it measures, where a person says so (计量性质).
    #[schema(value_type = Option<String>)]
    pub measure: Option<Measure>,
}

/// The indicators that are to be taken over (拟入库指标).
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IndicatorsChosen {
    /// The indicators (各项指标).
    #[schema(max_items = 2000)]
    pub indicators: Vec<IndicatorChoice>,
}

/// How many were taken over (入库结果).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct IndicatorsTaken {
    /// New ones, and known ones that got this plan as a source (项数).
    pub taken: u32,
}

/// Takes over indicators of an approved edition.
pub const ADOPT: About =
    About::gives::<IndicatorsTaken>("indicators.adopt").asked::<Which>().takes::<IndicatorsChosen>();

/// `POST /api/v1/plans/{key}/indicators`.
pub async fn adopt(
    State(web): State<Web>,
    caller: Caller,
    Named(key): Named<String>,
    Asked(which): Asked<Which>,
    body: Body<IndicatorsChosen>,
) -> Result<Response, Halt> {
    let answer = |taken: &u32| reply::answer(StatusCode::OK, &IndicatorsTaken { taken: *taken });
    let session = caller.session.on(caller.terms(body.digest, answer)?);
    let chosen =
        body.value.indicators.into_iter().map(|one| Choice { number: one.commitment, measure: one.measure.map(Some) });
    let taken = indicators::adopt(&web.app, &session, &key, which.edition, chosen.collect()).await?;
    Ok(reply::answered(answer(&taken), false))
}
