//! Running a timer's job now (立即运行): its next moment stays what it was.

use super::{TimerView, all_timers};
use crate::{
    app::App,
    failure::Failure,
    jobs::run::made_by,
    operate::{Done, Operation, Record, look, operate},
    session::Session,
};
use gangmu_store::{jobs as rows, journal::Object};

/// The timer of that name.
pub async fn timer(app: &App, session: &Session, name: &str) -> Result<TimerView, Failure> {
    let (known, name) = (app.clone(), name.to_owned());
    look(app, session, "operations.read", move |tx| {
        let found = all_timers(tx, &known)?.into_iter().find(|timer| timer.name == name);
        found.ok_or(Failure::Absent("timer"))
    })
    .await
}

/// Makes the timer's job now; where one waits already, that one is done and no second.
pub async fn run_now(app: &App, session: &Session, name: &str) -> Result<(), Failure> {
    let timer = app.registry().timers().iter().find(|timer| timer.name == name).copied();
    let timer = timer.ok_or(Failure::Absent("timer"))?;
    operate(app, session, Operation::under("timers.run", "operations.manage"), move |work| {
        if rows::timers::waits(work.tx, timer.kind, timer.name)? {
            return Ok(Done::nothing(()));
        }
        rows::add(work.tx, &made_by(&timer, None), work.now)?;
        work.wakes = true;
        Ok(Done::recorded((), Record::on(Object::new("timer", timer.name))))
    })
    .await
}
