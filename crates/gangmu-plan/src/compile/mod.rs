//! The compiler (编译): from the text of a plan to what it commits to.
//!
//! Passes run in this order, each a pure function: ground → outline → clauses and sentences (the [`Reading`]) →
//! quantities → targets → indicators → tasks, projects, mechanisms, responsibilities, cited documents,
//! organisations → notices. A pass reads the `Reading` and the results before it, never the file.
//!
//! *Never:* fails, guesses, or takes more than linear time.

mod cited;
mod clauses;
pub mod figures;
pub(crate) mod figures_near;
pub mod fold;
pub mod ground;
mod indicators;
pub mod lexicon;
mod mechanisms;
pub mod names;
pub mod notices;
pub mod organisations;
pub(crate) mod outline;
mod projects;
pub mod promises;
mod quantities;
pub mod reading;
pub mod responsibilities;
pub mod sentences;
mod targets;
pub mod tasks;
pub mod trace;

pub use ground::Ground;
pub use names::Names;
pub use reading::{Reading, Sentence, SentenceKind};

/// Name and version of the compiler: raised with every change of a rule.
pub const COMPILER: &str = concat!("gangmu-plan ", env!("CARGO_PKG_VERSION"));

use gangmu_kernel::SourceText;

use crate::compiled::{CompiledPlan, FORMAT, Source};

/// Compiles a text with the names that a pack knows.
pub fn compile(source: &SourceText, names: &Names) -> CompiledPlan {
    let reading = Reading::read(source, names);
    let trace = &mut trace::Trace::off();
    let phrases = tasks::Phrases::read(&reading);
    let parts = quantities::context::Parts::read(&reading);
    let mut indicators = indicators::tabled(&reading, &parts, trace);
    let measures = quantities::measures(&reading, &parts, &indicators::row_spans(&indicators));
    indicators.extend(indicators::prose(&reading, &measures, trace));
    indicators.sort_by_key(|i| (i.start, i.end));
    let quantities = quantities::quantities(&reading, &measures);
    let targets = targets::targets(&reading, &parts, &measures);
    let promises = promises::find(&reading, &phrases, trace);
    let notices = notices::find(&reading, &phrases, notices::Found { projects: &promises.projects }, trace);
    let sentences = reading.places();
    let Reading { ground, headings, clauses, .. } = reading;
    CompiledPlan {
        format: FORMAT.to_owned(),
        compiler: COMPILER.to_owned(),
        lexicon: lexicon::VERSION.to_owned(),
        source: Source { sha256: source.sha256.clone(), chars: ground.len(), kind: source.kind },
        outline: headings,
        clauses,
        sentences,
        quantities,
        targets,
        indicators,
        tasks: promises.tasks,
        projects: promises.projects,
        mechanisms: promises.mechanisms,
        responsibilities: promises.responsibilities,
        cited: promises.cited,
        organisations: promises.organisations,
        notices,
    }
}
