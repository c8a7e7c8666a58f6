//! `gangmu user …`: accounts from the machine's own console (账号管理).

use super::wait;
use crate::{
    cli::User,
    clock::SystemClock,
    config::Config,
    console::{Console, Outcome, Stop},
    files, wiring,
};
use gangmu_app::{
    App,
    accounts::{
        add::{NewAccount, add},
        list::{AccountView, list},
        reset_password::reset_password,
        set_roles::set_roles,
    },
};
use std::{path::Path, sync::Arc};

/// How many accounts are fetched at once.
const PAGE: u32 = 200;

pub fn run(config: &Config, asked: User, console: &Console) -> Outcome {
    let db = wiring::database(config, console)?;
    wait(
        async {
            let app = wiring::app(config, db.clone(), Arc::new(SystemClock), console).await?;
            let done = act(&app, asked, console).await;
            db.close().await;
            done
        },
        console,
    )?
}

async fn act(app: &App, asked: User, console: &Console) -> Outcome {
    let session = wiring::console_session();
    let failed = |failure| console.failed(&failure);
    match asked {
        User::Add { login, name, post, organisation, roles, password_file } => {
            let password = password_file.as_deref().map(|path| password(path, console)).transpose()?;
            let new = NewAccount {
                login: login.clone(),
                name,
                post,
                organisation,
                roles,
                keep_password: password.is_some(),
                password,
            };
            let added = add(app, &session, new).await.map_err(failed)?;
            let mut said = console.say("user-added", &[("login", login)]) + "\n";
            if let Some(password) = added.first_password {
                said += &(console.say("user-first-password", &[("password", password)]) + "\n");
            }
            console.print(&said)
        }
        User::List => listed(app, console).await,
        User::Reset { login } => {
            let password = reset_password(app, &session, &login).await.map_err(failed)?;
            console.print(&(console.say("user-first-password", &[("password", password)]) + "\n"))
        }
        User::Roles { login, roles } => {
            set_roles(app, &session, &login, roles.clone()).await.map_err(failed)?;
            let fields = [("login", login), ("roles", roles.join(" "))];
            console.print(&(console.say("user-roles-set", &fields) + "\n"))
        }
    }
}

async fn listed(app: &App, console: &Console) -> Outcome {
    let session = wiring::console_session();
    let mut after: Option<String> = None;
    let mut lines = Vec::new();
    loop {
        let page = list(app, &session, after.clone(), PAGE).await.map_err(|failure| console.failed(&failure))?;
        let Some(last) = page.last() else { break };
        after = Some(last.login.clone());
        lines.extend(page.iter().map(|account| line(account, console)));
    }
    if lines.is_empty() {
        lines.push(console.say("user-none", &[]));
    }
    console.print(&(lines.join("\n") + "\n"))
}

fn line(account: &AccountView, console: &Console) -> String {
    let mut parts = vec![account.login.clone(), account.name.clone()];
    parts.extend(account.organisation.clone());
    parts.extend(account.post.clone());
    parts.push(account.roles.join(" "));
    if account.disabled {
        parts.push(console.say("user-line-disabled", &[]));
    }
    if account.must_change {
        parts.push(console.say("user-line-must-change", &[]));
    }
    parts.join("\t")
}

/// The first line of the file.
fn password(path: &Path, console: &Console) -> Result<String, Stop> {
    let bytes = files::read(path, console)?;
    let text = String::from_utf8_lossy(&bytes);
    Ok(text.lines().next().unwrap_or_default().to_owned())
}
