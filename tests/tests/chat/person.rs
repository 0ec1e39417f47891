//! A visitor of a website, with the chat open.

use crate::support::World;
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value as Json, json};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};
use uuid::Uuid;

/// How long anything may take before a test says that it does not come.
const PATIENCE: Duration = Duration::from_secs(90);

/// A visitor with the chat open.
pub(super) struct Person {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    /// By which the chat knows them.
    pub(super) token: String,
    widget: String,
    after: i64,
    state: Json,
}

/// A message as the widget sends it.
pub(super) fn says(text: &str) -> Json {
    json!({"type": "say", "id": Uuid::new_v4(), "text": text, "attachments": [], "choice": null})
}

impl Person {
    /// Somebody new on the company's website.
    pub(super) async fn come(world: &World) -> Self {
        Self::arrive(world, json!({})).await.0
    }

    /// Somebody, and what they were told first; `with` goes into the hello.
    pub(super) async fn arrive(world: &World, with: Json) -> (Self, Json) {
        let mut hello = json!({"widget": world.tenant.slug});
        with.as_object().unwrap().iter().for_each(|(name, value)| hello[name] = value.clone());
        Self::at(&world.program.url, hello).await
    }

    /// The same at any address.
    pub(super) async fn at(url: &str, mut hello: Json) -> (Self, Json) {
        let address = format!("{}/api/v1/chat/socket", url.replace("http", "ws"));
        let (socket, _) = connect_async(address).await.unwrap();
        hello["type"] = json!("hello");
        hello["page"] = json!("https://shop.example/");
        let widget = hello["widget"].as_str().unwrap().to_owned();
        let mut person = Self { socket, token: String::new(), widget, after: 0, state: Json::Null };
        person.after = hello["after"].as_i64().unwrap_or(0);
        person.send(hello).await;
        let ready = person.next().await;
        person.token = ready["token"].as_str().unwrap_or_default().to_owned();
        (person, ready)
    }

    /// The same browser after a break, with what it has seen.
    pub(super) async fn come_back(&mut self, world: &World) -> Json {
        let hello = json!({"token": self.token, "after": self.after, "widget": self.widget});
        let (person, ready) = Self::arrive(world, hello).await;
        *self = person;
        ready
    }

    /// The same browser, which has forgotten what it has seen.
    pub(super) async fn come_again(&mut self, world: &World) -> Json {
        self.after = 0;
        self.come_back(world).await
    }

    pub(super) async fn leave(&mut self) {
        self.socket.close(None).await.unwrap();
    }

    pub(super) async fn send(&mut self, frame: Json) {
        self.send_text(&frame.to_string()).await;
    }

    pub(super) async fn send_text(&mut self, text: &str) {
        self.socket.send(Message::text(text)).await.unwrap();
    }

    async fn next(&mut self) -> Json {
        loop {
            let message = tokio::time::timeout(PATIENCE, self.socket.next()).await.expect("nothing comes");
            let Message::Text(text) = message.expect("the connection ended").unwrap() else { continue };
            let frame: Json = serde_json::from_str(&text).unwrap();
            for message in frame["messages"].as_array().into_iter().flatten().chain([&frame["message"]]) {
                self.after = self.after.max(message["sequence"].as_i64().unwrap_or(0));
            }
            if !frame["conversation"].is_null() {
                self.state = frame["conversation"].clone();
            }
            return frame;
        }
    }

    /// The next frame of this type.
    pub(super) async fn hear(&mut self, kind: &str) -> Json {
        loop {
            let frame = self.next().await;
            if frame["type"] == kind {
                return frame;
            }
        }
    }

    /// The next message of the bot, an agent, the visitor.
    pub(super) async fn hear_from(&mut self, author: &str) -> Json {
        loop {
            let frame = self.hear("message").await;
            if frame["message"]["author"]["kind"] == author {
                return frame["message"].clone();
            }
        }
    }

    pub(super) async fn hear_bot(&mut self) -> Json {
        self.hear_from("bot").await
    }

    /// Asks, and hears what the bot says.
    pub(super) async fn ask(&mut self, text: &str) -> Json {
        self.send(says(text)).await;
        self.hear_bot().await
    }

    /// Picks a quick reply of a message, and hears what the bot says.
    pub(super) async fn choose(&mut self, message: &Json, value: &str) -> Json {
        let choices = message["choices"].as_array().unwrap();
        let choice = choices.iter().find(|choice| choice["value"] == value).expect("the choice is offered");
        let mut frame = says(choice["label"].as_str().unwrap());
        frame["choice"] = json!({"message": message["sequence"], "value": value});
        self.send(frame).await;
        self.hear_bot().await
    }

    /// The conversation, as soon as it is in this state.
    pub(super) async fn becomes(&mut self, state: &str) -> Json {
        while self.state["state"] != state {
            self.hear("state").await;
        }
        self.state.clone()
    }

    /// The conversation's id.
    pub(super) fn conversation(&self) -> String {
        self.state["id"].as_str().expect("a conversation").to_owned()
    }
}
