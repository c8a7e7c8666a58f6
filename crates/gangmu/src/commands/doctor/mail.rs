//! Mail (邮件): is the server reached, and does it greet as whom the configuration says?

use super::finding::{Facts, Finding};
use crate::{
    config::Config,
    mail::{SmtpMailer, Trouble},
};
use std::time::Duration;

/// The longest wait for the server.
const PATIENCE: Duration = Duration::from_secs(10);

/// Greets the mail server, where one is set up. No letter is sent.
pub async fn all(config: &Config) -> Vec<Finding> {
    let Some(mail) = &config.mail else { return vec![Finding::ok("mail", "doctor-mail-none", vec![])] };
    let server = ("server", mail.without_login());
    let failed = |key, more: Facts| vec![Finding::failed("mail", key, [vec![server.clone()], more].concat())];
    let mailer = match SmtpMailer::new(mail) {
        Ok(mailer) => mailer,
        Err(error) => return failed("doctor-mail-settings", vec![("problem", format!("{error:#}"))]),
    };
    let greeted = tokio::time::timeout(PATIENCE, mailer.greet()).await;
    match greeted.unwrap_or(Err(Trouble::Timeout)) {
        Ok(()) => vec![Finding::ok("mail", "doctor-mail-greets", vec![server, ("sender", mail.sender.clone())])],
        Err(Trouble::Answered(code)) => failed("doctor-mail-refuses", vec![("code", code)]),
        Err(Trouble::Timeout) => failed("doctor-mail-silent", vec![]),
        Err(Trouble::Tls) => failed("doctor-mail-tls", vec![]),
        Err(Trouble::Unreachable) => failed("doctor-mail-unreachable", vec![]),
    }
}
