//! A server on this machine that answers as it is told, well or badly: it writes on bare sockets, so that it can break every
//! promise of HTTP. It notes what it was asked and when.
#![allow(dead_code, reason = "several test programs use it, each a part")]

use std::io::{BufRead, BufReader, Cursor, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// A running server; it ends when it is dropped.
pub struct Server {
    /// Where it listens: `127.0.0.1` and a port.
    pub address: SocketAddr,
    shared: Arc<Shared>,
}

/// A request that came.
#[derive(Debug, Clone)]
pub struct Asked {
    pub method: String,
    /// Path and query, as they came.
    pub target: String,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: String,
    pub at: Instant,
}

/// What the server answers.
#[derive(Debug, Clone)]
pub struct Told {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// How long the server thinks first.
    pub delay: Duration,
    pub manner: Manner,
}

/// How an answer is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// As it should be.
    Whole,
    /// This length is claimed, and the connection is closed behind the body.
    Claiming(usize),
    /// A byte of the body at a time, with so long a pause between.
    Drip(Duration),
    /// The connection is closed without a word.
    Closed,
    /// Nothing is ever said.
    Silent,
}

type Handler = dyn Fn(&Asked) -> Told + Send + Sync;

struct Shared {
    handler: Box<Handler>,
    asked: Mutex<Vec<Asked>>,
    under_way: AtomicUsize,
    most_under_way: AtomicUsize,
    ended: AtomicBool,
}

/// Starts a server whose answers come from a function; for HEAD the body of its answer is left out.
pub fn serve(handler: impl Fn(&Asked) -> Told + Send + Sync + 'static) -> Server {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = listener.local_addr().unwrap();
    let shared = Arc::new(Shared {
        handler: Box::new(handler),
        asked: Mutex::default(),
        under_way: AtomicUsize::new(0),
        most_under_way: AtomicUsize::new(0),
        ended: AtomicBool::new(false),
    });
    let server = Server { address, shared: shared.clone() };
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            if shared.ended.load(Ordering::SeqCst) {
                return;
            }
            let shared = shared.clone();
            thread::spawn(move || shared.converse(&stream));
        }
    });
    server
}

impl Server {
    /// The address of a path, which begins with a slash.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The host as `allow-hosts` names it.
    pub fn host(&self) -> String {
        self.address.to_string()
    }

    /// All that was asked so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.shared.asked.lock().unwrap().clone()
    }

    /// What was asked so far, as `GET /path` each.
    pub fn lines(&self) -> Vec<String> {
        self.shared.asked.lock().unwrap().iter().map(|asked| format!("{} {}", asked.method, asked.target)).collect()
    }

    /// Drops what was asked so far.
    pub fn forget(&self) {
        self.shared.asked.lock().unwrap().clear();
    }

    /// The most requests that were answered at the same time.
    pub fn most_under_way(&self) -> usize {
        self.shared.most_under_way.load(Ordering::SeqCst)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.ended.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address);
    }
}

impl Asked {
    /// The value of a header, by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// The path without its query.
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    /// A parameter of the query, or of the form that was posted, decoded.
    pub fn parameter(&self, name: &str) -> Option<String> {
        let query = self.target.split_once('?').map_or("", |(_, query)| query);
        let pairs = query.split('&').chain(self.body.split('&')).filter_map(|pair| pair.split_once('='));
        pairs.map(|(key, value)| (decoded(key), decoded(value))).find(|(key, _)| key == name).map(|(_, value)| value)
    }
}

impl Told {
    pub fn new(status: u16, kind: &str, body: impl Into<Vec<u8>>) -> Self {
        let headers = if kind.is_empty() { Vec::new() } else { vec![("Content-Type".to_owned(), kind.to_owned())] };
        Self { status, headers, body: body.into(), delay: Duration::ZERO, manner: Manner::Whole }
    }

    pub fn json(body: impl Into<Vec<u8>>) -> Self {
        Self::new(200, "application/json", body)
    }

    pub fn xml(body: impl Into<Vec<u8>>) -> Self {
        Self::new(200, "text/xml; charset=UTF-8", body)
    }

    pub fn page(status: u16) -> Self {
        Self::new(status, "text/html; charset=utf-8", "<!doctype html><title>A page</title><p>Words.")
    }

    /// A request to come again after a time in seconds, or a date as HTTP writes it.
    pub fn busy(status: u16, retry_after: &str) -> Self {
        Self::page(status).header("Retry-After", retry_after)
    }

    pub fn redirect(status: u16, to: &str) -> Self {
        Self::new(status, "", "").header("Location", to)
    }

    /// A wall that asks whether a person reads, with a status that says that all is well.
    pub fn wall() -> Self {
        Self::new(200, "text/html", "<!doctype html><title>Are you human?</title>")
    }

