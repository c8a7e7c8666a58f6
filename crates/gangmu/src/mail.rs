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

    /// Greets the server, as whoever the configuration says, and says nothing else.
    pub async fn greet(&self) -> Result<(), Trouble> {
        match self.transport.test_connection().await {
            Ok(true) => Ok(()),
            Ok(false) => Err(Trouble::Unreachable),
            Err(error) => Err(trouble(&error)),
        }
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
            Err(error) => Err(Undelivered { detail: trouble(&error).to_string(), permanent: error.is_permanent() }),
        }
    }
}

/// What is wrong with the way to a mail server (邮件故障), without the words of the server: they may repeat an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// It answered with that code.
    Answered(String),
    /// It did not answer in time.
    Timeout,
    /// There is no encrypted connection.
    Tls,
    /// It can't be reached.
    Unreachable,
}

impl std::fmt::Display for Trouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Answered(code) => write!(f, "the mail server answered {code}"),
            Self::Timeout => f.write_str("the mail server did not answer in time"),
            Self::Tls => f.write_str("no encrypted connection with the mail server"),
            Self::Unreachable => f.write_str("the mail server can't be reached"),
        }
    }
}

fn trouble(error: &lettre::transport::smtp::Error) -> Trouble {
    match error.status() {
        Some(code) => Trouble::Answered(code.to_string()),
        None if error.is_timeout() => Trouble::Timeout,
        None if error.is_tls() => Trouble::Tls,
        None => Trouble::Unreachable,
    }
}

impl Mailer for SmtpMailer {
    fn send(&self, letter: Letter) -> Sending<'_> {
        Box::pin(self.hand_over(letter))
    }
}
