//! What the pages of a plan show (视图): values ready to be rendered, without prose of their own.
//!
//! Enumerations are words in `snake_case`; their names in both languages live in `locales/<lang>/plan.ftl`.
//! Addresses are ready to use in `href`. Instants are UTC; the page writes them in the district's time.

use gangmu_plan::{
    compiled::{Attribute, Degree, NoticeKind, Range},
    proposal::{Certainty, CommitmentKind, Form},
};
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;

/// A code with its facts (理由): the sentence and its next step are found by the code in the locale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReasonView {
    /// Such as `plan-edition-decided-by-you`.
    pub code: String,
    /// Named facts of the sentence.
    pub fields: BTreeMap<String, String>,
}

/// May the person do this now (可否), and if not, why: all reasons at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Permission {
    /// No reason speaks against it.
    pub allowed: bool,
    /// What speaks against it.
    pub reasons: Vec<ReasonView>,
}

/// Where an edition stands (版本状态).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StageWord {
    /// 审校中.
    InReview,
    /// 已审定.
    Approved,
    /// 已公开.
    Published,
    /// 已撤下.
    Withdrawn,
}

/// Where a commitment stands (事项状态).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StandingWord {
    /// 编译建议: drawn dashed.
    Proposed,
    /// 采纳.
    Accepted,
    /// 改后采纳.
    Changed,
    /// 人工补录.
    Added,
    /// 存疑待议.
    Doubted,
    /// 否决.
    Rejected,
    /// 已拆分: its parts stand in its place.
    Divided,
}

/// A plan (规划) in headers and breadcrumbs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlanHead {
    /// Short key in addresses, such as `145`.
    pub key: String,
    /// Its title.
    pub title: String,
    /// `/plans/145`.
    pub address: String,
}

/// A file behind an edition (来源文件).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DocumentView {
    /// The file's name.
    pub name: String,
    /// `txt`, `docx` …
    pub kind: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Bytes.
    pub bytes: u64,
    /// The outline itself, or an annex.
    pub annex: bool,
}

/// An edition (规划文本版本) in lists and headers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EditionHead {
    /// Key in the database.
    pub id: i64,
    /// Counted from 1 within the plan.
    pub number: u32,
    /// Title of the text.
    pub title: String,
    /// Where it stands.
    pub stage: StageWord,
    /// Its files, the outline first.
    pub documents: Vec<DocumentView>,
    /// When it was imported.
    pub imported_at: Timestamp,
    /// By whom, masked.
    pub imported_by: String,
    /// Length of the text in code points.
    pub chars: u32,
    /// Number of clauses.
    pub clauses: u32,
    /// Compiler version.
    pub compiler: String,
    /// Lexicon version.
    pub lexicon: String,
    /// Counts of its commitments.
    pub counts: StandingCounts,
    /// Open doubts.
    pub doubts: u32,
    /// `/plans/145?edition=1`.
    pub address: String,
    /// `/plans/145/register?edition=1`.
    pub register_address: String,
    /// `/plans/145/review?edition=1`.
    pub review_address: String,
    /// `/plans/145/edition?edition=1`.
    pub edition_address: String,
}

/// Commitments by standing (进度).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct StandingCounts {
    /// All that stand in lists: without rejected and divided ones.
    pub total: u32,
    /// 待定.
    pub proposed: u32,
    /// 采纳.
    pub accepted: u32,
    /// 改后采纳.
    pub changed: u32,
    /// 补录.
    pub added: u32,
    /// 存疑.
    pub doubted: u32,
    /// 否决.
    pub rejected: u32,
    /// 已拆分.
    pub divided: u32,
    /// Decided in any way.
    pub decided: u32,
}

/// One partial share of the coverage (覆盖率分项).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CoveragePart {
    /// `owner`, `measure`, `cadence`, `evidence`.
    pub name: &'static str,
    /// False prints 未接入 and leaves both sides of the fraction.
    pub connected: bool,
    /// How many commitments have it.
    pub have: u32,
    /// Of how many.
    pub of: u32,
    /// Such as `71.4`; none where not connected or nothing to divide by.
    pub percent: Option<String>,
}

