//! Killed while a message is on its way, the program does not send it again; what waits still leaves.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    path::Path,
    sync::mpsc,
    time::Duration,
};

use crate::world::program::Serving;

/// A gateway that tells of each message, and answers it if it is told to.
struct Way {
    url: String,
    told: mpsc::Receiver<(String, TcpStream)>,
}

impl Way {
    fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/send", listener.local_addr().unwrap());
        let (tell, told) = mpsc::channel();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let body = body(&mut stream);
                if tell.send((body, stream)).is_err() {
                    return;
                }
            }
        });
        Self { url, told }
    }

    /// The next message that is handed over.
    fn next(&self) -> (String, TcpStream) {
        self.told.recv_timeout(Duration::from_secs(30)).unwrap()
    }
}

/// The body of a request, which says how long it is.
fn body(stream: &mut TcpStream) -> String {
    let (mut all, mut some) = (vec![], [0; 4096]);
    loop {
        let n = stream.read(&mut some).unwrap();
        all.extend(&some[..n]);
        let text = String::from_utf8_lossy(&all).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let head = head.to_lowercase();
            let length = head.split("content-length: ").nth(1).unwrap();
            let length: usize = length.lines().next().unwrap().trim().parse().unwrap();
            if body.len() >= length {
                return body.to_owned();
            }
        }
        assert!(n > 0, "cut off: {text}");
    }
}

fn taken(stream: &mut TcpStream) {
    stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").unwrap();
}

fn ask(serving: &Serving, phone: &str) {
    let form = format!("phone={phone}");
    let mut stream = TcpStream::connect(&serving.address).unwrap();
    let asked = format!(
        "POST /sign-in/code HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{form}",
        form.len()
    );
    stream.write_all(asked.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

fn serve(data: &Path, url: &str) -> Serving {
    let config = data.join("settings.toml");
    std::fs::write(&config, format!("sms_url = \"{url}\"\nsms_token = \"t\"\n")).unwrap();
    Serving::start(data, &["--config", config.to_str().unwrap()])
}

#[test]
fn a_message_in_the_gateways_hands_when_the_program_died_is_not_sent_again() {
    let (folder, way) = (tempfile::tempdir().unwrap(), Way::open());
    for round in 0..3 {
        let serving = serve(folder.path(), &way.url);
        let (first, second) = (format!("1380013800{round}"), format!("1390013900{round}"));
        ask(&serving, &first);
        let (message, held) = way.next();
        assert!(message.contains(&first), "{message}");
        // handed over, and dead before it can be marked; the next one waits in the rows
        ask(&serving, &second);
        drop(serving);
        drop(held);
        let serving = serve(folder.path(), &way.url);
        let (message, mut answered) = way.next();
        assert!(message.contains(&second), "sent again: {message}");
        taken(&mut answered);
        // and nothing more: neither the one that was in its hands, nor the one that is marked
        std::thread::sleep(Duration::from_millis(2_500));
        assert!(way.told.try_recv().is_err());
        drop(serving);
    }
}
