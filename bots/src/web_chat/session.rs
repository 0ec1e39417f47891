//! One visitor's connection, whatever carries its frames.

use super::frame::{FromClient, Hello, Known, Limits, Look as Looks, Refusal, ToClient};
use super::identity;
use super::pace::Pace;
use super::show::{self, Told};
use crate::dialogue::Dialogue;
use crate::live::{Live, Look, Side, Signal, What};
use crm_core::desk::{Conversation, Heard, Inbound, Message, State, Visitor, Widget};
use crm_core::{Crm, Error, Result};
use jiff::Timestamp;
use nlu::Language;
use std::sync::Arc;
use uuid::Uuid;

/// The website's chat on this node. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Chat {
    crm: Crm,
    dialogue: Dialogue,
    live: Live,
    pace: Arc<Pace>,
}

/// How many messages are sent at once.
const PAGE: usize = 200;
/// The longest message, in characters, as the core has it.
const LONGEST: usize = 4_000;
/// The largest file that a visitor may send.
const FILE_BYTES: u64 = 10 * 1024 * 1024;
/// The kinds of files that a visitor may send.
const FILE_TYPES: [&str; 8] = [
    "image/png",
    "image/jpeg",
    "image/gif",
    "image/webp",
    "application/pdf",
    "text/plain",
    "text/csv",
    "application/zip",
];
/// How often it is kept that a visitor is there, in seconds.
const SEEN_EVERY: i64 = 45;

impl Chat {
    /// A chat that this bot answers.
    pub fn new(crm: Crm, dialogue: Dialogue, live: Live) -> Self {
        Self { crm, dialogue, live, pace: Arc::new(Pace::new()) }
    }

    /// Forgets what is not needed any more.
    pub fn forget_idle(&self) {
        self.pace.forget_idle();
    }

    /// What a visitor may send.
    pub fn limits() -> Limits {
        Limits { text: LONGEST, file_bytes: FILE_BYTES, file_types: &FILE_TYPES }
    }

    /// The visitor of a token, for what goes beside the frames: files. Who has said nothing yet is let in by the
    /// widget that they sit before.
    ///
    /// # Errors
    /// [`Error::Unauthenticated`] when the token is of nobody here.
    pub async fn visitor(&self, token: &str, widget: Option<&str>) -> Result<Visitor> {
        if let Some(visitor) = self.crm.visitor_of(token).await? {
            return Ok(visitor);
        }
        let unknown = || Error::Unauthenticated("The chat does not know you. Open it again.".into());
        let widget = self.crm.chat_widget(widget.ok_or_else(unknown)?).await?;
        let (visitor, kept) = self.crm.new_visitor(&widget, Some(token), &widget.language, "");
        if kept != token {
            return Err(unknown());
        }
        match self.crm.welcome(&visitor).await {
            Ok(()) => Ok(visitor),
            // They came at the same moment by another way.
            Err(Error::Conflict(why)) => self.crm.visitor_of(token).await?.ok_or(Error::Conflict(why)),
            Err(error) => Err(error),
        }
    }

    /// Lets a client in.
    ///
    /// # Errors
    /// [`Error::NotFound`] for an unknown widget.
    pub async fn open(&self, hello: Hello) -> Result<(Session, ToClient)> {
        let widget = self.crm.chat_widget(&hello.widget).await?;
        let (visitor, token) = self.admit(&widget, &hello).await?;
        let conversation = self.crm.conversation_of(&visitor).await?;
        let mut session = Session {
            chat: self.clone(),
            widget,
            visitor,
            token,
            conversation: None,
            look: None,
            sent: hello.after.max(0),
            version: 0,
            story: None,
            seen_at: Timestamp::MIN,
            read: 0,
        };
        let mut messages = Vec::new();
        if let Some(conversation) = &conversation {
            // A client that has seen more than there is has seen another conversation.
            session.sent = if session.sent > conversation.last_sequence { 0 } else { session.sent };
            // Of a long conversation the end.
            session.sent = session.sent.max(conversation.last_sequence - PAGE as i64);
            session.enter(conversation.id).await?;
            messages = session.news(conversation).await?;
            session.note(conversation, &messages);
            session.story = Some(show::story(&self.crm, session.visitor.tenant(), conversation, None).await?);
            session.seen().await?;
        }
        let ready = ToClient::Ready {
            token: session.token.clone(),
            widget: Looks {
                name: session.widget.name.clone(),
                colour: session.widget.colour.clone(),
                welcome: session.widget.welcome.clone(),
            },
            visitor: session.known(),
            conversation: session.story.as_ref().map(|story| story.shown.clone()),
            messages: show::messages(&session.widget.company, &messages),
            agent_read: conversation.as_ref().map_or(0, |conversation| conversation.agent_read),
            limits: Self::limits(),
        };
        Ok((session, ready))
    }

