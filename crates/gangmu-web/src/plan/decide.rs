//! Deciding at the review desk: accept, change, split, reject, doubt, add, settle, undo. Afterwards the desk moves on.

use crate::{
    failure::{Stop, reasons},
    pages::{Noun, Toast},
    plan::{
        conflict::{self, Attempt},
        form::Fields,
        review::ReviewPage,
    },
    signs::address_segment,
    visit::{Visit, done},
    web::Web,
};
use axum::{
    extract::{Form, Path, Query, State},
    http::StatusCode,
    response::Response,
};
use gangmu_app::{
    Failure, Session,
    plan::{
        decide::{Decided, Desk, decide, undo_last},
        review::review,
        settle::settle,
        version,
        views::{ProposalView, ReasonView, ReviewView},
    },
    terms::{Terms, Tx},
};
use gangmu_plan::{
    compiled::{Degree, Range},
    proposal::{CommitmentKind, Form as Content, Owners},
    review::{Command, RejectReason},
};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Which edition.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Which {
    /// Its number; none for the one in force.
    pub edition: Option<u32>,
}

/// What the form of the open proposal sends.
#[derive(Debug, Deserialize)]
pub struct Decision {
    number: u32,
    path: String,
    seen: Option<u32>,
    #[serde(default)]
    version: String,
    verb: String,
    #[serde(default)]
    reason: Option<u8>,
    #[serde(default)]
    note: String,
    #[serde(default)]
    parts: String,
    #[serde(default)]
    owner: String,
    #[serde(flatten)]
    fields: Fields,
}

impl Decision {
    /// The visitor's session, deciding only on what was seen.
    fn session(&self, visit: &Visit, key: &str, which: &Which) -> Session {
        if self.version.is_empty() {
            return visit.session.clone();
        }
        let (key, edition, number) = (key.to_owned(), which.edition, self.number);
        let now = move |tx: &mut Tx<'_>| version::of_commitment(tx, &key, edition, number);
        visit.session.on(Terms::default().held(vec![self.version.clone()], now))
    }

    /// Everything that was sent, to be sent again.
    fn sent(&self) -> Vec<(&'static str, String)> {
        let mut sent = vec![
            ("number", self.number.to_string()),
            ("path", self.path.clone()),
            ("seen", self.seen.unwrap_or(0).to_string()),
            ("version", self.version.clone()),
            ("verb", self.verb.clone()),
            ("note", self.note.clone()),
            ("parts", self.parts.clone()),
            ("owner", self.owner.clone()),
        ];
        sent.extend(self.reason.map(|reason| ("reason", reason.to_string())));
        sent.extend(self.fields.sent());
        sent
    }
}

/// `POST /plans/{key}/review/decide`.
pub async fn decide_it(
    State(web): State<Web>,
    visit: Visit,
    Path(key): Path<String>,
    Query(which): Query<Which>,
    Form(decision): Form<Decision>,
) -> Result<Response, Stop> {
    let place = Place { web: &web, visit: &visit, key: &key, which: &which, path: &decision.path };
    let view = place.view(Some(decision.number)).await?;
    let open = view.proposals.iter().find(|p| p.commitment.number == decision.number).ok_or(Stop::Hidden)?;
    let (command, toast) = match command(&decision, open) {
        Ok(command) => command,
        Err(refusals) => return place.refused(Some(decision.number), refusals).await,
    };
    let desk = Desk { plan: key.clone(), edition: which.edition, seen: decision.seen };
    match decide(&web.app, &decision.session(&visit, &key, &which), desk, command.clone()).await {
        // Who leads is not yet whether it is a promise: the desk stays.
        Ok(_) if matches!(command, Command::Assign { .. }) => {
            place.move_to(Some(decision.number), toast, decision.owner.clone(), true).await
        }
        Ok(_) => place.move_on(toast, decision.number.to_string(), true).await,
        Err(Failure::Outdated { .. }) => {
            let attempt = Attempt {
                key: &key,
                which: &which,
                number: decision.number,
                seen: &decision.version,
                verb: &decision.verb,
                sent: decision.sent(),
                command: &command,
            };
            conflict::show(&web, &visit, attempt).await
        }
        Err(Failure::Refused(refused)) => place.refused(Some(decision.number), reasons(&refused)).await,
        Err(other) => Err(other.into()),
    }
}

