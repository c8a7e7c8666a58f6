//! `gangmu migrate`: brings the database schema up to date (升级数据库结构).

use super::wait;
use crate::{
    config::Config,
    console::{Console, Outcome},
    wiring,
};

pub fn run(config: &Config, console: &Console) -> Outcome {
    let db = wiring::database(config, console)?;
    let done = wait(
        async {
            let done = gangmu_store::migrate(&db).await;
            db.close().await;
            done
        },
        console,
    )?;
    let done = done.map_err(|fault| console.database(&fault))?;
    let key = if done.from == done.to { "migrate-nothing" } else { "migrate-done" };
    let said = console.say(key, &[("from", done.from.to_string()), ("to", done.to.to_string())]);
    console.print(&(said + "\n"))
}