    async fn admit(&self, widget: &Widget, hello: &Hello) -> Result<(Visitor, String)> {
        let token = hello.token.as_deref();
        let of_token = match token {
            Some(token) => self.crm.visitor_of(token).await?,
            None => None,
        };
        // A token of another website is worth nothing here, and is not used again.
        let unused = token.filter(|_| of_token.is_none());
        let known = of_token.filter(|visitor| visitor.is_of(widget)).zip(token.map(str::to_owned));
        let asked = hello.language.as_deref().and_then(Language::of).map(Language::code);
        let language = asked.unwrap_or(&widget.language);
        let page = hello.page.as_deref().unwrap_or_default();
        let new = |unused| self.crm.new_visitor(widget, unused, language, page);
        let (visitor, token) = known.unwrap_or_else(|| new(unused));
        let Some(signed) = &hello.identity else { return Ok((visitor, token)) };
        let who = match identity::proven(widget, signed, self.crm.now()) {
            Ok(who) => who,
            // A proof that has ended or is forged proves nothing: the visitor is nobody, and not who they were before.
            Err(error) => {
                tracing::warn!(%error, widget = %widget.id, "a website's proof of identity is not valid");
                return Ok(if visitor.contact().is_some() { new(None) } else { (visitor, token) });
            }
        };
        match self.crm.identify(&visitor, &who).await {
            Ok(visitor) => Ok((visitor, token)),
            // Somebody else sat at this browser before: what they said stays theirs.
            Err(Error::Conflict(_)) => {
                let (visitor, token) = new(None);
                Ok((self.crm.identify(&visitor, &who).await?, token))
            }
            Err(error) => Err(error),
        }
    }
}

/// One visitor's connection.
#[derive(Debug)]
pub struct Session {
    chat: Chat,
    widget: Widget,
    visitor: Visitor,
    /// The visitor's token.
    token: String,
    conversation: Option<Uuid>,
    look: Option<Look>,
    /// The number of the last message that the client has.
    sent: i64,
    /// The version of the conversation that the client was told of.
    version: i64,
    story: Option<Told>,
    seen_at: Timestamp,
    /// The last message that the client said it has read.
    read: i64,
}

impl Session {
    /// Does what the client says, and answers it.
    pub async fn take(&mut self, frame: FromClient) -> Vec<ToClient> {
        let id = match &frame {
            FromClient::Say { id, .. } | FromClient::Details { id, .. } | FromClient::Rate { id, .. } => Some(*id),
            _ => None,
        };
        match self.carry_out(frame).await {
            Ok(frames) => frames,
            Err(error) => {
                if matches!(error, Error::Internal(_) | Error::Unavailable(_)) {
                    tracing::error!(%error, "a visitor's message could not be handled");
                }
                vec![ToClient::Refused(Refusal::of(id, &error))]
            }
        }
    }

    async fn carry_out(&mut self, frame: FromClient) -> Result<Vec<ToClient>> {
        match frame {
            FromClient::Hello(_) => Err(Error::Malformed("The connection has begun already.".into())),
            FromClient::Say { id, text, attachments, choice } => {
                let choice = choice.map(|picked| (picked.message, picked.value));
                self.say(id, Inbound { client_id: id.to_string(), text, attachments, choice }).await
            }
            FromClient::Details { id, name, email, skip } => {
                if !skip {
                    self.crm().introduce(&self.visitor, name.as_deref(), email.as_deref()).await?;
                }
                Ok(vec![ToClient::Accepted { id, sequence: None }])
            }
            FromClient::Rate { id, stars, comment } => {
                self.crm().rate(&self.visitor, stars, comment.as_deref()).await?;
                Ok(vec![ToClient::Accepted { id, sequence: None }])
            }
            FromClient::Typing { on } => Ok(self.signal_to_agents(What::Typing(on))),
            FromClient::Read { sequence } => {
                if let Some(conversation) = self.conversation.filter(|_| sequence > self.read) {
                    self.crm().visitor_read(&self.visitor, conversation, sequence).await?;
                    self.read = sequence;
                }
                Ok(self.signal_to_agents(What::Read(sequence)))
            }
            FromClient::Ping => {
                self.seen().await?;
                Ok(vec![ToClient::Pong])
            }
        }
    }

    async fn say(&mut self, id: Uuid, inbound: Inbound) -> Result<Vec<ToClient>> {
        self.chat.pace.count(self.visitor.id())?;
        let comes = self.visitor.is_newcomer();
        let heard = self.heard(inbound).await?;
        let mut frames = vec![ToClient::Accepted { id, sequence: Some(heard.sequence) }];
        let conversation = heard.conversation;
        self.visitor = heard.visitor;
        if self.conversation != Some(conversation.id) {
            if comes {
                // It was kept with their first words.
                self.seen_at = self.crm().now();
            }
            // What was seen before was of another one.
            (self.sent, self.version) = (0, 0);
            self.enter(conversation.id).await?;
            self.seen().await?;
        }
        if heard.message.is_some() && conversation.state == State::Bot {
            self.chat.dialogue.wake(self.visitor.tenant(), conversation.id);
        }
        frames.extend(match heard.message {
            // Nobody else has said anything since the client was last told.
            Some(message) if message.sequence == self.sent + 1 => self.tell(&conversation, vec![message]).await?,
            _ => self.catch_up().await?,
        });
        Ok(frames)
    }

