//! Tests of the pages.

mod accounts;
mod api;
mod attachments;
mod backup;
mod client;
mod folder;
mod indicators;
mod journal;
mod locale;
mod messages;
mod operations;
mod owners;
mod personal;
mod plan;
mod posts;
mod render;
mod rosters;
mod security;
mod uploads;
mod walk;
