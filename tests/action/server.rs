//! A server of releases on this machine.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

pub struct Server {
    /// Where it listens.
    pub url: String,
    pages: Arc<Mutex<BTreeMap<String, Page>>>,
}

#[derive(Clone)]
enum Page {
    Body(Vec<u8>),
    Redirect(String),
    Status(u16),
}

impl Server {
    pub fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let pages: Arc<Mutex<BTreeMap<String, Page>>> = Arc::default();
        let shared = pages.clone();
        // It ends with the test program.
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
                let Some(Ok(request)) = lines.next() else { continue };
                lines.map_while(Result::ok).take_while(|line| !line.is_empty()).for_each(drop);
                let path = request.split(' ').nth(1).unwrap_or_default();
                let page = shared.lock().unwrap().get(path).cloned().unwrap_or(Page::Status(404));
                let (status, header, body) = match page {
                    Page::Body(body) => (200, String::new(), body),
                    Page::Redirect(to) => (302, format!("Location: {to}\r\n"), Vec::new()),
                    Page::Status(status) => (status, String::new(), b"no such page".to_vec()),
                };
                let head = format!("HTTP/1.1 {status} -\r\n{header}Content-Length: {}\r\nConnection: close\r\n\r\n", body.len());
                let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body));
            }
        });
        Self { url, pages }
    }

    pub fn body(&self, path: &str, body: impl Into<Vec<u8>>) -> &Self {
        self.page(path, Page::Body(body.into()))
    }

    pub fn redirect(&self, path: &str, to: &str) -> &Self {
        self.page(path, Page::Redirect(to.to_owned()))
    }

    pub fn status(&self, path: &str, status: u16) -> &Self {
        self.page(path, Page::Status(status))
    }

    fn page(&self, path: &str, page: Page) -> &Self {
        self.pages.lock().unwrap().insert(path.to_owned(), page);
        self
    }
}
