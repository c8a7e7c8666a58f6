//! The semantics of indicators: what one is, what is promised of it, what is known of it, how it stands.
//!
//! *In:* definitions, contracts and values that others have loaded. *Out:* splits with their certificates, statuses with
//! their formulas, forecasts with their intervals. *Never:* reads a clock or a file, invents a value, hides a gap.

// What it is, what is promised of it, what is known of it.
pub mod contract;
pub mod definition;
pub mod observation;

// What kind of figure it is; how a target is split; where a series is going; how an indicator stands;
// what should make somebody look.
pub mod measure;

pub mod split;

pub mod forecast;

pub mod judging;

pub mod warnings;