    /// Stores what the visitor says. A newcomer may have come by another way at the same moment: with a file, or in
    /// another window. Then it is said as whom the token belongs to by now.
    async fn heard(&mut self, inbound: Inbound) -> Result<Heard> {
        match self.crm().hear(&self.visitor, inbound.clone()).await {
            Err(Error::Conflict(why)) => {
                let known = self.crm().returning_visitor(&self.widget, &self.token).await?;
                self.visitor = known.ok_or(Error::Conflict(why))?;
                self.crm().hear(&self.visitor, inbound).await
            }
            heard => heard,
        }
    }

    fn signal_to_agents(&self, what: What) -> Vec<ToClient> {
        if let Some(conversation) = self.conversation {
            let (from, name) = (Side::Customer, self.visitor.name.clone());
            self.chat.live.send(self.visitor.tenant(), Signal { conversation, from, name, picture: None, what });
        }
        Vec::new()
    }

    /// Waits until something happens. Dropped while waiting, it loses nothing.
    pub async fn signal(&mut self) -> Option<Signal> {
        match &mut self.look {
            Some(look) => look.next().await,
            None => std::future::pending().await,
        }
    }

    /// What the client is told of a signal; of none, that some were missed.
    pub async fn shown(&mut self, signal: Option<Signal>) -> Vec<ToClient> {
        let told = match signal {
            Some(Signal { what: What::Written(version), .. }) if version <= self.version => Ok(Vec::new()),
            None | Some(Signal { what: What::Written(_), .. }) => self.catch_up().await,
            Some(Signal { from: Side::Customer, .. }) => Ok(Vec::new()),
            Some(Signal { what: What::Typing(on), name, picture, .. }) => {
                Ok(vec![ToClient::Typing { on, author: super::frame::By { kind: "agent", name, picture } }])
            }
            Some(Signal { what: What::Read(sequence), .. }) => Ok(vec![ToClient::Read { sequence }]),
            Some(_) => Ok(Vec::new()),
        };
        told.unwrap_or_else(|error| {
            tracing::warn!(%error, "a conversation could not be read for its visitor");
            Vec::new()
        })
    }

    /// What was written since the client was last told.
    async fn catch_up(&mut self) -> Result<Vec<ToClient>> {
        let Some(id) = self.conversation else { return Ok(Vec::new()) };
        let conversation = self.crm().conversation(self.visitor.tenant(), id).await?;
        let messages = self.news(&conversation).await?;
        self.tell(&conversation, messages).await
    }

    /// Tells the client how the conversation stands, and the messages that it does not have.
    async fn tell(&mut self, conversation: &Conversation, messages: Vec<Message>) -> Result<Vec<ToClient>> {
        let mut previous = self.sent;
        self.note(conversation, &messages);
        let told = show::messages(&self.widget.company, &messages).into_iter();
        let mut frames: Vec<ToClient> = told
            .map(|message| {
                let before = std::mem::replace(&mut previous, message.sequence);
                ToClient::Message { message, previous: before }
            })
            .collect();
        let story = show::story(self.crm(), self.visitor.tenant(), conversation, self.story.as_ref()).await?;
        if self.story.as_ref() != Some(&story) {
            frames.push(ToClient::State { conversation: story.shown.clone() });
            self.story = Some(story);
        }
        Ok(frames)
    }

    async fn news(&self, conversation: &Conversation) -> Result<Vec<Message>> {
        self.crm().messages_for(&self.visitor, conversation, self.sent, PAGE).await
    }

    /// Remembers what the client is told.
    fn note(&mut self, conversation: &Conversation, messages: &[Message]) {
        self.sent = messages.last().map_or(self.sent, |message| message.sequence);
        // Of more than a page the rest is still to be told.
        if messages.len() < PAGE {
            self.version = conversation.version;
        }
    }

    async fn enter(&mut self, conversation: Uuid) -> Result<()> {
        self.look = Some(self.chat.live.look(self.visitor.tenant(), conversation).await?);
        self.conversation = Some(conversation);
        self.signal_to_agents(What::There(true));
        Ok(())
    }

    /// Keeps that the visitor is there, now and then.
    async fn seen(&mut self) -> Result<()> {
        let now = self.crm().now();
        if self.conversation.is_some() && now.duration_since(self.seen_at).as_secs() >= SEEN_EVERY {
            self.seen_at = now;
            self.crm().visitor_seen(&self.visitor).await?;
        }
        Ok(())
    }

    fn known(&self) -> Known {
        let (name, email) = (self.visitor.name.clone(), self.visitor.email.clone());
        Known { name, email, verified: self.visitor.contact().is_some() }
    }

    fn crm(&self) -> &Crm {
        &self.chat.crm
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.signal_to_agents(What::There(false));
    }
}
