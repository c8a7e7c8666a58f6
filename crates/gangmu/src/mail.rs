//! Handing letters to a mail server (邮件发送) over SMTP, encrypted unless the configuration says otherwise.

use crate::config::Mail;
use anyhow::Context as _;
use gangmu_app::ports::{Letter, Mailer, Sending, Undelivered};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
    transport::smtp::authentication::Credentials,
};
use std::time::Duration;

/// The longest wait for the server.
const PATIENCE: Duration = Duration::from_secs(30);

/// A mail server.
pub struct SmtpMailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    sender: Mailbox,
}

impl SmtpMailer {
    /// The configured server; nothing is connected yet.
    pub fn new(mail: &Mail) -> anyhow::Result<Self> {
        let server = AsyncSmtpTransport::<Tokio1Executor>::from_url(&mail.server);
        let mut builder = server.context("smtp_url")?.timeout(Some(PATIENCE));
        if let (Some(user), Some(password)) = (&mail.user, &mail.password) {
            builder = builder.credentials(Credentials::new(user.clone(), password.clone()));
        }
        Ok(Self { transport: builder.build(), sender: mail.sender.parse().context("mail_from")? })
    }

    async fn hand_over(&self, letter: Letter) -> Result<(), Undelivered> {
        let never = |detail: &str| Undelivered { detail: detail.to_owned(), permanent: true };
        let to: Mailbox = letter.to.parse().map_err(|_| never("the address of the person is none"))?;
        let host = self.sender.email.domain();
        let message = Message::builder()
            .message_id(Some(format!("<{}@{host}>", letter.id)))
            .from(self.sender.clone())
            .to(to)
            .subject(letter.subject)
            .header(ContentType::TEXT_PLAIN)
            .body(letter.text)
            .map_err(|error| never(&error.to_string()))?;
        match self.transport.send(message).await {
            Ok(_) => Ok(()),
            Err(error) => Err(Undelivered { detail: said(&error), permanent: error.is_permanent() }),
        }
    }
}

/// The kind of the failure and the server's code; its text may repeat the address.
fn said(error: &lettre::transport::smtp::Error) -> String {
    match error.status() {
        Some(code) => format!("the mail server answered {code}"),
        None if error.is_timeout() => "the mail server did not answer in time".to_owned(),
        None if error.is_tls() => "no encrypted connection with the mail server".to_owned(),
        None => "the mail server can't be reached".to_owned(),
    }
}

impl Mailer for SmtpMailer {
    fn send(&self, letter: Letter) -> Sending<'_> {
        Box::pin(self.hand_over(letter))
    }
}
