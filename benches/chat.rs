//! The website's chat under load: visitors on real WebSockets, an agent through REST, against a server that runs the
//! demo company (`benches/chat` starts one). Everything is told by the environment:
//! `PARLEY_URL`, and optionally `CHATS`, `IDLE`, `SECONDS` and `SERVER_PID` (whose memory is looked at).

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value as Json, json};
use std::error::Error;
use std::time::{Duration, Instant};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};
use uuid::Uuid;

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

/// The demo company's website, and who answers for it.
const WIDGET: &str = "demo";
const AGENT: &str = "priya.raman@demo.example";
const PASSWORD: &str = "parley-demo-2017";

/// How often a visitor writes.
const EVERY: Duration = Duration::from_secs(10);
/// How long anything may take before it counts as lost.
const PATIENCE: Duration = Duration::from_secs(30);
/// How many connections are opened at once.
const AT_ONCE: usize = 64;
/// How many chats an agent answers in.
const TAKEN: usize = 20;
/// How often in each.
const REPLIES: usize = 10;

const QUESTIONS: [&str; 8] = [
    "How do I reset my password?",
    "How long does delivery take?",
    "How can I pay an invoice?",
    "How do I activate a licence?",
    "How do I renew my subscription?",
    "How many requests may I send to the API?",
    "How do I rack-mount the GTK 500?",
    "How do I restore a backup?",
];

/// What is measured, and on what.
#[derive(Clone)]
struct Bench {
    url: String,
    chats: usize,
    idle: usize,
    span: Duration,
    process: Option<u32>,
}

impl Bench {
    fn told() -> Outcome<Self> {
        let number = |name: &str, usual: usize| std::env::var(name).map_or(Ok(usual), |value| value.parse());
        Ok(Self {
            url: std::env::var("PARLEY_URL")
                .map_err(|_| "PARLEY_URL tells where the server is; benches/chat starts one")?,
            chats: number("CHATS", 1_000)?,
            idle: number("IDLE", 10_000)?,
            span: Duration::from_secs(u64::try_from(number("SECONDS", 60)?)?),
            process: std::env::var("SERVER_PID").ok().map(|pid| pid.parse()).transpose()?,
        })
    }

    /// What the server holds in memory, in KB.
    fn memory(&self) -> Outcome<Option<usize>> {
        let Some(process) = self.process else { return Ok(None) };
        let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        Ok(line.and_then(|line| line.split_whitespace().next()).map(str::parse).transpose()?)
    }
}

#[tokio::main]
async fn main() -> Outcome<()> {
    // Tells which cryptography there is, should the server be reached by TLS.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let bench = Bench::told()?;
    idle(&bench).await?;
    let visitors = come(&bench, bench.chats).await?;
    let talking = tokio::spawn(talk(visitors, bench.span));
    tokio::time::sleep(EVERY).await;
    answered_by_an_agent(&bench).await?;
    let (answers, lost) = talking.await??;
    show("question to the bot's answer", answers);
    println!("{:<34} {lost} of the questions", "without an answer");
    Ok(())
}

/// Visitors who have the chat open and say nothing.
async fn idle(bench: &Bench) -> Outcome<()> {
    // What the first few cost is the server's, not theirs.
    let first = come(bench, AT_ONCE.min(bench.idle)).await?;
    let before = bench.memory()?;
    let all = come(bench, bench.idle).await?;
    tokio::time::sleep(Duration::from_secs(5)).await;
    let after = bench.memory()?;
    println!("{:<34} {}", "idle chats held", all.len() + first.len());
    if let (Some(before), Some(after), true) = (before, after, !all.is_empty()) {
        let each = after.saturating_sub(before) as f64 / all.len() as f64;
        println!("{:<34} {each:.1} KB each ({before} KB, then {after} KB)", "memory");
    }
    Ok(())
}

/// Each visitor asks every ten seconds, not all at the same moment. How long the answers took, and how many never came.
async fn talk(visitors: Vec<Visitor>, span: Duration) -> Outcome<(Vec<Duration>, usize)> {
    let until = Instant::now() + span;
    let mut talks = JoinSet::new();
    let count = u32::try_from(visitors.len())?;
    for (n, mut visitor) in (0_u32..).zip(visitors) {
        talks.spawn(async move {
            let (mut took, mut lost) = (Vec::new(), 0);
            let mut next = tokio::time::interval_at((Instant::now() + EVERY * n / count).into(), EVERY);
            for question in QUESTIONS.iter().cycle().skip(n as usize % QUESTIONS.len()) {
                next.tick().await;
                if Instant::now() > until {
                    break;
                }
                let asked = Instant::now();
                visitor.say(question).await?;
                match tokio::time::timeout(PATIENCE, visitor.hear("bot")).await {
                    Ok(heard) => heard.map(|_| took.push(asked.elapsed()))?,
                    Err(_) => lost += 1,
                }
            }
            Outcome::Ok((took, lost))
        });
    }
    let (mut all, mut missing) = (Vec::new(), 0);
    while let Some(done) = talks.join_next().await {
        let (took, lost) = done??;
        all.extend(took);
        missing += lost;
    }
    Ok((all, missing))
}

