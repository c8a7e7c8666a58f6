//! `gangmu plan compile`: what a plan commits to, as JSON or in short (规划编译).

use super::source;
use crate::{
    console::{Console, Outcome},
    packs,
};
use gangmu_plan::{
    compile::compile,
    compiled::CompiledPlan,
    proposal::{Certainty, CommitmentKind, propose},
};
use std::path::Path;

pub fn run(file: &Path, json: bool, pack: Option<&Path>, console: &Console) -> Outcome {
    let names = packs::names(pack, console)?;
    let source = source(file, console)?;
    let plan = compile(&source, &names);
    if json {
        let text = serde_json::to_string(&plan)
            .map_err(|error| console.stop("command-output", &[("problem", error.to_string())]))?;
        return console.print(&(text + "\n"));
    }
    console.print(&summary(&plan, console))
}

/// The plan in a few lines: how much there is of everything, and every doubt.
fn summary(plan: &CompiledPlan, console: &Console) -> String {
    let proposals = propose(plan);
    let mut lines = vec![
        console.say(
            "command-plan-size",
            &[
                ("chars", plan.source.chars.to_string()),
                ("headings", plan.outline.len().to_string()),
                ("clauses", plan.clauses.len().to_string()),
            ],
        ),
        console.say(
            "command-plan-commitments",
            &[
                ("count", proposals.len().to_string()),
                ("sure", proposals.iter().filter(|p| p.certainty() == Certainty::Sure).count().to_string()),
            ],
        ),
    ];
    for kind in CommitmentKind::ALL {
        let count = proposals.iter().filter(|proposal| proposal.form.kind == kind).count();
        if count > 0 {
            let word = console.say(&format!("kind-{}", kind.word()), &[]);
            lines.push(format!("  {word} {count}"));
        }
    }
    lines.push(console.say("command-plan-doubts", &[("count", plan.notices.len().to_string())]));
    lines.extend(plan.notices.iter().map(|notice| format!("  {}", notice.message)));
    lines.join("\n") + "\n"
}
