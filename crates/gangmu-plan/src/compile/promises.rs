//! Promises (承诺): tasks, projects, mechanisms, responsibilities, cited documents and organisations of a text.

use super::reading::Reading;
use super::tasks::Phrases;
use super::{cited, mechanisms, organisations, projects, responsibilities, tasks};
use crate::compile::trace::Trace;
use crate::compiled::{Cited, Mechanism, OrganisationMention, Project, Responsibility, Task};

/// What the second half of the compiler finds.
#[derive(Debug, Default)]
pub struct Promises {
    /// Tasks in text order.
    pub tasks: Vec<Task>,
    /// Projects in text order.
    pub projects: Vec<Project>,
    /// Mechanisms in text order.
    pub mechanisms: Vec<Mechanism>,
    /// Responsibilities in text order.
    pub responsibilities: Vec<Responsibility>,
    /// Cited documents in text order.
    pub cited: Vec<Cited>,
    /// Organisations in text order.
    pub organisations: Vec<OrganisationMention>,
}

/// Finds all of them; what is turned away goes to the trace.
pub fn find(reading: &Reading<'_>, phrases: &Phrases, trace: &mut Trace) -> Promises {
    let responsibilities = responsibilities::find(reading, trace);
    let projects = projects::find(reading, phrases, trace);
    Promises {
        tasks: tasks::find(reading, phrases, trace),
        mechanisms: mechanisms::find(reading, phrases, &projects, trace),
        projects,
        cited: cited::find(reading, trace),
        organisations: organisations::find(reading, phrases, &responsibilities, trace),
        responsibilities,
    }
}