/// Coverage (覆盖率) of an edition or a chapter.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CoverageView {
    /// It counts proposals (the edition is in review), not accepted commitments.
    pub proposed: bool,
    /// Commitments with every connected part.
    pub have: u32,
    /// Commitments.
    pub of: u32,
    /// Such as `71.4`; none where there is nothing to divide by.
    pub percent: Option<String>,
    /// The four partial shares.
    pub parts: Vec<CoveragePart>,
}

/// `/plans` (规划列表).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlansView {
    /// The plans, newest import first.
    pub plans: Vec<PlanCard>,
    /// Imports that run or failed lately, newest first.
    pub imports: Vec<ImportProgress>,
    /// May the person import?
    pub import: Permission,
}

/// A plan with its editions.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlanCard {
    /// The plan.
    pub plan: PlanHead,
    /// The edition that the plan's address shows.
    pub current: EditionHead,
    /// Its coverage.
    pub coverage: CoverageView,
    /// All editions, newest first.
    pub editions: Vec<EditionHead>,
    /// The public page, where one edition is published.
    pub public_address: Option<String>,
}

/// How far an import is (导入进度).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ImportProgress {
    /// Key of the job.
    pub id: i64,
    /// The files' names.
    pub files: Vec<String>,
    /// `read`, `compile`, `write`, `done`, `failed`, `known`.
    pub step: &'static str,
    /// The four steps in order.
    pub steps: Vec<StepView>,
    /// Rows written so far in step `write`.
    pub done: u32,
    /// Rows to be written; 0 while unknown.
    pub of: u32,
    /// Why it failed, each with place and remedy.
    pub failures: Vec<ReasonView>,
    /// The plan's key, once it is known.
    pub plan: Option<String>,
    /// Where the edition is read, once it is visible (also for `known`: the edition that holds the same file).
    pub address: Option<String>,
    /// `/imports/7`: this page; reload while `running`.
    pub progress_address: String,
    /// Neither done nor failed.
    pub running: bool,
    /// When it began.
    pub started_at: Timestamp,
    /// By whom, masked.
    pub by: String,
}

/// A step on the rope: `done`, `here`, `open`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StepView {
    /// Name of the step.
    pub name: &'static str,
    /// `done`, `here`, `open`.
    pub state: &'static str,
}

/// A heading in the outline (目录).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OutlineNode {
    /// Path of the clause at this heading.
    pub path: String,
    /// `part`, `chapter`, `section`, `item` …
    pub level: String,
    /// As written: 第三节, 一、.
    pub number: Option<String>,
    /// Full title.
    pub title: String,
    /// Where it is read.
    pub address: String,
    /// It is the selected one.
    pub current: bool,
    /// The selected one lies in it.
    pub open: bool,
    /// Commitments in it.
    pub commitments: u32,
    /// Open doubts in it.
    pub doubts: u32,
    /// Undecided proposals in it.
    pub pending: u32,
    /// Coverage of everything in it.
    pub coverage: CoverageView,
    /// Headings below; filled for open ones and in the review desk.
    pub children: Vec<OutlineNode>,
}

/// `/plans/145/5.2.二` (阅读器).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReaderView {
    /// The plan.
    pub plan: PlanHead,
    /// The edition that is read.
    pub edition: EditionHead,
    /// Coverage of the edition.
    pub coverage: CoverageView,
    /// Outline.
    pub outline: Vec<OutlineNode>,
    /// From the plan down to the clause.
    pub breadcrumb: Vec<Crumb>,
    /// The chapter or section that is read.
    pub section: SectionView,
    /// What is known of the selected clause or sentence.
    pub panel: PanelView,
    /// Other editions.
    pub versions: Vec<EditionHead>,
    /// Print view of this section.
    pub print_address: String,
    /// The review desk at this clause, where the person may use it.
    pub review: Permission,
    /// Its address.
    pub review_address: String,
}

/// A step of the breadcrumb.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Crumb {
    /// Number and title.
    pub text: String,
    /// Where it leads.
    pub address: String,
}

