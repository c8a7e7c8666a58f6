//! My work (我的工作): what waits for me, what I wait for, my unit's commitments, changes to the plans.

use crate::{
    access::Role,
    app::App,
    failure::Failure,
    operate::look,
    plan::{
        self,
        views::{ChangeView, HomeView, UnitCommitment, UnitRegister, WaitingView},
    },
    session::Session,
};
use gangmu_plan::edition::Stage;
use gangmu_store::{
    Tx, organisations,
    plan::{clauses, commitments, decisions, editions, imports},
};

/// Commitments of the unit that the page shows.
const COMMITMENTS: u32 = 12;
/// Changes that the page shows.
const CHANGES: u32 = 10;

/// The home page of a person.
pub async fn home(app: &App, session: &Session) -> Result<HomeView, Failure> {
    let asks = session.clone();
    let reads = session.may(app.access(), "plan.read");
    look(app, session, "home.read", move |tx| {
        if !reads {
            return Ok(HomeView {
                waiting: Vec::new(),
                waiting_for: Vec::new(),
                commitments: Vec::new(),
                commitments_found: 0,
                registers: Vec::new(),
                changes: Vec::new(),
                plans: Vec::new(),
            });
        }
        let (waiting, waiting_for) = waiting(tx, &asks)?;
        let names = names(tx, &asks)?;
        let (commitments, commitments_found) = of_unit(tx, &names)?;
        let registers = registers(tx, &names)?;
        let plans = plan::list::cards(tx)?;
        Ok(HomeView { waiting, waiting_for, commitments, commitments_found, registers, changes: changes(tx)?, plans })
    })
    .await
}

/// What waits for this person, and what this person waits for.
fn waiting(tx: &mut Tx<'_>, session: &Session) -> Result<(Vec<WaitingView>, Vec<WaitingView>), Failure> {
    let (mut mine, mut others) = (Vec::new(), Vec::new());
    let is = |role: Role| session.roles.contains(&role);
    for edition in editions::in_stage(tx, Stage::InReview.word())? {
        let opened = plan::Opened::of(tx, edition.id)?;
        let words = commitments::standings(tx, edition.id)?;
        let undecided = words.get("proposed").map_or(0, |n| n.0);
        let decided_by_me = decisions::deciders(tx, edition.id)?.iter().any(|d| d.0 == session.actor.account);
        let row = |kind, address, count| WaitingView {
            kind,
            title: opened.plan.title.clone(),
            address,
            count,
            since: edition.imported_at,
            reasons: Vec::new(),
        };
        if undecided > 0 {
            let review = row("review", opened.address.desk(), undecided);
            if is(Role::Planner) || is(Role::Reviewer) { mine.push(review) } else { others.push(review) }
        } else {
            let decided = words.values().map(|n| n.0).sum();
            let approve = row("approve", opened.address.edition(), decided);
            if is(Role::Reviewer) && !decided_by_me { mine.push(approve) } else { others.push(approve) }
        }
    }
    for edition in editions::in_stage(tx, Stage::Approved.word())? {
        let opened = plan::Opened::of(tx, edition.id)?;
        let words = commitments::standings(tx, edition.id)?;
        let in_force = ["accepted", "changed", "added"].iter().filter_map(|word| words.get(*word)).map(|n| n.0).sum();
        let publish = WaitingView {
            kind: "publish",
            title: opened.plan.title.clone(),
            address: opened.address.edition(),
            count: in_force,
            since: edition.approved_at.unwrap_or(edition.imported_at),
            reasons: Vec::new(),
        };
        let me = [Some(session.actor.account), session.behalf()];
        let approved_by_me =
            [edition.approver, edition.approver_behalf].iter().any(|one| one.is_some() && me.contains(one));
        let may = is(Role::Leader) && !approved_by_me;
        if may { mine.push(publish) } else { others.push(publish) }
    }
    for import in imports::recent(tx, 10)?.into_iter().filter(|i| i.account == session.actor.account) {
        let kind = match import.step.as_str() {
            "failed" => "import_failed",
            "read" | "compile" | "write" => "import_running",
            _ => continue,
        };
        let row = WaitingView {
            kind,
            title: import.files.join("、"),
            address: format!("/imports/{}", import.id),
            count: if kind == "import_failed" {
                u32::try_from(import.failures.len()).unwrap_or(u32::MAX)
            } else {
                import.done
            },
            since: import.started_at,
            reasons: Vec::new(),
        };
        if kind == "import_failed" { mine.push(row) } else { others.push(row) }
    }
    mine.sort_by_key(|w| w.since);
    others.sort_by_key(|w| w.since);
    Ok((mine, others))
}

/// The names of the person's organisation: a plan uses the full one, the short one or any other that the pack knows.
fn names(tx: &mut Tx<'_>, session: &Session) -> Result<Vec<String>, Failure> {
    let Some(unit) = session.actor.organisation else { return Ok(Vec::new()) };
    let mut names: Vec<String> = Vec::new();
    for (_, row) in organisations::all(tx)?.into_iter().filter(|o| o.0 == unit) {
        names.extend(std::iter::once(row.label).chain(row.short).chain(row.aliases));
    }
    Ok(names)
}

/// Where the commitments are listed that the organisation leads.
fn registers(tx: &mut Tx<'_>, names: &[String]) -> Result<Vec<UnitRegister>, Failure> {
    let mut registers = Vec::new();
    for (edition, unit, count) in commitments::leads_of_unit(tx, names)? {
        let opened = plan::Opened::of(tx, edition)?;
        registers.push(UnitRegister {
            plan: opened.plan.title.clone(),
            edition: u32::try_from(opened.edition.number).unwrap_or(0),
            address: opened.address.register(&[("lead", unit.clone())]),
            unit,
            count,
        });
    }
    Ok(registers)
}

/// Commitments that name the organisation.
fn of_unit(tx: &mut Tx<'_>, names: &[String]) -> Result<(Vec<UnitCommitment>, u32), Failure> {
    let (rows, found) = commitments::of_unit(tx, names, COMMITMENTS)?;
    let mut views: Vec<UnitCommitment> = Vec::new();
    let several = rows.windows(2).any(|pair| pair[0].edition != pair[1].edition);
    // Rows come edition by edition; the presenter works on one.
    for chunk in rows.chunk_by(|a, b| a.edition == b.edition) {
        let edition = chunk[0].edition;
        let opened = plan::Opened::of(tx, edition)?;
        let headings = clauses::headings(tx, edition)?;
        let presenter = plan::Presenter::load(tx, edition, &opened.address, &headings, chunk, Vec::new())?;
        let plan = several.then(|| opened.plan.title.clone());
        let view = |row| UnitCommitment { commitment: presenter.commitment(row), plan: plan.clone() };
        views.extend(chunk.iter().map(view));
    }
    Ok((views, found))
}

/// What happened to editions lately.
fn changes(tx: &mut Tx<'_>) -> Result<Vec<ChangeView>, Failure> {
    let mut changes = Vec::new();
    for (edition, event) in editions::recent_events(tx, CHANGES)? {
        let opened = plan::Opened::of(tx, edition)?;
        changes.push(ChangeView {
            plan: opened.plan.title.clone(),
            edition: u32::try_from(opened.edition.number).unwrap_or(0),
            address: opened.address.edition(),
            record: plan::event(&event),
        });
    }
    Ok(changes)
}
