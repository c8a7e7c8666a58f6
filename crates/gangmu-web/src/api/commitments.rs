//! Commitments, doubts and records (承诺事项), as every address of the API writes them.

use super::{
    about::{About, Given},
    caller::Caller,
    input::{Asked, Named},
    plans::Which,
    problem::Halt,
    reply,
};
use crate::web::Web;
use axum::{
    extract::State,
    http::{HeaderMap, Uri},
    response::Response,
};
use gangmu_app::plan::{
    register::register,
    rows,
    views::{self, RegisterFilter, StandingWord},
};
use gangmu_plan::{compiled, proposal};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A word of the API for each word of the house.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident of $theirs:path { $($variant:ident),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        #[allow(missing_docs)]
        pub enum $name { $($variant),* }

        impl From<$theirs> for $name {
            fn from(word: $theirs) -> Self {
                use $theirs as Theirs;
                match word { $(Theirs::$variant => Self::$variant),* }
            }
        }

        impl From<$name> for $theirs {
            fn from(word: $name) -> Self {
                match word { $($name::$variant => Self::$variant),* }
            }
        }
    };
}

words! {
    /// Where a commitment stands (事项状态).
    Standing of StandingWord { Proposed, Accepted, Changed, Added, Doubted, Rejected, Divided }
}
words! {
    /// Kind of a commitment (事项类型).
    Kind of proposal::CommitmentKind { Indicator, Target, Task, Policy, Rule, Project, Mechanism }
}
words! {
    /// Firmness of a promise (程度).
    Degree of compiled::Degree { Must, Achieve, Advance, Support, Strive, Explore }
}
words! {
    /// Binding or anticipatory (性质).
    Attribute of compiled::Attribute { Binding, Anticipatory }
}
words! {
    /// How a value is compared (比较方式).
    Comparator of compiled::Comparator { Eq, Ge, Gt, Le, Lt, About, UpToRank }
}
words! {
    /// Which way a figure shall go (方向).
    Direction of compiled::Direction { Up, Down, Keep }
}
words! {
    /// How sure the compiler is (把握).
    Certainty of proposal::Certainty { Unsure, Likely, Sure }
}
words! {
    /// Kind of a doubt (疑点类型).
    DoubtKind of compiled::NoticeKind {
        CountMismatch, Arithmetic, Duplicate, StatusConflict, NameVariant, TextDefect, Ambiguous, MissingTable,
        UnknownUnit, Contradiction, NotAPlan,
    }
}

/// What a commitment says (事项内容): the part that a person may change.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// Its kind (事项类型).
    pub kind: Kind,
    /// The promise in the plan's words, or a name (内容).
    #[schema(min_length = 1, max_length = 2000)]
    pub text: String,
    /// Firmness; null for indicators and targets (程度).
    pub degree: Option<Degree>,
    /// Who leads (牵头单位).
    #[serde(default)]
    #[schema(required = false)]
    pub lead: Vec<String>,
    /// Who supports (配合单位).
    #[serde(default)]
    #[schema(required = false)]
    pub support: Vec<String>,
    /// Until when: `2025`, `2025-12`, `2025-12-31`, `yearly`, `yearly-12`, `ongoing`, or as the text has it (时限).
    pub deadline: Option<String>,
    /// What is to be reached (目标值).
    pub goal: Option<Goal>,
    /// Binding or anticipatory (性质).
    pub attribute: Option<Attribute>,
}

