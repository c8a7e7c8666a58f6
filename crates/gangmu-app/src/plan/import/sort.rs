//! Saying what the files of a folder are (归类): an import waits with its files until somebody has looked.

use super::{
    ACTION, ImportRefusal, Upload, UploadedFile, finish,
    prepare::{Compiled, Sorting},
};
use crate::{
    app::App,
    failure::Failure,
    operate::{Done, Operation, Record, authorise, housekeep, housekeep_for, operate},
    session::Session,
    terms::Terms,
};
use gangmu_join::Role;
use gangmu_kernel::refusal::Reasons;
use gangmu_store::{
    Fault, Tx,
    journal::Object,
    plan::imports::{self, FailureRow, ImportRow, Waited, WaitingFile},
};
use jiff::Timestamp;

/// Is there a file of which nobody knows what it is?
pub(super) fn is_open(files: &[Compiled]) -> bool {
    files.iter().any(|file| file.sorting.role == Role::Unknown)
}

/// The files as somebody said they are.
pub(super) fn said(files: Vec<Compiled>, roles: &[Role]) -> Vec<Compiled> {
    let said = |(file, role): (Compiled, &Role)| {
        let by_hand = file.sorting.by_hand || *role != file.sorting.role;
        Compiled { sorting: Sorting { role: *role, by_hand, ..file.sorting }, ..file }
    };
    files.into_iter().zip(roles).map(said).collect()
}

/// Lets the import wait; its files are kept with it.
pub(super) async fn wait(app: &App, id: i64, title: Option<String>, files: Vec<Compiled>) -> Result<(), Failure> {
    let waiting = (0..).zip(files).map(|(position, file)| {
        let Sorting { role, why, .. } = file.sorting;
        let row = WaitingFile {
            position,
            name: file.file.name,
            size: i64::try_from(file.file.bytes.len()).unwrap_or(i64::MAX),
            role: role.word().to_owned(),
            why: serde_json::to_string(&why).expect("a reason has text keys, so JSON can write it"),
        };
        (row, file.file.bytes)
    });
    let waiting: Vec<(WaitingFile, Vec<u8>)> = waiting.collect();
    housekeep(app, move |tx| imports::wait(tx, id, title.as_deref(), &waiting)).await
}

/// Goes on with an import that waited: each file is what is said of it, in their order.
pub async fn go_on(app: &App, session: &Session, id: i64, roles: Vec<Role>) -> Result<(), Failure> {
    let (app, session) = (app.clone(), session.clone());
    // A request that breaks off must not come between: what is claimed goes on.
    let going = tokio::spawn(async move {
        let upload = claim(&app, &session, id, roles).await?;
        let session = session.on(Terms::default());
        tokio::spawn(async move { finish(&app, &session, id, upload).await });
        Ok(())
    });
    going.await.unwrap_or_else(|error| Err(Failure::Fault(Fault::Panicked(error.to_string()))))
}

/// What speaks against going on: one file is the outline, and each is something.
fn against(names: &[String], roles: &[Role]) -> Vec<ImportRefusal> {
    let said = |at: usize| roles.get(at).copied().unwrap_or(Role::Unknown);
    let unknown = names.iter().enumerate().filter(|(at, _)| said(*at) == Role::Unknown);
    let mut refusals: Vec<_> = unknown.map(|(_, name)| ImportRefusal::UnknownFile { file: name.clone() }).collect();
    let outlines = roles.iter().take(names.len()).filter(|role| **role == Role::Outline).count();
    if outlines != 1 {
        refusals.push(ImportRefusal::OneOutline { outlines });
    }
    refusals
}

/// Gives up an import that waits: its files are forgotten.
pub async fn give_up(app: &App, session: &Session, id: i64) -> Result<(), Failure> {
    operate(app, session, Operation::under("plan.give_up_import", "plan.import"), move |work| {
        take(work.tx, id, |_| Vec::new())?;
        let why = FailureRow { code: "plan-import-given-up".to_owned(), fields: Default::default() };
        imports::finish(work.tx, id, "failed", &[why], None, None)?;
        Ok(Done::recorded((), Record::on(Object::new("import", id))))
    })
    .await
}

/// Ends the imports that wait since before that instant: their files are forgotten.
pub(crate) fn expire(tx: &mut Tx<'_>, before: Timestamp) -> Result<u64, Fault> {
    let why = FailureRow { code: "plan-import-waited-too-long".to_owned(), fields: Default::default() };
    imports::expire(tx, before, &why)
}

/// Takes the import out of its waiting to go on with it: what waited, with what is said of it.
async fn claim(app: &App, session: &Session, id: i64, roles: Vec<Role>) -> Result<Upload, Failure> {
    authorise(app, session, ACTION)?;
    let scope = app.access().scope(ACTION, session);
    let (given, taken) = tokio::sync::oneshot::channel();
    housekeep_for(app, session, move |tx| {
        tx.within(scope);
        let row = take(tx, id, |names| against(names, &roles))?;
        let Waited { files, title } = imports::waited(tx, id)?;
        let files = files.into_iter().map(|(name, bytes)| UploadedFile { name, bytes }).collect();
        // Nobody hears it where the transaction fails: nothing was claimed then.
        let _ = given.send(Upload { files, plan: row.plan_key, title, ask: false, roles: Some(roles) });
        Ok(())
    })
    .await?;
    Ok(taken.await.expect("it is given before the transaction ends well"))
}

/// Takes the import out of its waiting, unless something speaks against it or somebody else was faster.
fn take(tx: &mut Tx<'_>, id: i64, against: impl FnOnce(&[String]) -> Vec<ImportRefusal>) -> Result<ImportRow, Failure> {
    let row = imports::find(tx, id)?.ok_or(Failure::Absent("import"))?;
    if row.step != "sort" {
        return Err(Failure::refused(ImportRefusal::NotWaiting));
    }
    if let Some(reasons) = Reasons::of(&against(&row.files)) {
        return Err(reasons.into());
    }
    match imports::claim(tx, id)? {
        true => Ok(row),
        false => Err(Failure::refused(ImportRefusal::NotWaiting)),
    }
}
