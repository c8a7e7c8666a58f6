//! All plans (规划列表).

use super::{
    import,
    open::{Opened, address_of, coverage, in_force, plan_head, stage_of},
    permission::by_role,
    views::{PlanCard, PlansView},
};
use crate::{app::App, failure::Failure, operate::look, session::Session};
use gangmu_plan::edition::Stage;
use gangmu_store::{
    Tx,
    plan::{commitments, editions},
};

/// Imports that the list shows.
const IMPORTS: u32 = 8;

/// The plans with their editions, and how far imports are.
pub async fn list(app: &App, session: &Session) -> Result<PlansView, Failure> {
    let permission = by_role(app, session, "plan.import");
    look(app, session, "plan.list", move |tx| {
        let imports = if permission.allowed { import::recent(tx, IMPORTS)? } else { Vec::new() };
        Ok(PlansView { plans: cards(tx)?, imports, import: permission })
    })
    .await
}

/// A card for each plan, inside a transaction.
pub(crate) fn cards(tx: &mut Tx<'_>) -> Result<Vec<PlanCard>, Failure> {
    let mut cards = Vec::new();
    for plan in editions::plans(tx)? {
        let all = editions::of_plan(tx, plan.id)?;
        let Some(current) = in_force(&all).cloned() else { continue };
        let address = address_of(&plan, &current, &all);
        let words = commitments::standings(tx, current.id)?;
        let public = all.iter().any(|e| stage_of(e) == Stage::Published);
        let opened = Opened { plan: plan.clone(), edition: current.clone(), editions: all, address };
        let heads = opened.heads(tx)?;
        let Some(shown) = heads.iter().find(|h| h.id == current.id.0).cloned() else { continue };
        cards.push(PlanCard {
            plan: plan_head(&plan),
            current: shown,
            coverage: coverage(stage_of(&current), &words),
            editions: heads,
            public_address: public.then(|| opened.address.public(None)),
        });
    }
    Ok(cards)
}
