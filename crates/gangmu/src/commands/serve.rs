//! `gangmu serve`: serves until it is told to stop (启动服务).

use super::wait;
use crate::{
    clock::SystemClock,
    config::Config,
    console::{Console, Outcome, Stop, chain},
    jobs::{self, Runner},
    logs,
    mail::SmtpMailer,
    random::SystemRandom,
    wiring,
};
use gangmu_app::{App, messages::mail::Postman, ports::Mailer};
use gangmu_web::{
    locale::Words,
    messages::Letters,
    routes::router,
    web::{Settings, Web},
};
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio::{net::TcpListener, sync::oneshot};

/// How long requests may go on after the program was told to stop.
const FAREWELL: Duration = Duration::from_secs(10);

pub fn run(config: &Config, console: &Console) -> Outcome {
    logs::start(config);
    let db = wiring::database(config, console)?;
    wait(
        async {
            let app = wiring::app(config, db.clone(), Arc::new(SystemClock), console).await;
            let served = match app {
                Ok(app) => serve(app, settings(config), config, console).await,
                Err(stop) => Err(stop),
            };
            db.close().await;
            served
        },
        console,
    )?
}

/// How this installation is set up, if it is no demonstration.
pub(super) fn settings(config: &Config) -> Settings {
    Settings {
        https: config.https,
        demonstration: false,
        demo_accounts: vec![],
        random: Arc::new(SystemRandom),
        quotas: config.quotas,
    }
}

/// Serves the application until the program is told to stop.
pub(super) async fn serve(app: App, settings: Settings, config: &Config, console: &Console) -> Outcome {
    let app = app.with_session_limits(config.sessions).with_backups(wiring::backups(config));
    let mut web =
        Web::new(app, settings).map_err(|error| console.stop("command-runtime", &[("problem", chain(&error))]))?;
    let words = Arc::clone(&web.pages.words);
    let failed = |error: std::io::Error| {
        let fields = [("address", config.listen.to_string()), ("problem", error.to_string())];
        console.stop("serve-listen-failed", &fields)
    };
    let listener = TcpListener::bind(config.listen).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    let postman = postman(config, words, &format!("http://{address}"), console)?;
    let registry = jobs::registry(&web.app, postman);
    let app = web.app.with_jobs(registry);
    web.app = app.clone();
    // Only now is it certain that no other server of this installation has imports running.
    gangmu_app::plan::import::recover(&app).await.map_err(|failure| console.failed(&failure))?;
    gangmu_app::staging::recover(&app).await.map_err(|failure| console.failed(&failure))?;
    gangmu_app::attachments::collect::mend(&app).await.map_err(|failure| console.failed(&failure))?;
    gangmu_app::jobs::run::recover(&app).await.map_err(|failure| console.failed(&failure))?;
    let runner = Runner::start(app);
    console.print(&(console.say("serve-ready", &[("address", format!("http://{address}"))]) + "\n"))?;
    tracing::info!(%address, version = env!("CARGO_PKG_VERSION"), "serving");
    let (stop, stopped) = oneshot::channel::<()>();
    let closing = web.clone();
    let server = axum::serve(listener, router(web).into_make_service_with_connect_info::<SocketAddr>())
        .with_graceful_shutdown(async {
            // It ends by the message or by the sender's end; both mean stop.
            drop(stopped.await);
        });
    let mut server = Box::pin(async move { server.await });
    let served = tokio::select! {
        ended = &mut server => ended,
        () = told_to_stop() => {
            tracing::info!("stopping");
            closing.close();
            drop(stop);
            match tokio::time::timeout(FAREWELL, &mut server).await {
                Ok(ended) => ended,
                Err(_) => {
                    tracing::warn!("some requests did not end in time and were cut off");
                    Ok(())
                }
            }
        }
    };
    runner.stop(FAREWELL).await;
    served.map_err(|error| console.stop("serve-failed", &[("problem", error.to_string())]))?;
    console.print(&(console.say("serve-stopped", &[]) + "\n"))
}

/// Who carries the mail; letters lead to the configured address, or to where this process listens.
fn postman(config: &Config, words: Arc<Words>, here: &str, console: &Console) -> Result<Postman, Stop> {
    let mailer = config.mail.as_ref().map(SmtpMailer::new).transpose();
    let mailer = mailer.map_err(|error| console.stop("command-runtime", &[("problem", format!("{error:#}"))]))?;
    let letters = Letters::new(words, config.public_url.as_deref().unwrap_or(here));
    Ok(Postman { mailer: mailer.map(|mailer| Arc::new(mailer) as Arc<dyn Mailer>), phrasing: Arc::new(letters) })
}

/// Waits for Ctrl-C or the signal by which services are ended.
async fn told_to_stop() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending::<()>().await,
        }
    };
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
}