/// What is to be reached (目标值): a value, a range, or only a direction.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Goal {
    /// One value, a decimal number as text (数值).
    #[schema(pattern = r"^-?[0-9]{1,15}(\.[0-9]{1,10})?$")]
    pub value: Option<String>,
    /// Lower end of a range (下限).
    #[schema(pattern = r"^-?[0-9]{1,15}(\.[0-9]{1,10})?$")]
    pub low: Option<String>,
    /// Upper end of a range (上限).
    #[schema(pattern = r"^-?[0-9]{1,15}(\.[0-9]{1,10})?$")]
    pub high: Option<String>,
    /// Unit as written (单位).
    pub unit: Option<String>,
    /// How the value is compared (比较方式).
    pub comparator: Option<Comparator>,
    /// Which way the figure shall go (方向).
    pub direction: Option<Direction>,
    /// Until which period (目标期).
    pub period: Option<String>,
    /// As the text writes it (原文写法).
    pub text: Option<String>,
    /// Value of the base period (基期值).
    #[schema(pattern = r"^-?[0-9]{1,15}(\.[0-9]{1,10})?$")]
    pub baseline: Option<String>,
    /// The base period (基期).
    pub baseline_period: Option<String>,
}

impl From<proposal::Form> for Form {
    fn from(form: proposal::Form) -> Self {
        Self {
            kind: form.kind.into(),
            text: form.text,
            degree: form.degree.map(Degree::from),
            lead: form.owners.lead,
            support: form.owners.support,
            deadline: form.deadline,
            goal: form.goal.map(Goal::from),
            attribute: form.attribute.map(Attribute::from),
        }
    }
}

impl From<proposal::Goal> for Goal {
    fn from(goal: proposal::Goal) -> Self {
        let text = |value: Option<rust_decimal::Decimal>| value.map(|v| v.normalize().to_string());
        Self {
            value: text(goal.value),
            low: text(goal.low),
            high: text(goal.high),
            unit: goal.unit,
            comparator: goal.comparator.map(Comparator::from),
            direction: goal.direction.map(Direction::from),
            period: goal.period,
            text: goal.text,
            baseline: text(goal.baseline),
            baseline_period: goal.baseline_period,
        }
    }
}

/// A commitment (承诺事项).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Commitment {
    /// Number within the edition (序号).
    pub number: u32,
    /// Path of its clause (条款路径).
    pub clause: String,
    /// Down to the sentence, such as 5.2.二 ¶1 句 1 (出处).
    pub reference: String,
    /// Where it stands (事项状态).
    pub standing: Standing,
    /// What it says (事项内容).
    pub form: Form,
    /// The goal in one line, such as ≥95% (目标值写法).
    pub goal: Option<String>,
    /// Which rule proposed it; null for what a person entered (规则).
    pub rule: Option<String>,
    /// From 0 to 1 with two decimals (把握数值).
    pub confidence: Option<String>,
    /// The word for the confidence (把握).
    pub certainty: Option<Certainty>,
    /// Numbers of the doubts that touch it (相关疑点序号).
    pub doubts: Vec<u32>,
    /// First code point in the text of the edition (起点).
    pub start: u32,
    /// One past the last (终点).
    pub end: u32,
    /// The annex it stands in (所在附件).
    pub annex: Option<String>,
    /// Why it was rejected, 1 to 4 (否决理由).
    pub reject_reason: Option<u8>,
    /// Number of the commitment it was split from (拆分自).
    pub split_from: Option<u32>,
}

impl Commitment {
    /// A commitment of that clause.
    pub fn new(view: views::CommitmentView, clause: String) -> Self {
        Self {
            number: view.number,
            clause,
            reference: view.reference,
            standing: view.standing.into(),
            form: view.form.into(),
            goal: view.goal.map(|goal| goal.line),
            rule: view.rule,
            confidence: view.confidence,
            certainty: view.certainty.map(Certainty::from),
            doubts: view.doubts.iter().map(|doubt| doubt.number).collect(),
            start: view.start,
            end: view.end,
            annex: view.annex,
            reject_reason: view.reject_reason,
            split_from: view.split_from,
        }
    }
}

impl From<rows::VersionedCommitment> for Commitment {
    fn from(row: rows::VersionedCommitment) -> Self {
        Self::new(row.view, row.clause)
    }
}