/// What is asked for, with the words that say it was done.
fn command(decision: &Decision, open: &ProposalView) -> Result<(Command, &'static str), Vec<ReasonView>> {
    let (number, before) = (decision.number, &open.commitment.form);
    let note = decision.note.trim().to_owned();
    Ok(match decision.verb.as_str() {
        "accept" => (Command::Accept { number }, "toast-accepted"),
        "change" => {
            let form = Box::new(decision.fields.applied_to(before)?);
            (Command::Change { number, form }, "toast-changed")
        }
        "split" => {
            let parts = open.parts.iter().map(|part| (part.clone(), None)).collect();
            (Command::Split { number, parts }, "toast-split")
        }
        "split-by-hand" => {
            let lines = decision.parts.lines().map(str::trim).filter(|line| !line.is_empty());
            let parts = lines.map(|line| (Content { text: line.to_owned(), ..before.clone() }, None)).collect();
            (Command::Split { number, parts }, "toast-split")
        }
        "assign" => {
            let lead = Some(decision.owner.trim()).filter(|owner| !owner.is_empty()).map(str::to_owned);
            (Command::Assign { leads: [(number, lead.into_iter().collect())].into() }, "toast-assigned")
        }
        "doubt" => {
            // A doubt needs words; where the compiler has said what it doubts, these are the words.
            let said = open.commitment.doubts.iter().map(|d| d.message.as_str()).collect::<Vec<_>>().join(" ");
            let note = if note.is_empty() { said } else { note };
            (Command::Doubt { number, note }, "toast-doubted")
        }
        "reject" => {
            let reason = decision.reason.and_then(RejectReason::of_number).unwrap_or(RejectReason::Other);
            (Command::Reject { number, reason, note }, "toast-rejected")
        }
        _ => return Err(vec![ReasonView { code: "plan.form.no_verb".to_owned(), fields: BTreeMap::new() }]),
    })
}

/// What the form of an addition sends.
#[derive(Debug, Deserialize)]
pub struct Addition {
    path: String,
    seen: Option<u32>,
    text: String,
    kind: String,
}

/// `POST /plans/{key}/review/add`: a commitment that the compiler did not see.
pub async fn add(
    State(web): State<Web>,
    visit: Visit,
    Path(key): Path<String>,
    Query(which): Query<Which>,
    Form(addition): Form<Addition>,
) -> Result<Response, Stop> {
    let place = Place { web: &web, visit: &visit, key: &key, which: &which, path: &addition.path };
    let view = place.view(None).await?;
    let text = addition.text.trim();
    let Some(span) = span_of(&view, text) else {
        let reason = ReasonView { code: "plan.form.not_in_clause".to_owned(), fields: BTreeMap::new() };
        let page = ReviewPage {
            refusals: vec![reason],
            add_text: Some(addition.text.clone()),
            ..ReviewPage::new(place.view(None).await?)
        };
        return visit.page_with(&web, Some(Noun::Plans), StatusCode::UNPROCESSABLE_ENTITY, &page).await;
    };
    let kind = CommitmentKind::of_word(&addition.kind).ok_or(Stop::Malformed)?;
    let degree = (!matches!(kind, CommitmentKind::Indicator | CommitmentKind::Target)).then_some(Degree::Advance);
    let form = Content {
        kind,
        text: text.to_owned(),
        degree,
        owners: Owners::default(),
        deadline: None,
        goal: None,
        attribute: None,
    };
    let command = Command::Add { clause: clause_number(&view), span, form: Box::new(form) };
    let desk = Desk { plan: key.clone(), edition: which.edition, seen: addition.seen };
    match decide(&web.app, &visit.session, desk, command).await {
        Ok(Decided { numbers, .. }) => {
            let number = numbers.first().copied().unwrap_or_default();
            place.move_to(Some(number), "toast-added", number.to_string(), true).await
        }
        Err(Failure::Refused(refused)) => place.refused(None, reasons(&refused)).await,
        Err(other) => Err(other.into()),
    }
}

/// Where these words stand in the clause.
fn span_of(view: &ReviewView, text: &str) -> Option<Range> {
    if text.is_empty() {
        return None;
    }
    for sentence in view.clause.paragraphs.iter().flat_map(|p| &p.sentences) {
        let whole: String = sentence.pieces.iter().map(|piece| piece.text.as_str()).collect();
        if let Some(byte) = whole.find(text) {
            let before = u32::try_from(whole[..byte].chars().count()).ok()?;
            let long = u32::try_from(text.chars().count()).ok()?;
            return Some((sentence.start + before, sentence.start + before + long));
        }
    }
    None
}

/// The clause's number within its edition, out of its key.
fn clause_number(view: &ReviewView) -> u32 {
    gangmu_app::plan::number_of(gangmu_kernel::ids::CommitmentId(view.clause.id))
}

/// What the form of a doubt sends.
#[derive(Debug, Deserialize)]
pub struct Settlement {
    path: String,
    seen: Option<u32>,
    doubt: u32,
    words: String,
}