/// The clauses of one section (本节).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SectionView {
    /// Path of the section.
    pub path: String,
    /// Number and title as written.
    pub number: Option<String>,
    /// Its title.
    pub title: String,
    /// Its clauses in text order.
    pub clauses: Vec<ClauseView>,
    /// The section before.
    pub previous: Option<Crumb>,
    /// The section after.
    pub next: Option<Crumb>,
}

/// A clause as it is read (条款).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClauseView {
    /// Key in the database.
    pub id: i64,
    /// Path, such as `5.2.二`.
    pub path: String,
    /// Where it is read.
    pub address: String,
    /// The headings that begin here, without their text in the paragraphs.
    pub headings: Vec<HeadingView>,
    /// Paragraphs.
    pub paragraphs: Vec<ParagraphView>,
    /// It is the selected clause.
    pub selected: bool,
    /// All connected parts are there for all its commitments: the knot is solid.
    pub complete: bool,
    /// Is there any commitment?
    pub commitments: u32,
}

/// A heading at the beginning of a clause.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HeadingView {
    /// `chapter`, `section`, `item`, `box` …
    pub level: String,
    /// As written.
    pub number: Option<String>,
    /// Title.
    pub title: String,
}

/// A paragraph (段) with its marks in the margin.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ParagraphView {
    /// Counted from 1 in the clause: ¶n.
    pub number: u32,
    /// `text`, or `row` for a line of a box or table.
    pub form: &'static str,
    /// Sentences.
    pub sentences: Vec<SentenceView>,
    /// What stands in it, for the margin left of the rope.
    pub marks: Vec<MarginMark>,
}

/// A sentence (句), in pieces.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SentenceView {
    /// Counted from 1 in the paragraph.
    pub number: u32,
    /// `5.2.二 ¶1 句 1`.
    pub reference: String,
    /// Where it is selected.
    pub address: String,
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// It is the selected one.
    pub selected: bool,
    /// Numbers of the commitments that stand in it.
    pub commitments: Vec<u32>,
    /// The text, cut where a mark begins or ends.
    pub pieces: Vec<PieceView>,
}

/// A piece of a sentence under the same marks.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct PieceView {
    /// The plan's own words, never altered.
    pub text: String,
    /// Run-in lead: bold.
    pub lead: bool,
    /// Degree word: underlined by firmness.
    pub degree: Option<Degree>,
    /// `target` or `deliverable`: 2 px accent underline; other quantities are not marked.
    pub quantity: Option<&'static str>,
    /// Doubt: wave.
    pub doubt: Option<NoticeKind>,
    /// Review desk: number of the proposal whose span this is (the innermost).
    pub knot: Option<u32>,
    /// Review desk: it belongs to the current proposal.
    pub current: bool,
    /// A found word.
    pub hit: bool,
}

/// A mark in the margin (边注): kind and count, or a doubt.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MarginMark {
    /// `indicator`, `target`, `task`, `policy`, `rule`, `project`, `mechanism`, `responsibility`, `doubt`.
    pub kind: &'static str,
    /// How many.
    pub count: u32,
    /// Kind of the doubt.
    pub doubt: Option<NoticeKind>,
    /// All of them are proposals: drawn dashed.
    pub proposed: bool,
    /// Selects the first sentence that holds one.
    pub address: String,
    /// Sentence in the paragraph beside which it stands.
    pub sentence: u32,
}

/// Everything on the selected clause or sentence (右栏).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PanelView {
    /// `5.2.二 ¶1 句 1`.
    pub reference: String,
    /// Its address.
    pub address: String,
    /// Only a sentence is selected, not the whole clause.
    pub sentence: bool,
    /// The whole clause, where a sentence is selected.
    pub clause_address: String,
    /// Counts by kind.
    pub kinds: Vec<KindCount>,
    /// The firmest degree in it.
    pub degree: Option<Degree>,
    /// The commitments.
    pub commitments: Vec<CommitmentView>,
    /// 责任, as written.
    pub responsibilities: Vec<ResponsibilityView>,
    /// 疑点.
    pub doubts: Vec<DoubtView>,
    /// The same clause in other editions.
    pub versions: Vec<VersionView>,
    /// 记录, newest first.
    pub record: Vec<RecordView>,
}

