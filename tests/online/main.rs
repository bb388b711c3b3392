//! The world on this machine: what is asked, how fast, and what becomes of every kind of bad answer.

mod server;

use server::{Told, serve};

#[test]
fn the_server_notes_what_it_was_asked() {
    use std::io::{Read, Write};
    let server = serve(|asked| Told::json(asked.parameter("q").unwrap_or_default()));
    let mut stream = std::net::TcpStream::connect(server.address).unwrap();
    stream.write_all("GET /a?q=%C2%B5+1 HTTP/1.1\r\nHost: x\r\nX-Y: z\r\n\r\n".as_bytes()).unwrap();
    let mut answer = [0; 200];
    let length = stream.read(&mut answer).unwrap();
    assert!(String::from_utf8_lossy(&answer[..length]).ends_with("\r\n\r\nµ 1"));
    assert_eq!(server.lines(), ["GET /a?q=%C2%B5+1"]);
    assert_eq!((server.asked()[0].path(), server.asked()[0].header("x-y")), ("/a", Some("z")));
}
