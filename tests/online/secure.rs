//! Pages over https, as a proxy sees them: it says that it is www.example.org, with a certificate of our own.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::process::Command;
use std::sync::Arc;
use std::thread;

use medproof::config::Online;
use medproof::world::{Answer, Reached};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::server::{Told, serve};
use super::{wait, wire};

/// The certificate and its key: `openssl ca -selfsign`, for www.example.org from 2020 to 2120.
const PEM: &[u8] = include_bytes!("www.example.org.pem");

/// Runs a test of this program behind a proxy.
fn run_behind(proxy: u16, test: &str) {
    let mut itself = Command::new(std::env::current_exe().unwrap());
    itself.args(["--ignored", "--exact", test]);
    // By its name, which is one of a network of one's own, as that of a proxy mostly is.
    let proxy = format!("http://localhost:{proxy}");
    for name in ["http_proxy", "https_proxy", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"] {
        itself.env_remove(name);
    }
    itself.env("HTTP_PROXY", &proxy).env("HTTPS_PROXY", &proxy);
    itself.env("SSL_CERT_FILE", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/online/www.example.org.pem"));
    let output = itself.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

#[test]
fn a_proxy_is_honoured() {
    let proxy = serve(|_| Told::page(200));
    run_behind(proxy.address.port(), "secure::behind_a_proxy");
    // The second is for the page over https.
    assert_eq!(proxy.lines(), ["HEAD http://www.example.org/page", "CONNECT www.example.org:443"]);
}

#[test]
#[ignore = "`a_proxy_is_honoured` runs it, in an environment of its own"]
fn behind_a_proxy() {
    let wire = wire(&Online::default());
    for address in ["http://localhost:8080/", "http://169.254.169.254/", "http://intranet/", "http://files.lan/"] {
        let Answer::Unknown(why) = wait(wire.reach(address)) else { panic!("{address}") };
        assert!(why.ends_with("is no public address"), "{address}: {why}");
    }
    assert_eq!(wait(wire.reach("http://www.example.org/page")), Answer::Found(Reached::default()));
}

#[cfg(target_os = "linux")]
#[test]
fn pages_over_https_are_told_from_those_over_http() {
    run_behind(secure_proxy(), "secure::behind_a_secure_proxy");
}

#[test]
#[ignore = "`pages_over_https_are_told_from_those_over_http` runs it, in an environment of its own"]
fn behind_a_secure_proxy() {
    let wire = wire(&Online { pause: 0.0, ..Online::default() });
    let secure = |address: &str| Answer::Found(Reached { secure: Some(address.into()), ..Reached::default() });
    for (address, expected) in [
        ("https://www.example.org/both", Answer::Found(Reached::default())),
        ("http://www.example.org/both#part", secure("https://www.example.org/both#part")),
        ("http://www.example.org/upgraded", secure("https://www.example.org/upgraded")),
        ("http://www.example.org/insecure", Answer::Found(Reached::default())),
        ("http://www.example.org/downgraded", Answer::Found(Reached::default())),
        // The certificate is one of www.example.org.
        ("http://old.example.org/both", Answer::Found(Reached::default())),
        ("https://old.example.org/both", Answer::Unknown("no secure connection to old.example.org".into())),
    ] {
        assert_eq!(wait(wire.reach(address)), expected, "{address}");
    }
}

/// A proxy that answers by scheme and path; its port.
fn secure_proxy() -> u16 {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let (certificate, key) = (CertificateDer::from_pem_slice(PEM).unwrap(), PrivateKeyDer::from_pem_slice(PEM).unwrap());
    let config = ServerConfig::builder().with_no_client_auth().with_single_cert(vec![certificate], key).unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    // It ends with the test program.
    thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let config = config.clone();
            thread::spawn(move || {
                let request = head(&mut stream)?;
                if request.starts_with("CONNECT ") {
                    stream.write_all(b"HTTP/1.1 200 -\r\n\r\n").ok()?;
                    let mut stream = StreamOwned::new(ServerConnection::new(config).ok()?, stream);
                    let request = head(&mut stream)?;
                    stream.write_all(answer("https", &request).as_bytes()).ok()
                } else {
                    stream.write_all(answer("http", &request).as_bytes()).ok()
                }
            });
        }
    });
    port
}

fn answer(scheme: &str, request: &str) -> String {
    let target = request.split(' ').nth(1).unwrap_or_default();
    let (status, to) = match (scheme, target.rsplit('/').next().unwrap_or_default()) {
        ("http", "upgraded") => (301, "https://www.example.org/upgraded"),
        ("https", "downgraded") => (302, "http://www.example.org/downgraded"),
        ("https", "insecure") => (404, ""),
        _ => (200, ""),
    };
    let location = if to.is_empty() { String::new() } else { format!("Location: {to}\r\n") };
    format!("HTTP/1.1 {status} -\r\n{location}Content-Length: 0\r\nConnection: close\r\n\r\n")
}

/// The first line of a request, whose head is read whole.
fn head(stream: &mut impl Read) -> Option<String> {
    // Byte by byte, as what comes behind the head of CONNECT is not for this reader.
    let mut lines = BufReader::with_capacity(1, stream).lines().map_while(Result::ok);
    let first = lines.next()?;
    lines.find(|line| line.is_empty())?;
    Some(first)
}