/// A kind with its count.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KindCount {
    /// Kind.
    pub kind: CommitmentKind,
    /// How many.
    pub count: u32,
}

/// A commitment (承诺事项) as shown.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CommitmentView {
    /// Key in the database.
    pub id: i64,
    /// Number within the edition.
    pub number: u32,
    /// Where it is read: its sentence.
    pub address: String,
    /// `5.2.二 ¶1 句 1`.
    pub reference: String,
    /// Where it stands.
    pub standing: StandingWord,
    /// What it says: kind, text, degree, owners, deadline, goal, attribute.
    pub form: Form,
    /// The goal written for people: `≥ 95 %`, `5～6 家`; none where there is no goal.
    pub goal: Option<GoalView>,
    /// Which rule made it; none for added ones.
    pub rule: Option<String>,
    /// 0 to 1, two decimals.
    pub confidence: Option<String>,
    /// The word.
    pub certainty: Option<Certainty>,
    /// Filled cells of five.
    pub cells: u8,
    /// Doubts that touch it.
    pub doubts: Vec<DoubtView>,
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// The file it stands in, where that is an annex.
    pub annex: Option<String>,
    /// Why it was rejected: 1–4.
    pub reject_reason: Option<u8>,
    /// Number of the commitment it was split from.
    pub split_from: Option<u32>,
}

/// A goal in parts that the page joins (目标值).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GoalView {
    /// `≥`, `＞`, `≤`, `＜`, `约`, empty.
    pub comparator: &'static str,
    /// `95`, `5～6`; empty for a direction alone.
    pub value: String,
    /// Unit as written.
    pub unit: Option<String>,
    /// `up`, `down`, `keep`, where there is no value.
    pub direction: Option<&'static str>,
    /// Period.
    pub period: Option<String>,
    /// Baseline with period.
    pub baseline: Option<String>,
    /// Everything in one line: `≥95%`.
    pub line: String,
}

/// A bracket or cell that names who is responsible, as written (责任).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ResponsibilityView {
    /// As the text writes it.
    pub text: String,
    /// 牵头.
    pub lead: Vec<String>,
    /// 配合.
    pub support: Vec<String>,
    /// Deadline.
    pub deadline: Option<String>,
    /// `first_named_leads` and the like.
    pub note: Option<String>,
    /// Its sentence.
    pub address: String,
}

/// A doubt of the compiler (疑点).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DoubtView {
    /// Number within the edition.
    pub number: u32,
    /// Kind.
    pub kind: NoticeKind,
    /// The Chinese sentence of the compiler.
    pub message: String,
    /// Its facts, for other languages.
    pub fields: BTreeMap<String, String>,
    /// Where.
    pub spans: Vec<Range>,
    /// The words at the first span.
    pub quote: String,
    /// Its sentence.
    pub address: String,
    /// `5.2.二 ¶1 句 1`.
    pub reference: String,
    /// A person has settled it with these words.
    pub settled: Option<String>,
}

/// The same clause in another edition.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct VersionView {
    /// The edition's number.
    pub edition: u32,
    /// Its title.
    pub title: String,
    /// Its stage.
    pub stage: StageWord,
    /// Where the clause of the same path is read there.
    pub address: String,
    /// The words are the same.
    pub same: bool,
    /// It is the edition being read.
    pub current: bool,
}

/// A line of the record (记录).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RecordView {
    /// When.
    pub at: Timestamp,
    /// Who, masked; the compiler is empty.
    pub who: String,
    /// `imported`, `accepted`, `accepted_in_bulk`, `changed`, `split`, `rejected`, `added`, `doubted`, `undone`,
    /// `approved`, `published`, `withdrawn`, `settled`.
    pub verb: &'static str,
    /// Numbers of the commitments concerned (the first few) and how many there are.
    pub numbers: Vec<u32>,
    /// How many.
    pub count: u32,
    /// Reason, or what else was said.
    pub note: Option<String>,
    /// Journal entry.
    pub journal: Option<i64>,
    /// It was undone later.
    pub undone: bool,
}

