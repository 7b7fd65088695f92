//! A mail server of a few lines: takes what it is given, but 550 for `bounce@…`, 451 for `later@…` until it
//! is told to be kind, and 535 for every password. Source of the dialogue: RFC 5321, RFC 4954.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

pub struct MailServer {
    port: u16,
    desk: Arc<Desk>,
}

#[derive(Default)]
struct Desk {
    taken: Mutex<Vec<String>>,
    is_kind: AtomicBool,
}

impl MailServer {
    pub async fn start() -> MailServer {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let desk = Arc::new(Desk::default());
        let at_work = desk.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(converse(stream, at_work.clone()));
            }
        });
        MailServer { port, desk }
    }

    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    pub fn taken(&self) -> Vec<String> {
        self.desk.taken.lock().unwrap().clone()
    }

    pub fn be_kind(&self) {
        self.desk.is_kind.store(true, Ordering::SeqCst);
    }
}

async fn converse(stream: TcpStream, desk: Arc<Desk>) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 here\r\n").await?;
    let mut line = String::new();
    while stream.read_line(&mut line).await? > 0 {
        let said = std::mem::take(&mut line).to_ascii_lowercase();
        let answer = match said.split_whitespace().next().unwrap_or_default() {
            "ehlo" => "250-here\r\n250 AUTH PLAIN LOGIN\r\n",
            "auth" => "535 no\r\n",
            "rcpt" if said.contains("bounce@") => "550 bounce@example.com: no such mailbox\r\n",
            "rcpt" if said.contains("later@") && !desk.is_kind.load(Ordering::SeqCst) => {
                "451 busy\r\n"
            }
            "data" => {
                stream.write_all(b"354 go on\r\n").await?;
                let mut message = String::new();
                while stream.read_line(&mut line).await? > 0 && line != ".\r\n" {
                    message.push_str(&std::mem::take(&mut line));
                }
                line.clear();
                desk.taken.lock().unwrap().push(message);
                "250 taken\r\n"
            }
            "quit" => "221 bye\r\n",
            _ => "250 ok\r\n",
        };
        stream.write_all(answer.as_bytes()).await?;
    }
    Ok(())
}