    pub fn closed() -> Self {
        Self { manner: Manner::Closed, ..Self::page(200) }
    }

    pub fn silent() -> Self {
        Self { manner: Manner::Silent, ..Self::page(200) }
    }

    /// So many zeros in a thousandth of their room.
    pub fn bomb(kind: &str, zeros: usize) -> Self {
        Self::new(200, kind, gzip(&vec![b'0'; zeros])).header("Content-Encoding", "gzip")
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    pub fn claiming(mut self, length: usize) -> Self {
        self.manner = Manner::Claiming(length);
        self
    }

    pub fn dripping(mut self, pause: Duration) -> Self {
        self.manner = Manner::Drip(pause);
        self
    }
}

impl Shared {
    fn converse(&self, stream: &TcpStream) {
        let _ = stream.set_nodelay(true);
        let mut reader = BufReader::new(stream);
        while let Some(asked) = read(&mut reader) {
            let under_way = self.under_way.fetch_add(1, Ordering::SeqCst) + 1;
            self.most_under_way.fetch_max(under_way, Ordering::SeqCst);
            self.asked.lock().unwrap().push(asked.clone());
            let told = (self.handler)(&asked);
            thread::sleep(told.delay);
            let goes_on = self.answer(stream, &asked, &told).unwrap_or(false);
            self.under_way.fetch_sub(1, Ordering::SeqCst);
            if !goes_on {
                return;
            }
        }
    }

    /// Whether the connection stays open.
    fn answer(&self, mut stream: &TcpStream, asked: &Asked, told: &Told) -> std::io::Result<bool> {
        let length = match told.manner {
            Manner::Closed => return Ok(false),
            Manner::Silent => {
                // Until the other side gives up, or the server ends.
                stream.set_read_timeout(Some(Duration::from_millis(50)))?;
                loop {
                    if self.ended.load(Ordering::SeqCst) || matches!(stream.read(&mut [0]), Ok(0)) {
                        return Ok(false);
                    }
                }
            }
            Manner::Claiming(length) => length,
            Manner::Whole | Manner::Drip(_) => told.body.len(),
        };
        let mut answer = format!("HTTP/1.1 {} -\r\n", told.status).into_bytes();
        for (name, value) in &told.headers {
            write!(answer, "{name}: {value}\r\n")?;
        }
        write!(answer, "Content-Length: {length}\r\n\r\n")?;
        let body: &[u8] = if asked.method == "HEAD" { &[] } else { &told.body };
        match told.manner {
            Manner::Drip(pause) => {
                stream.write_all(&answer)?;
                for byte in body {
                    if self.ended.load(Ordering::SeqCst) {
                        return Ok(false);
                    }
                    thread::sleep(pause);
                    stream.write_all(&[*byte])?;
                }
            }
            _ => {
                answer.extend_from_slice(body);
                stream.write_all(&answer)?;
            }
        }
        Ok(!matches!(told.manner, Manner::Claiming(_)))
    }
}

/// The next request on a connection.
fn read(reader: &mut BufReader<&TcpStream>) -> Option<Asked> {
    let mut line = String::new();
    if reader.read_line(&mut line).is_err() {
        // What is no text is TLS, which a server that does not speak it answers so.
        let _ = reader.get_mut().write_all(b"HTTP/1.1 400 -\r\n\r\n");
        return None;
    }
    let mut words = line.split_whitespace().map(str::to_owned);
    let (method, target) = (words.next()?, words.next()?);
    let at = Instant::now();
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        match line.trim_end().split_once(':') {
            Some((name, value)) => headers.push((name.to_lowercase(), value.trim().to_owned())),
            None => break,
        }
    }
    let length = headers.iter().find(|(name, _)| name == "content-length").and_then(|(_, value)| value.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Asked { method, target, headers, body: String::from_utf8_lossy(&body).into_owned(), at })
}

/// Bytes packed by gzip: what a ZIP file holds of them, between the head and the tail of gzip.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("-", zip::write::SimpleFileOptions::default()).unwrap();
    writer.write_all(bytes).unwrap();
    let mut archive = zip::ZipArchive::new(writer.finish().unwrap()).unwrap();
    let mut packed = archive.by_index_raw(0).unwrap();
    let mut gzip = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
    let sum = packed.crc32();
    packed.read_to_end(&mut gzip).unwrap();
    gzip.extend(sum.to_le_bytes());
    gzip.extend((bytes.len() as u32).to_le_bytes());
    gzip
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let digits = tail.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        match (first, digits.and_then(|digits| u8::from_str_radix(digits, 16).ok())) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &tail[2..];
                continue;
            }
            (b'+', _) => bytes.push(b' '),
            (other, _) => bytes.push(*other),
        }
        rest = tail;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
