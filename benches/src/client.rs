//! A small HTTP client that keeps its connection, and a load of many of them.

use std::{
    io,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
};

/// Who asks: the cookies, and the secret that forms carry; both empty for the public.
#[derive(Debug, Clone, Default)]
pub struct Visitor {
    pub cookie: String,
    pub csrf: String,
}

/// What is asked: a page, or a form that is sent.
#[derive(Debug, Clone)]
pub struct Request {
    pub path: String,
    pub form: Option<String>,
}

impl Request {
    pub fn get(path: impl Into<String>) -> Self {
        Self { path: path.into(), form: None }
    }

    pub fn post(path: impl Into<String>, form: impl Into<String>) -> Self {
        Self { path: path.into(), form: Some(form.into()) }
    }
}

/// What is answered.
#[derive(Debug, Default)]
pub struct Answer {
    pub status: u16,
    pub cookies: Vec<String>,
    pub body: Vec<u8>,
}

/// One connection.
pub struct Client {
    stream: BufReader<TcpStream>,
    visitor: Visitor,
    /// Does it take zipped pages, as browsers do?
    pub zipped: bool,
}

impl Client {
    pub async fn connect(address: SocketAddr, visitor: &Visitor) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::new(stream), visitor: visitor.clone(), zipped: true })
    }

    /// Sends a request and reads the whole answer.
    pub async fn send(&mut self, request: &Request) -> io::Result<Answer> {
        let message = written(request, &self.visitor, self.zipped);
        self.exchange(&message).await
    }

    /// Sends what was written before: a client under load shall cost the machine as little as it can.
    async fn exchange(&mut self, message: &[u8]) -> io::Result<Answer> {
        self.stream.write_all(message).await?;
        let mut line = String::new();
        self.line(&mut line).await?;
        let status = line.get(9..12).and_then(|code| code.parse().ok()).ok_or(io::ErrorKind::InvalidData)?;
        let mut answer = Answer { status, ..Answer::default() };
        let (mut length, mut chunked) = (0, false);
        loop {
            self.line(&mut line).await?;
            let Some((name, value)) = line.split_once(": ") else { break };
            match name {
                "content-length" => length = value.parse().map_err(|_| io::ErrorKind::InvalidData)?,
                "transfer-encoding" => chunked = value == "chunked",
                "set-cookie" => answer.cookies.push(value.to_owned()),
                _ => {}
            }
        }
        while chunked {
            self.line(&mut line).await?;
            length = usize::from_str_radix(&line, 16).map_err(|_| io::ErrorKind::InvalidData)?;
            self.body(&mut answer.body, length).await?;
            self.line(&mut line).await?;
            chunked = length > 0;
            length = 0;
        }
        self.body(&mut answer.body, length).await?;
        Ok(answer)
    }

    async fn line(&mut self, into: &mut String) -> io::Result<()> {
        into.clear();
        if self.stream.read_line(into).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        into.truncate(into.trim_end().len());
        Ok(())
    }

    async fn body(&mut self, into: &mut Vec<u8>, length: usize) -> io::Result<()> {
        let from = into.len();
        into.resize(from + length, 0);
        self.stream.read_exact(&mut into[from..]).await.map(drop)
    }
}

/// A request as it goes over the wire.
fn written(request: &Request, visitor: &Visitor, zipped: bool) -> Vec<u8> {
    let method = if request.form.is_some() { "POST" } else { "GET" };
    let mut head = format!("{method} {} HTTP/1.1\r\nhost: localhost\r\n", encoded(&request.path));
    if !visitor.cookie.is_empty() {
        head += &format!("cookie: {}\r\n", visitor.cookie);
    }
    if zipped {
        head += "accept-encoding: gzip\r\n";
    }
    if let Some(form) = &request.form {
        let body = format!("csrf={}&{}", visitor.csrf, encoded(form));
        let (kind, length) = ("application/x-www-form-urlencoded", body.len());
        head += &format!("content-type: {kind}\r\ncontent-length: {length}\r\n\r\n{body}");
    } else {
        head += "\r\n";
    }
    head.into_bytes()
}

/// Percent-encodes what is not ASCII.
fn encoded(text: &str) -> String {
    text.bytes().map(|b| if b.is_ascii_graphic() { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

/// What a load took.
#[derive(Debug, Default)]
pub struct Load {
    /// Each request.
    pub times: Vec<Duration>,
    /// From the first request to the last answer.
    pub took: Duration,
    /// Bytes of all bodies as they went over the wire.
    pub bytes: usize,
}

impl Load {
    /// Answers a second.
    pub fn rate(&self) -> f64 {
        self.times.len() as f64 / self.took.as_secs_f64()
    }
}

/// Sends the requests in their order over so many connections, until the end or until that time is over. An answer that
/// is no success ends the bench: a fast refusal is no measurement.
pub fn load(
    address: SocketAddr,
    visitor: &Visitor,
    connections: usize,
    requests: Vec<Request>,
    until: Duration,
) -> Load {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime can be started");
    let requests: Vec<_> =
        requests.into_iter().map(|request| (written(&request, visitor, true), request.path)).collect();
    runtime.block_on(async {
        let (requests, next, begin) = (Arc::new(requests), Arc::new(AtomicUsize::new(0)), Instant::now());
        let mut tasks = Vec::new();
        for _ in 0..connections {
            let (requests, next) = (requests.clone(), next.clone());
            let mut client = Client::connect(address, visitor).await.expect("the server takes connections");
            tasks.push(tokio::spawn(async move {
                let (mut times, mut bytes) = (Vec::new(), 0);
                while let Some((message, path)) = requests.get(next.fetch_add(1, Ordering::Relaxed))
                    && begin.elapsed() < until
                {
                    let start = Instant::now();
                    let answer = client.exchange(message).await.expect("the server answers");
                    times.push(start.elapsed());
                    bytes += answer.body.len();
                    assert!(answer.status < 400, "{path} was answered with {}", answer.status);
                }
                (times, bytes)
            }));
        }
        let mut load = Load::default();
        for task in tasks {
            let (times, bytes) = task.await.expect("a connection is served to the end");
            load.times.extend(times);
            load.bytes += bytes;
        }
        load.took = begin.elapsed();
        load
    })
}