/// A doubt of the compiler (疑点).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Doubt {
    /// Number within the edition (疑点序号).
    pub number: u32,
    /// Path of its clause (条款路径).
    pub clause: String,
    /// Down to the sentence (出处).
    pub reference: String,
    /// Its kind (疑点类型).
    pub kind: DoubtKind,
    /// The sentence of the compiler, in Chinese (说明).
    pub message: String,
    /// Its facts (数据项).
    pub fields: std::collections::BTreeMap<String, String>,
    /// The words it stands at (原文).
    pub quote: String,
    /// How a person settled it; null while it is open (了结说明).
    pub settled: Option<String>,
}

impl Doubt {
    /// A doubt of that clause.
    pub fn new(view: views::DoubtView, clause: String) -> Self {
        Self {
            number: view.number,
            clause,
            reference: view.reference,
            kind: view.kind.into(),
            message: view.message,
            fields: view.fields,
            quote: view.quote,
            settled: view.settled,
        }
    }
}

/// A line of the record (记录).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Record {
    /// When (时间).
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Who, masked; empty for the compiler (谁).
    pub who: String,
    /// What was done (做了什么).
    pub verb: String,
    /// The first commitments concerned (相关事项序号).
    pub numbers: Vec<u32>,
    /// How many were concerned (相关事项数).
    pub count: u32,
    /// A reason, or what else was said (附言).
    pub note: Option<String>,
    /// Number of its journal entry (日志序号).
    pub journal: Option<i64>,
    /// It was undone later (是否已撤销).
    pub undone: bool,
}

impl From<views::RecordView> for Record {
    fn from(view: views::RecordView) -> Self {
        Self {
            at: view.at,
            who: view.who,
            verb: view.verb.to_owned(),
            numbers: view.numbers,
            count: view.count,
            note: view.note,
            journal: view.journal,
            undone: view.undone,
        }
    }
}

/// Which commitments, which page.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// Number of the edition; without it the one in force (版本序号，不写为现行版本).
    edition: Option<u32>,
    /// Only that kind (事项类型).
    #[param(inline)]
    kind: Option<Kind>,
    /// Only that firmness (程度).
    #[param(inline)]
    degree: Option<Degree>,
    /// Only where it stands so (事项状态).
    #[param(inline)]
    standing: Option<Standing>,
    /// Only what counts: accepted, changed and added (只要已采纳、改后采纳和补录的).
    in_force: Option<bool>,
    /// Only that certainty (把握).
    #[param(inline)]
    certainty: Option<Certainty>,
    /// Only in the chapter of that path (章的路径).
    chapter: Option<String>,
    /// Only those that this organisation leads; a dash for those without (牵头单位，短横为未写明).
    lead: Option<String>,
    /// Only those that a doubt touches, or only those without (有无疑点).
    doubt: Option<bool>,
    /// Rows of the page (每页条数).
    limit: Option<u32>,
    /// What the page before gave as next (上一页给出的 next).
    after: Option<String>,
}

pub(super) fn word(word: Option<impl Serialize>) -> Option<String> {
    serde_json::to_value(word?).ok()?.as_str().map(str::to_owned)
}

impl Wanted {
    /// The filter of what is given as a whole: a limit that makes no sense is refused here too.
    fn whole(&self) -> Result<RegisterFilter, Halt> {
        reply::limit(self.limit)?;
        self.filter()
    }

    fn filter(&self) -> Result<RegisterFilter, Halt> {
        let in_force = self.in_force.filter(|yes| *yes).map(|_| "in_force".to_owned());
        Ok(RegisterFilter {
            edition: self.edition,
            kind: word(self.kind),
            degree: word(self.degree),
            standing: in_force.or_else(|| word(self.standing)),
            certainty: word(self.certainty),
            chapter: self.chapter.clone(),
            lead: self.lead.clone(),
            doubt: self.doubt,
            after: reply::opened(self.after.as_deref())?,
            before: None,
            hide: None,
        })
    }
}