/// `/plans/145/register` (台账).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RegisterView {
    /// The plan.
    pub plan: PlanHead,
    /// The edition.
    pub edition: EditionHead,
    /// The rows of this page.
    pub rows: Vec<RegisterLine>,
    /// The filter in force, for the keys and hidden fields.
    pub filter: RegisterFilter,
    /// How many rows the filter leaves.
    pub matching: u32,
    /// What the filters offer, with counts.
    pub facets: Facets,
    /// Columns with their state.
    pub columns: Vec<ColumnView>,
    /// The page.
    pub page: PageView,
    /// The same filter as an Excel file.
    pub export_address: String,
}

/// A row of the register.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RegisterLine {
    /// 序号: number within the edition.
    pub ordinal: u32,
    /// The commitment.
    pub commitment: CommitmentView,
    /// Number and title of the chapter.
    pub chapter: String,
}

/// What the register is asked for (筛选); every field is a query parameter of its name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, serde::Deserialize)]
#[serde(default)]
pub struct RegisterFilter {
    /// Edition number; none for the one that the plan's address shows.
    pub edition: Option<u32>,
    /// Kind word.
    pub kind: Option<String>,
    /// Degree word.
    pub degree: Option<String>,
    /// Standing word, or `in_force`.
    pub standing: Option<String>,
    /// Certainty word.
    pub certainty: Option<String>,
    /// Path of a chapter.
    pub chapter: Option<String>,
    /// Name of a lead unit; `-` for none named.
    pub lead: Option<String>,
    /// Only those with a doubt.
    pub doubt: Option<bool>,
    /// Keyset: after this row, `start.number`.
    pub after: Option<String>,
    /// Keyset: before this row, `start.number`.
    pub before: Option<String>,
    /// Columns hidden, separated by commas.
    pub hide: Option<String>,
}

/// What the filters offer.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Facets {
    /// Kinds.
    pub kinds: Vec<Facet>,
    /// Degrees.
    pub degrees: Vec<Facet>,
    /// Standings.
    pub standings: Vec<Facet>,
    /// Certainties.
    pub certainties: Vec<Facet>,
    /// Chapters: value is the path, label number and title.
    pub chapters: Vec<Facet>,
    /// Lead units.
    pub leads: Vec<Facet>,
    /// With a doubt.
    pub doubted: u32,
}

/// One choice of a filter.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Facet {
    /// Word of the parameter.
    pub value: String,
    /// What to show where it is no word of the locale.
    pub label: Option<String>,
    /// Rows with it in the whole edition.
    pub count: u32,
    /// It is chosen.
    pub chosen: bool,
    /// The same filter with this choice toggled.
    pub address: String,
}

/// A column of the register.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ColumnView {
    /// `ordinal`, `clause`, `content`, `kind`, `degree`, `lead`, `support`, `deadline`, `goal`, `source`, `standing`.
    pub name: &'static str,
    /// Is it shown?
    pub shown: bool,
    /// Shows or hides it.
    pub address: String,
}

/// A keyset page.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct PageView {
    /// 上一页.
    pub previous: Option<String>,
    /// 下一页.
    pub next: Option<String>,
    /// Rows on it.
    pub shown: u32,
}

/// `/plans/145/review/5.2.二` (审校台).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReviewView {
    /// The plan.
    pub plan: PlanHead,
    /// The edition, with counts.
    pub edition: EditionHead,
    /// Outline with pending counts.
    pub outline: Vec<OutlineNode>,
    /// From the plan down to the clause.
    pub breadcrumb: Vec<Crumb>,
    /// The clause with numbered knots.
    pub clause: ClauseView,
    /// Its proposals and commitments in text order.
    pub proposals: Vec<ProposalView>,
    /// Index of the current one in `proposals`.
    pub current: Option<usize>,
    /// Doubts of the clause that touch no proposal, and those that do.
    pub doubts: Vec<DoubtView>,
    /// Chapter: undecided and all.
    pub chapter: ChapterProgress,
    /// 有把握 proposals that a bulk acceptance would take.
    pub bulk: BulkView,
    /// 上一条.
    pub previous: Option<NextClause>,
    /// 下一条.
    pub next: Option<NextClause>,
    /// 下一处疑点.
    pub next_doubt: Option<NextClause>,
    /// 下一条待定.
    pub next_pending: Option<NextClause>,
    /// Last decision of this person that can be undone.
    pub undo: Option<RecordView>,
    /// May the person decide here?
    pub decide: Permission,
    /// May the person approve the edition?
    pub approve: Permission,
    /// 记录 of this clause, newest first.
    pub record: Vec<RecordView>,
    /// Revision of the edition: sent with each decision, so that two people don't overwrite each other.
    pub revision: i64,
}

