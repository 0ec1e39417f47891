//! Parley's assistants' door beside the protocol's reference server (`benches/assistants` starts both): one client, which
//! is as little as possible, calls one and the other by turns. Everything is told by the environment: `OURS` and
//! `THEIRS` (host and port), `KEY`, and `OUR_PROCESS` and `THEIR_PROCESS`, whose memory is looked at.

use serde_json::{Value as Json, json};
use std::error::Error;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// How many calls are measured, and how many go before them.
const CALLS: usize = 3_000;
const WARMING: usize = 500;

/// How much of theirs ours may be.
const TIME: f64 = 0.25;
const MEMORY: f64 = 0.15;

/// A connection to a server of the protocol.
struct Line {
    address: String,
    headers: String,
    stream: BufReader<TcpStream>,
}

impl Line {
    fn to(address: &str, headers: &str) -> Outcome<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        let headers = format!(
            "host: {address}\r\ncontent-type: application/json\r\naccept: application/json, text/event-stream\r\n\
             mcp-protocol-version: 2025-11-25\r\n{headers}"
        );
        Ok(Self { address: address.to_owned(), headers, stream: BufReader::new(stream) })
    }

    /// Sends a message, and answers its session, if there is one, and its result.
    fn send(&mut self, message: &Json) -> Outcome<(Option<String>, Json)> {
        let body = message.to_string();
        let request = format!("POST /mcp HTTP/1.1\r\n{}content-length: {}\r\n\r\n{body}", self.headers, body.len());
        self.stream.get_mut().write_all(request.as_bytes())?;
        let head = self.head()?;
        let body = String::from_utf8(self.body(&head)?)?;
        if !(200..300).contains(&head.status) {
            return Err(format!("{}: {} {body}", self.address, head.status).into());
        }
        let text = body.lines().rev().find_map(|line| line.strip_prefix("data: ")).unwrap_or(&body);
        let answer: Json = if text.trim().is_empty() { Json::Null } else { serde_json::from_str(text)? };
        Ok((head.session, answer))
    }

    fn head(&mut self) -> Outcome<Head> {
        let mut head = Head::default();
        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        head.status = line.split(' ').nth(1).ok_or("no answer")?.parse()?;
        loop {
            line.clear();
            self.stream.read_line(&mut line)?;
            let Some((name, value)) = line.trim_end().split_once(": ") else { return Ok(head) };
            match name.to_ascii_lowercase().as_str() {
                "content-length" => head.length = Some(value.parse()?),
                "transfer-encoding" => head.chunked = value.eq_ignore_ascii_case("chunked"),
                "mcp-session-id" => head.session = Some(value.to_owned()),
                _ => {}
            }
        }
    }

    fn body(&mut self, head: &Head) -> Outcome<Vec<u8>> {
        let mut body = Vec::new();
        if let Some(length) = head.length {
            body.resize(length, 0);
            self.stream.read_exact(&mut body)?;
        }
        let mut more = head.chunked;
        while more {
            let mut size = String::new();
            self.stream.read_line(&mut size)?;
            let size = usize::from_str_radix(size.trim(), 16)?;
            let start = body.len();
            body.resize(start + size, 0);
            self.stream.read_exact(&mut body[start..])?;
            self.stream.read_line(&mut String::new())?;
            more = size > 0;
        }
        Ok(body)
    }

    /// A tool's answer.
    fn call(&mut self, tool: &str, input: &Json) -> Outcome<Json> {
        let params = json!({"name": tool, "arguments": input});
        let (_, answer) = self.send(&json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}))?;
        match &answer["result"] {
            result if result.is_object() && result["isError"] != true => Ok(result.clone()),
            _ => Err(answer.to_string().into()),
        }
    }
}

#[derive(Default)]
struct Head {
    status: u16,
    length: Option<usize>,
    chunked: bool,
    session: Option<String>,
}

/// How long calls took, in order.
struct Times(Vec<Duration>);

impl Times {
    fn of(line: &mut Line, tool: &str, input: &Json) -> Outcome<Self> {
        for _ in 0..WARMING {
            line.call(tool, input)?;
        }
        let mut times = Vec::with_capacity(CALLS);
        for _ in 0..CALLS {
            let begun = Instant::now();
            line.call(tool, input)?;
            times.push(begun.elapsed());
        }
        times.sort_unstable();
        Ok(Self(times))
    }

    fn at(&self, hundredth: usize) -> f64 {
        self.0[(self.0.len() * hundredth / 100).min(self.0.len() - 1)].as_secs_f64() * 1e3
    }

    fn tell(&self, name: &str) {
        println!("{name:<44} p50 {:.3} ms   p99 {:.3} ms", self.at(50), self.at(99));
    }
}

/// The memory of a process that is its own, in megabytes.
fn memory(process: &str) -> Outcome<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no VmRSS")?;
    Ok(line.trim().trim_end_matches(" kB").parse::<f64>()? / 1024.0)
}

fn told(name: &str) -> Outcome<String> {
    std::env::var(name).map_err(|_| format!("{name} is not told; benches/assistants tells it").into())
}

fn judged(name: &str, ours: f64, theirs: f64, most: f64) {
    let share = ours / theirs;
    let word = if share <= most { "met" } else { "MISSED" };
    println!("{name:<44} {share:.2} of theirs, at most {most:.2}: {word}");
}

fn main() -> Outcome<()> {
    let hello = json!({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": {
        "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "bench", "version": "1"},
    }});
    let address = told("THEIRS")?;
    let (session, _) = Line::to(&address, "")?.send(&hello)?;
    let session = session.ok_or("the reference server begins no session")?;
    let mut theirs = Line::to(&address, &format!("mcp-session-id: {session}\r\n"))?;
    theirs.send(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}))?;
    let mut ours = Line::to(&told("OURS")?, &format!("authorization: Bearer {}\r\n", told("KEY")?))?;

    let echo = Times::of(&mut theirs, "echo", &json!({"message": "hello"}))?;
    let tags = json!({"object": "tag", "limit": 1});
    let small = Times::of(&mut ours, "crm_query", &tags)?;
    let some = json!({
        "object": "deal", "limit": 10, "fields": ["name", "amount"],
        "filter": {"and": [{"field": "bench_score", "op": "ge", "value": 40_000}, {"field": "bench_score", "op": "lt", "value": 40_100}]},
    });
    let found = ours.call("crm_query", &some)?["structuredContent"]["records"].as_array().map_or(0, Vec::len);
    if found == 0 {
        return Err("the filtered query finds nothing".into());
    }
    let filtered = Times::of(&mut ours, "crm_query", &some)?;
    echo.tell("reference server: echo");
    small.tell("Parley: a query that finds nothing");
    filtered.tell(&format!("Parley: a filtered query, {found} deals"));
    let (our_memory, their_memory) = (memory(&told("OUR_PROCESS")?)?, memory(&told("THEIR_PROCESS")?)?);
    println!("memory: reference server {their_memory:.0} MB, Parley {our_memory:.0} MB");
    judged("a small call", small.at(50), echo.at(50), TIME);
    judged("memory", our_memory, their_memory, MEMORY);
    judged("a filtered query", filtered.at(50), echo.at(50), 1.0);
    Ok(())
}