/// `POST /plans/{key}/review/settle`.
pub async fn settle_it(
    State(web): State<Web>,
    visit: Visit,
    Path(key): Path<String>,
    Query(which): Query<Which>,
    Form(settlement): Form<Settlement>,
) -> Result<Response, Stop> {
    let place = Place { web: &web, visit: &visit, key: &key, which: &which, path: &settlement.path };
    let desk = Desk { plan: key.clone(), edition: which.edition, seen: settlement.seen };
    match settle(&web.app, &visit.session, desk, settlement.doubt, &settlement.words).await {
        Ok(()) => place.move_to(None, "toast-settled", settlement.doubt.to_string(), false).await,
        Err(Failure::Refused(refused)) => place.refused(None, reasons(&refused)).await,
        Err(other) => Err(other.into()),
    }
}

/// Where the person was when undoing.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Undo {
    path: Option<String>,
}

/// `POST /plans/{key}/review/undo`: the person's own last decision.
pub async fn undo(
    State(web): State<Web>,
    visit: Visit,
    Path(key): Path<String>,
    Query(which): Query<Which>,
    Query(at): Query<Undo>,
    Form(sent): Form<Undo>,
) -> Result<Response, Stop> {
    let path = sent.path.or(at.path).filter(|path| !path.is_empty());
    let desk = Desk { plan: key.clone(), edition: which.edition, seen: None };
    let shown = path.clone().unwrap_or_default();
    let place = Place { web: &web, visit: &visit, key: &key, which: &which, path: &shown };
    match undo_last(&web.app, &visit.session, desk).await {
        Ok(decided) => {
            let number = decided.numbers.first().copied();
            let subject = decided.numbers.iter().take(3).map(u32::to_string).collect::<Vec<_>>().join("、");
            place.move_to(number, "toast-undone", subject, false).await
        }
        Err(Failure::Refused(refused)) => place.refused(None, reasons(&refused)).await,
        Err(other) => Err(other.into()),
    }
}

/// Where the desk goes after a decision: stays while the clause has something undecided, else to the next that has.
pub async fn after(web: &Web, visit: &Visit, key: &str, which: &Which, path: Option<&str>) -> Result<String, Stop> {
    let view = review(&web.app, &visit.session, key, which.edition, path, None).await?;
    let pending =
        view.proposals.iter().find(|p| p.commitment.standing == gangmu_app::plan::views::StandingWord::Proposed);
    Ok(match (pending, view.next_pending) {
        (Some(here), _) => here.address.clone(),
        (None, Some(next)) => next.address,
        (None, None) => address(key, which, Some(&view.clause.path), None),
    })
}

fn address(key: &str, which: &Which, path: Option<&str>, number: Option<u32>) -> String {
    let mut out = format!("/plans/{}/review", address_segment(key));
    if let Some(path) = path.filter(|path| !path.is_empty()) {
        out.push('/');
        out.push_str(&address_segment(path));
    }
    let edition = which.edition.map(|n| format!("edition={n}"));
    let open = number.map(|n| format!("c={n}"));
    let query: Vec<String> = edition.into_iter().chain(open).collect();
    if !query.is_empty() {
        out.push('?');
        out.push_str(&query.join("&"));
    }
    out
}

/// Where a decision is taken.
struct Place<'a> {
    web: &'a Web,
    visit: &'a Visit,
    key: &'a str,
    which: &'a Which,
    path: &'a str,
}

impl Place<'_> {
    async fn view(&self, number: Option<u32>) -> Result<ReviewView, Stop> {
        let path = Some(self.path).filter(|path| !path.is_empty());
        Ok(review(&self.web.app, &self.visit.session, self.key, self.which.edition, path, number).await?)
    }

    /// The desk again, with the reasons why nothing was done.
    async fn refused(&self, number: Option<u32>, refusals: Vec<ReasonView>) -> Result<Response, Stop> {
        let page =
            ReviewPage { refusals, ..ReviewPage::suggesting(self.web, self.visit, self.view(number).await?).await? };
        self.visit.page_with(self.web, Some(Noun::Plans), StatusCode::CONFLICT, &page).await
    }

    /// On to what is undecided next.
    async fn move_on(&self, toast: &str, subject: String, undoable: bool) -> Result<Response, Stop> {
        let to = after(self.web, self.visit, self.key, self.which, Some(self.path)).await?;
        Ok(done(self.web, &to, Some(&self.toast(toast, subject, undoable))))
    }

    /// To that commitment of the same clause.
    async fn move_to(
        &self,
        number: Option<u32>,
        toast: &str,
        subject: String,
        undoable: bool,
    ) -> Result<Response, Stop> {
        let to = address(self.key, self.which, Some(self.path), number);
        Ok(done(self.web, &to, Some(&self.toast(toast, subject, undoable))))
    }

    fn toast(&self, key: &str, subject: String, undoable: bool) -> Toast {
        let undo = undoable.then(|| {
            let edition = self.which.edition.map_or_else(String::new, |n| format!("edition={n}&"));
            format!("/plans/{}/review/undo?{edition}path={}", address_segment(self.key), address_segment(self.path))
        });
        Toast { key: key.to_owned(), subject, undo }
    }
}