/// A proposal in the middle column.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProposalView {
    /// Counted from 1 in the clause; the knot's number.
    pub knot: u32,
    /// The commitment.
    pub commitment: CommitmentView,
    /// Signs that moved the confidence.
    pub signs: Vec<SignView>,
    /// `accept`, `change`, `split`, `doubt`: the primary key.
    pub recommended: &'static str,
    /// What `split` would make of it; empty where nothing suggests itself.
    pub parts: Vec<Form>,
    /// It is open as a form.
    pub current: bool,
    /// Opens it.
    pub address: String,
}

/// A sign with its amount.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SignView {
    /// Name of the sign.
    pub name: String,
    /// `+0.31`, `−0.09`.
    pub delta: String,
    /// It lowers the confidence.
    pub lowers: bool,
}

/// How far a chapter is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChapterProgress {
    /// Number and title.
    pub title: String,
    /// Path.
    pub path: String,
    /// Decided.
    pub decided: u32,
    /// All.
    pub of: u32,
}

/// What a bulk acceptance would take.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BulkView {
    /// In this clause.
    pub clause: u32,
    /// In this chapter.
    pub chapter: u32,
    /// Preview for the clause.
    pub clause_address: String,
    /// Preview for the chapter.
    pub chapter_address: String,
}

/// Preview of a bulk acceptance (批量采纳预览).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BulkPreview {
    /// The plan.
    pub plan: PlanHead,
    /// The edition.
    pub edition: EditionHead,
    /// Path of the clause or chapter.
    pub path: String,
    /// `clause` or `chapter`.
    pub scope: &'static str,
    /// What would be accepted.
    pub commitments: Vec<CommitmentView>,
    /// Digest of this list: sent back, so that what was seen is what is accepted.
    pub seal: String,
    /// May the person do it?
    pub accept: Permission,
    /// Back to the desk.
    pub back: String,
}

/// A clause that comes next.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NextClause {
    /// Path.
    pub path: String,
    /// Number and title.
    pub title: String,
    /// Undecided proposals.
    pub pending: u32,
    /// Open doubts.
    pub doubts: u32,
    /// Review desk there.
    pub address: String,
}

/// `/plans/145/edition` (版本与公开).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EditionView {
    /// The plan.
    pub plan: PlanHead,
    /// The edition.
    pub edition: EditionHead,
    /// Coverage.
    pub coverage: CoverageView,
    /// The way of an edition: `in_review`, `approved`, `published`.
    pub steps: Vec<StepView>,
    /// Verbs `approve`, `publish`, `withdraw`, with permission.
    pub actions: Vec<ActionView>,
    /// What would be public, and what would not.
    pub preview: PublicationPreview,
    /// History, newest first.
    pub history: Vec<RecordView>,
    /// Who decided proposals, masked.
    pub reviewers: Vec<String>,
    /// Who approved, masked.
    pub approver: Option<String>,
    /// The public page while published.
    pub public_address: Option<String>,
    /// Revision to send along.
    pub revision: i64,
}

/// A verb with its permission.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ActionView {
    /// `approve`, `publish`, `withdraw`.
    pub verb: &'static str,
    /// May the person do it now?
    pub permission: Permission,
    /// It is the next lawful step.
    pub next: bool,
}

/// What publication would show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct PublicationPreview {
    /// Characters of text.
    pub chars: u32,
    /// Commitments in force.
    pub commitments: u32,
    /// Of these, with a confirmed owner.
    pub owners: u32,
    /// Not shown: undecided, doubted, rejected.
    pub hidden: u32,
    /// Not shown: doubts.
    pub doubts: u32,
}

