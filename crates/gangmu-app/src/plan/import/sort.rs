//! Saying what the files of a folder are (归类): an import waits with its files until somebody has looked.

use super::{
    ACTION, ImportRefusal, Upload, UploadedFile, finish,
    prepare::{Compiled, Sorting},
};
use crate::{
    app::App,
    failure::Failure,
    operate::{authorise, housekeep, housekeep_for, look},
    session::Session,
    terms::Terms,
};
use gangmu_join::Role;
use gangmu_kernel::refusal::Reasons;
use gangmu_store::plan::imports::{self, FailureRow, Waited, WaitingFile};

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
    let said = roles.clone();
    let (plan, Waited { files, title }) = claim(app, session, id, move |names| against(names, &said)).await?;
    let files = files.into_iter().map(|(name, bytes)| UploadedFile { name, bytes }).collect();
    let upload = Upload { files, plan, title, ask: false, roles: Some(roles) };
    let (app, session) = (app.clone(), session.on(Terms::default()));
    tokio::spawn(async move { finish(&app, &session, id, upload).await });
    Ok(())
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
    claim(app, session, id, |_| Vec::new()).await?;
    let why = FailureRow { code: "plan-import-given-up".to_owned(), fields: Default::default() };
    housekeep(app, move |tx| imports::finish(tx, id, "failed", &[why], None, None)).await
}

/// Takes the import out of its waiting, unless something speaks against it or somebody else was faster: the plan's key
/// that was asked for, and what waited.
async fn claim(
    app: &App,
    session: &Session,
    id: i64,
    against: impl FnOnce(&[String]) -> Vec<ImportRefusal> + Send + 'static,
) -> Result<(Option<String>, Waited), Failure> {
    authorise(app, session, ACTION)?;
    let scope = app.access().scope(ACTION, session);
    housekeep_for(app, session, move |tx| {
        tx.within(scope);
        let row = imports::find(tx, id)?.ok_or(Failure::Absent("import"))?;
        if row.step != "sort" {
            return Err(Failure::refused(ImportRefusal::NotWaiting));
        }
        if let Some(reasons) = Reasons::of(&against(&row.files)) {
            return Err(reasons.into());
        }
        match imports::claim(tx, id)? {
            true => Ok(()),
            false => Err(Failure::refused(ImportRefusal::NotWaiting)),
        }
    })
    .await?;
    look(app, session, ACTION, move |tx| {
        let row = imports::find(tx, id)?.ok_or(Failure::Absent("import"))?;
        Ok((row.plan_key, imports::waited(tx, id)?))
    })
    .await
}