/// From the moment an agent sends an answer until the visitor's connection brings it.
async fn answered_by_an_agent(bench: &Bench) -> Outcome<()> {
    let agent = Agent::sign_in(bench).await?;
    let mut took = Vec::new();
    for mut visitor in come(bench, TAKEN).await? {
        visitor.say("I want to talk to a human").await?;
        let conversation = tokio::time::timeout(PATIENCE, visitor.conversation_in("queued")).await??;
        agent.act(&conversation, "take", json!({})).await?;
        for n in 0..REPLIES {
            let sent = Instant::now();
            let reply = agent.act(&conversation, "reply", json!({"text": format!("Answer {n}")}));
            let seen = async {
                tokio::time::timeout(PATIENCE, visitor.hear("agent")).await??;
                Outcome::Ok(sent.elapsed())
            };
            let (done, seen) = tokio::join!(reply, seen);
            done?;
            took.push(seen?);
        }
    }
    show("agent's answer to the visitor", took);
    Ok(())
}

fn show(name: &str, mut took: Vec<Duration>) {
    took.sort_unstable();
    let at = |percent: usize| took.get((took.len() * percent / 100).min(took.len().saturating_sub(1)));
    let ms = |percent| at(percent).map_or(f64::NAN, |took| took.as_secs_f64() * 1_000.0);
    println!("{name:<34} p50 {:.1} ms, p95 {:.1} ms, p99 {:.1} ms ({} of them)", ms(50), ms(95), ms(99), took.len());
}

/// So many new visitors, some at a time.
async fn come(bench: &Bench, count: usize) -> Outcome<Vec<Visitor>> {
    let coming = (0..count).map(|_| Visitor::come(&bench.url));
    let come: Vec<Outcome<Visitor>> = futures_util::stream::iter(coming).buffer_unordered(AT_ONCE).collect().await;
    come.into_iter().collect()
}

/// A visitor's browser.
struct Visitor {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

impl Visitor {
    async fn come(url: &str) -> Outcome<Self> {
        let (socket, _) = connect_async(format!("{}/api/v1/chat/socket", url.replacen("http", "ws", 1))).await?;
        let mut visitor = Self { socket };
        visitor.send(json!({"type": "hello", "widget": WIDGET, "page": "https://shop.example/", "after": 0})).await?;
        let first = visitor.next().await?;
        if first["type"] == "ready" { Ok(visitor) } else { Err(format!("not let in: {first}").into()) }
    }

    async fn say(&mut self, text: &str) -> Outcome<()> {
        self.send(json!({"type": "say", "id": Uuid::new_v4(), "text": text, "attachments": [], "choice": null})).await
    }

    /// The next message of the bot or an agent.
    async fn hear(&mut self, author: &str) -> Outcome<Json> {
        loop {
            let frame = self.next().await?;
            match frame["type"].as_str() {
                Some("message") if frame["message"]["author"]["kind"] == author => return Ok(frame),
                Some("refused") => return Err(format!("refused: {frame}").into()),
                _ => {}
            }
        }
    }

    /// The conversation's id, as soon as it is in this state.
    async fn conversation_in(&mut self, state: &str) -> Outcome<String> {
        loop {
            let frame = self.next().await?;
            if frame["conversation"]["state"] == state {
                return Ok(frame["conversation"]["id"].as_str().unwrap_or_default().to_owned());
            }
        }
    }

    async fn send(&mut self, frame: Json) -> Outcome<()> {
        Ok(self.socket.send(Message::text(frame.to_string())).await?)
    }

    async fn next(&mut self) -> Outcome<Json> {
        loop {
            match self.socket.next().await.ok_or("the connection ended")?? {
                Message::Text(text) => return Ok(serde_json::from_str(&text)?),
                Message::Close(reason) => return Err(format!("the connection was closed: {reason:?}").into()),
                _ => {}
            }
        }
    }
}

/// An agent's browser, signed in.
struct Agent {
    http: reqwest::Client,
    url: String,
}

impl Agent {
    async fn sign_in(bench: &Bench) -> Outcome<Self> {
        let http = reqwest::Client::builder().cookie_store(true).build()?;
        let agent = Self { http, url: bench.url.clone() };
        agent.post("/session", json!({"email": AGENT, "password": PASSWORD})).await?;
        Ok(agent)
    }

    async fn act(&self, conversation: &str, action: &str, input: Json) -> Outcome<()> {
        self.post(&format!("/records/conversation/{conversation}/actions/{action}"), input).await
    }

    async fn post(&self, path: &str, body: Json) -> Outcome<()> {
        let request = self.http.post(format!("{}/api/v1{path}", self.url)).header("X-Parley-Csrf", "1");
        let answer = request.json(&body).send().await?;
        let status = answer.status();
        if status.is_success() { Ok(()) } else { Err(format!("{path}: {status} {}", answer.text().await?).into()) }
    }
}