/// `/public/145` (公众页): text and accepted commitments, nothing else.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PublicView {
    /// Key.
    pub key: String,
    /// Title.
    pub title: String,
    /// Edition number.
    pub edition: u32,
    /// When it was published.
    pub published_at: Timestamp,
    /// Chapters; `clauses` of the asked one are filled.
    pub chapters: Vec<PublicChapter>,
    /// Changes only when the page changes.
    pub etag: String,
    /// Commitments in force by kind.
    pub kinds: Vec<KindCount>,
}

/// A chapter of the public page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PublicChapter {
    /// Path.
    pub path: String,
    /// Number as written.
    pub number: Option<String>,
    /// Title.
    pub title: String,
    /// Where it is read.
    pub address: String,
    /// It is the one shown.
    pub current: bool,
    /// Commitments in force in it.
    pub commitments: u32,
    /// Its clauses, where it is the one shown.
    pub clauses: Vec<PublicClause>,
}

/// A clause of the public page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PublicClause {
    /// Path.
    pub path: String,
    /// Headings.
    pub headings: Vec<HeadingView>,
    /// Paragraphs: the plan's words, nothing marked.
    pub paragraphs: Vec<String>,
    /// Accepted commitments.
    pub commitments: Vec<PublicCommitment>,
}

/// An accepted commitment on the public page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PublicCommitment {
    /// Kind.
    pub kind: CommitmentKind,
    /// The promise.
    pub text: String,
    /// Degree.
    pub degree: Option<Degree>,
    /// 约束性 or 预期性.
    pub attribute: Option<Attribute>,
    /// Goal.
    pub goal: Option<GoalView>,
    /// Confirmed owners only; empty where the text names none that a person has confirmed.
    pub lead: Vec<String>,
    /// Confirmed supporters.
    pub support: Vec<String>,
    /// Deadline.
    pub deadline: Option<String>,
}

/// `/search?q=` (搜索).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SearchView {
    /// What was asked.
    pub query: String,
    /// How many were found, up to the bound.
    pub found: u32,
    /// More were found than are counted.
    pub more: bool,
    /// Hits, best first.
    pub hits: Vec<HitView>,
    /// Counts by kind: `plan`, `clause`, `commitment`.
    pub kinds: Vec<Facet>,
    /// The next page.
    pub next: Option<String>,
}

/// A hit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HitView {
    /// `plan`, `clause`, `commitment`.
    pub kind: &'static str,
    /// Kind of the commitment.
    pub commitment: Option<CommitmentKind>,
    /// Title of the plan.
    pub plan: String,
    /// Edition number.
    pub edition: u32,
    /// Clause reference or plan key.
    pub reference: String,
    /// Where it is read.
    pub address: String,
    /// The words around the first hit, cut at the hits.
    pub excerpt: Vec<PieceView>,
    /// Where a commitment stands.
    pub standing: Option<StandingWord>,
}

/// `/` (我的工作).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HomeView {
    /// What waits for me.
    pub waiting: Vec<WaitingView>,
    /// What I wait for.
    pub waiting_for: Vec<WaitingView>,
    /// Commitments that name my organisation as lead or supporter.
    pub commitments: Vec<CommitmentView>,
    /// How many there are in all.
    pub commitments_found: u32,
    /// Changes to the plans, newest first.
    pub changes: Vec<ChangeView>,
    /// Plans in short.
    pub plans: Vec<PlanCard>,
}

/// A row of home: kind, title, one verb.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WaitingView {
    /// `review`, `approve`, `publish`, `import_failed`, `import_running`.
    pub kind: &'static str,
    /// Title of the plan or file.
    pub title: String,
    /// Where the verb leads.
    pub address: String,
    /// Undecided proposals or the like.
    pub count: u32,
    /// Since when.
    pub since: Timestamp,
    /// Reasons why it can't be done by this person, where it only is waited for.
    pub reasons: Vec<ReasonView>,
}

/// A change to a plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChangeView {
    /// Title of the plan.
    pub plan: String,
    /// Edition number.
    pub edition: u32,
    /// Where it is read.
    pub address: String,
    /// What happened.
    pub record: RecordView,
}
