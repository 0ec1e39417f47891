//! `GET /chat/socket`: a visitor's connection.

use super::closed;
use crate::http::openapi::Operation;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::extract::State;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket, WebSocketUpgrade, close_code};
use axum::response::Response;
use bots::web_chat::{FromClient, Refusal, Session, ToClient};
use std::time::Duration;

/// The longest frame, in bytes: the longest message in the longest letters, and what is around it.
const FRAME: usize = 64 * 1024;
/// What a connection holds ready for reading and writing: thousands are open, and say little.
const BUFFER: usize = 2 * 1024;
/// A client that says nothing for so long is gone; it pings every 25 seconds.
const SILENCE: Duration = Duration::from_secs(75);
/// How long a client has to say hello.
const HELLO: Duration = Duration::from_secs(10);

pub(in crate::http) fn doc() -> Operation {
    Operation::new("chat_socket", "Chat", "A visitor's connection")
        .about("A WebSocket of JSON frames. The first one is `hello` with the widget's key.")
        .empty(101, "The connection.")
        .problem(426)
}

/// Takes the connection over.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, Problem> {
    let upgrade = upgrade.map_err(|_| Problem::upgrade_required())?;
    let upgrade = upgrade.read_buffer_size(BUFFER).write_buffer_size(0).max_message_size(FRAME).max_frame_size(FRAME);
    Ok(upgrade.on_upgrade(move |socket| async move {
        if let Err(error) = serve(state, socket).await {
            tracing::debug!(%error, "a visitor's connection broke");
        }
    }))
}

async fn serve(state: AppState, mut socket: WebSocket) -> Result<(), axum::Error> {
    let Some(mut session) = greet(&state, &mut socket).await? else { return Ok(()) };
    let mut closing = state.closing.subscribe();
    loop {
        let frames = tokio::select! {
            heard = tokio::time::timeout(SILENCE, socket.recv()) => match heard {
                Ok(Some(Ok(message))) => match take(&mut session, message).await {
                    Some(frames) => frames,
                    None => return Ok(()),
                },
                Ok(Some(Err(error))) => return Err(error),
                Ok(None) | Err(_) => return Ok(()),
            },
            signal = session.signal() => session.shown(signal).await,
            () = closed(&mut closing) => {
                let frame = CloseFrame { code: close_code::RESTART, reason: Utf8Bytes::from_static("restart") };
                return socket.send(Message::Close(Some(frame))).await;
            }
        };
        for frame in &frames {
            send(&mut socket, frame).await?;
        }
    }
}

/// The first frame; none if the client cannot be let in, and was told why.
async fn greet(state: &AppState, socket: &mut WebSocket) -> Result<Option<Session>, axum::Error> {
    let Ok(first) = tokio::time::timeout(HELLO, socket.recv()).await else { return Ok(None) };
    let Some(first) = first.transpose()? else { return Ok(None) };
    let hello = match first.to_text().map(serde_json::from_str) {
        Ok(Ok(FromClient::Hello(hello))) => hello,
        _ => {
            send(socket, &ToClient::Refused(Refusal::malformed("The first frame is `hello` with the widget's key.")))
                .await?;
            return Ok(None);
        }
    };
    match state.chat.open(hello).await {
        Ok((session, ready)) => {
            send(socket, &ready).await?;
            Ok(Some(session))
        }
        Err(error) => {
            send(socket, &ToClient::Refused(Refusal::of(None, &error))).await?;
            Ok(None)
        }
    }
}

/// What a frame is answered; none if the client takes leave.
async fn take(session: &mut Session, message: Message) -> Option<Vec<ToClient>> {
    match message {
        Message::Text(text) => Some(match serde_json::from_str(&text) {
            Ok(frame) => session.take(frame).await,
            Err(error) => vec![ToClient::Refused(Refusal::malformed(error.to_string()))],
        }),
        Message::Binary(_) => Some(vec![ToClient::Refused(Refusal::malformed("Frames are JSON texts."))]),
        Message::Ping(_) | Message::Pong(_) => Some(Vec::new()),
        Message::Close(_) => None,
    }
}

async fn send(socket: &mut WebSocket, frame: &ToClient) -> Result<(), axum::Error> {
    let text = serde_json::to_string(frame).map_err(axum::Error::new)?;
    socket.send(Message::Text(text.into())).await
}