/// Lists commitments.
pub const LIST: About = About::pages::<Commitment>("commitments.list").asked::<Wanted>();

/// `GET /api/v1/plans/{key}/commitments`.
pub async fn list(
    State(web): State<Web>,
    caller: Caller,
    uri: Uri,
    Named(key): Named<String>,
    Asked(wanted): Asked<Wanted>,
) -> Result<Response, Halt> {
    let (limit, filter) = (reply::limit(wanted.limit)?, wanted.filter()?);
    let found = rows::commitments_page(&web.app, &caller.session, &key, filter, limit).await?;
    reply::page(&uri, found.rows.into_iter().map(Commitment::from).collect(), found.next)
}

/// Shows a commitment with its version.
pub const SHOW: About = About::gives::<Commitment>("commitments.show").asked::<Which>().tagged();

/// `GET /api/v1/plans/{key}/commitments/{number}`.
pub async fn show(
    State(web): State<Web>,
    caller: Caller,
    headers: HeaderMap,
    Named((key, number)): Named<(String, u32)>,
    Asked(which): Asked<Which>,
) -> Result<Response, Halt> {
    let (_, found) = rows::commitment(&web.app, &caller.session, &key, which.edition, number).await?;
    let version = found.version.clone();
    reply::versioned(&Commitment::from(found), &version, &headers)
}

/// How many there are of what the filters offer (筛选项及条数).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Facets {
    /// Rows that the filter leaves (符合条件的条数).
    pub matching: u32,
    /// By kind (按类型).
    pub kinds: Vec<Facet>,
    /// By firmness (按程度).
    pub degrees: Vec<Facet>,
    /// By standing (按状态).
    pub standings: Vec<Facet>,
    /// By certainty (按把握).
    pub certainties: Vec<Facet>,
    /// By chapter (按章).
    pub chapters: Vec<Facet>,
    /// By leading organisation (按牵头单位).
    pub leads: Vec<Facet>,
    /// With a doubt (有疑点的条数).
    pub doubted: u32,
}

/// One choice of a filter (筛选项).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Facet {
    /// Word of the parameter (取值).
    pub value: String,
    /// What people call it, where it is no word (名称).
    pub label: Option<String>,
    /// Rows with it in the whole edition (条数).
    pub count: u32,
}

/// Counts commitments by what the filters offer.
pub const FACETS: About = About::gives::<Facets>("commitments.facets").asked::<Wanted>();

/// `GET /api/v1/plans/{key}/facets`.
pub async fn facets(
    State(web): State<Web>,
    caller: Caller,
    Named(key): Named<String>,
    Asked(wanted): Asked<Wanted>,
) -> Result<Response, Halt> {
    let view = register(&web.app, &caller.session, &key, wanted.whole()?).await?;
    let facets = |list: Vec<views::Facet>| {
        list.into_iter().map(|f| Facet { value: f.value, label: f.label, count: f.count }).collect()
    };
    let found = view.facets;
    reply::json(&Facets {
        matching: view.matching,
        kinds: facets(found.kinds),
        degrees: facets(found.degrees),
        standings: facets(found.standings),
        certainties: facets(found.certainties),
        chapters: facets(found.chapters),
        leads: facets(found.leads),
        doubted: found.doubted,
    })
}

/// The media type of an Excel file.
pub(super) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The register as an Excel file.
pub const FILE: About = About::new("commitments.file", Given::File(XLSX)).asked::<Wanted>();

/// `GET /api/v1/plans/{key}/register.xlsx`.
pub async fn file(
    State(web): State<Web>,
    caller: Caller,
    Named(key): Named<String>,
    Asked(wanted): Asked<Wanted>,
) -> Result<Response, Halt> {
    let filter = wanted.whole()?;
    Ok(crate::plan::register::workbook(&web, &caller.session, caller.language, &key, filter).await?)
}
