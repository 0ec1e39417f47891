-- Conversations with customers: the bot's turns, visitors, chat widgets, outgoing mail.

create table bot_turn (
    tenant_id uuid not null,
    id uuid not null,
    external_id text,
    external_id_folded text,
    name text not null,
    name_folded text not null,
    created_by uuid,
    created_at bigint not null,
    created_via text,
    created_via_folded text,
    updated_by uuid,
    updated_at bigint not null,
    updated_via text,
    updated_via_folded text,
    deleted_at bigint,
    version bigint not null,
    conversation_id uuid,
    sequence double precision,
    heard text,
    heard_folded text,
    intent text,
    intent_folded text,
    language text,
    language_folded text,
    sentiment text,
    decided text,
    reason text,
    confidence double precision,
    article_id uuid,
    passages jsonb,
    gap text,
    gap_folded text,
    helpful boolean,
    took_ms double precision,
    custom jsonb not null default '{}',
    primary key (tenant_id, id)
);
create index bot_turn_external_id on bot_turn (tenant_id, external_id_folded, id) where deleted_at is null;
create unique index bot_turn_external_id_unique on bot_turn (tenant_id, external_id) where external_id is not null;
create index bot_turn_name on bot_turn (tenant_id, name_folded, id) where deleted_at is null;
create index bot_turn_created_by on bot_turn (tenant_id, created_by, id) where deleted_at is null;
create index bot_turn_created_at on bot_turn (tenant_id, created_at, id) where deleted_at is null;
create index bot_turn_updated_by on bot_turn (tenant_id, updated_by, id) where deleted_at is null;
create index bot_turn_updated_at on bot_turn (tenant_id, updated_at, id) where deleted_at is null;
create index bot_turn_conversation_id on bot_turn (tenant_id, conversation_id, id) where deleted_at is null;
create index bot_turn_intent on bot_turn (tenant_id, intent_folded, id) where deleted_at is null;
create index bot_turn_decided on bot_turn (tenant_id, decided, id) where deleted_at is null;
create index bot_turn_article_id on bot_turn (tenant_id, article_id, id) where deleted_at is null;
create index bot_turn_gap on bot_turn (tenant_id, gap_folded, id) where deleted_at is null;
create index bot_turn_newest on bot_turn (tenant_id, id) where deleted_at is null;

create table email_message (
    tenant_id uuid not null,
    id uuid not null,
    external_id text,
    external_id_folded text,
    name text not null,
    name_folded text not null,
    created_by uuid,
    created_at bigint not null,
    created_via text,
    created_via_folded text,
    updated_by uuid,
    updated_at bigint not null,
    updated_via text,
    updated_via_folded text,
    deleted_at bigint,
    version bigint not null,
    subject text,
    subject_folded text,
    direction text,
    status text,
    to_address text,
    to_address_folded text,
    from_address text,
    from_address_folded text,
    body text,
    body_folded text,
    conversation_id uuid,
    ticket_id uuid,
    contact_id uuid,
    sent_at bigint,
    custom jsonb not null default '{}',
    primary key (tenant_id, id)
);
create index email_message_external_id on email_message (tenant_id, external_id_folded, id) where deleted_at is null;
create unique index email_message_external_id_unique on email_message (tenant_id, external_id) where external_id is not null;
create index email_message_name on email_message (tenant_id, name_folded, id) where deleted_at is null;
create index email_message_created_by on email_message (tenant_id, created_by, id) where deleted_at is null;
create index email_message_created_at on email_message (tenant_id, created_at, id) where deleted_at is null;
create index email_message_updated_by on email_message (tenant_id, updated_by, id) where deleted_at is null;
create index email_message_updated_at on email_message (tenant_id, updated_at, id) where deleted_at is null;
create index email_message_status on email_message (tenant_id, status, id) where deleted_at is null;
create index email_message_conversation_id on email_message (tenant_id, conversation_id, id) where deleted_at is null;
create index email_message_ticket_id on email_message (tenant_id, ticket_id, id) where deleted_at is null;
create index email_message_contact_id on email_message (tenant_id, contact_id, id) where deleted_at is null;
create index email_message_newest on email_message (tenant_id, id) where deleted_at is null;

create table visitor (
    tenant_id uuid not null,
    id uuid not null,
    external_id text,
    external_id_folded text,
    name text not null,
    name_folded text not null,
    created_by uuid,
    created_at bigint not null,
    created_via text,
    created_via_folded text,
    updated_by uuid,
    updated_at bigint not null,
    updated_via text,
    updated_via_folded text,
    deleted_at bigint,
    version bigint not null,
    chat_widget_id uuid,
    given_name text,
    given_name_folded text,
    given_email text,
    given_email_folded text,
    contact_id uuid,
    language text,
    language_folded text,
    page text,
    page_folded text,
    last_seen_at bigint,
    custom jsonb not null default '{}',
    primary key (tenant_id, id)
);
create index visitor_external_id on visitor (tenant_id, external_id_folded, id) where deleted_at is null;
create unique index visitor_external_id_unique on visitor (tenant_id, external_id) where external_id is not null;
create index visitor_name on visitor (tenant_id, name_folded, id) where deleted_at is null;
create index visitor_created_by on visitor (tenant_id, created_by, id) where deleted_at is null;
create index visitor_created_at on visitor (tenant_id, created_at, id) where deleted_at is null;
create index visitor_updated_by on visitor (tenant_id, updated_by, id) where deleted_at is null;
create index visitor_updated_at on visitor (tenant_id, updated_at, id) where deleted_at is null;
create index visitor_chat_widget_id on visitor (tenant_id, chat_widget_id, id) where deleted_at is null;
create index visitor_contact_id on visitor (tenant_id, contact_id, id) where deleted_at is null;
create index visitor_newest on visitor (tenant_id, id) where deleted_at is null;

create table chat_widget (
    tenant_id uuid not null,
    id uuid not null,
    external_id text,
    external_id_folded text,
    name text not null,
    name_folded text not null,
    created_by uuid,
    created_at bigint not null,
    created_via text,
    created_via_folded text,
    updated_by uuid,
    updated_at bigint not null,
    updated_via text,
    updated_via_folded text,
    deleted_at bigint,
    version bigint not null,
    key text,
    key_folded text,
    allowed_domains text,
    allowed_domains_folded text,
    team_id uuid,
    colour text,
    colour_folded text,
    welcome text,
    welcome_folded text,
    language text,
    language_folded text,
    identity_secret text,
    identity_secret_folded text,
    is_active boolean,
    custom jsonb not null default '{}',
    primary key (tenant_id, id)
);
create index chat_widget_external_id on chat_widget (tenant_id, external_id_folded, id) where deleted_at is null;
create unique index chat_widget_external_id_unique on chat_widget (tenant_id, external_id) where external_id is not null;
create index chat_widget_name on chat_widget (tenant_id, name_folded, id) where deleted_at is null;
create index chat_widget_created_by on chat_widget (tenant_id, created_by, id) where deleted_at is null;
create index chat_widget_created_at on chat_widget (tenant_id, created_at, id) where deleted_at is null;
create index chat_widget_updated_by on chat_widget (tenant_id, updated_by, id) where deleted_at is null;
create index chat_widget_updated_at on chat_widget (tenant_id, updated_at, id) where deleted_at is null;
create index chat_widget_key on chat_widget (tenant_id, key_folded, id) where deleted_at is null;
create unique index chat_widget_key_unique on chat_widget (tenant_id, key_folded) where key_folded is not null and deleted_at is null;
create index chat_widget_team_id on chat_widget (tenant_id, team_id, id) where deleted_at is null;
create index chat_widget_newest on chat_widget (tenant_id, id) where deleted_at is null;

alter table conversation add column reason text;
alter table conversation add column team_id uuid;
alter table conversation add column visitor_id uuid;
alter table conversation add column sentiment text;
alter table conversation add column page text;
alter table conversation add column page_folded text;
alter table conversation add column packet jsonb;
alter table conversation add column last_sequence double precision;
alter table conversation add column misses double precision;
alter table conversation add column bot_due_at bigint;
alter table conversation add column queued_at bigint;
alter table conversation add column taken_at bigint;
alter table conversation add column resolved_at bigint;
alter table conversation add column rating double precision;
alter table conversation add column rating_comment text;
alter table conversation add column rating_comment_folded text;
create index conversation_team_id on conversation (tenant_id, team_id, id) where deleted_at is null;
create index conversation_visitor_id on conversation (tenant_id, visitor_id, id) where deleted_at is null;
create index conversation_queued_at on conversation (tenant_id, queued_at, id) where deleted_at is null;
create index conversation_resolved_at on conversation (tenant_id, resolved_at, id) where deleted_at is null;

alter table message add column sequence double precision;
alter table message add column author text;
alter table message add column content jsonb;
alter table message add column client_id text;
alter table message add column client_id_folded text;

alter table users add column picture text;
alter table users add column picture_folded text;

alter table team add column hours text;
alter table team add column hours_folded text;
alter table team add column time_zone text;
alter table team add column time_zone_folded text;
alter table team add column holidays text;
alter table team add column holidays_folded text;
alter table team add column answer_within bigint;

-- A message is stored once, and each has a number of its own.
create unique index message_sequence on message (tenant_id, conversation_id, sequence) where sequence is not null;
create unique index message_client on message (tenant_id, conversation_id, client_id) where client_id is not null;
-- How long customers waited lately; turns of the bot that were lost with a node.
create index conversation_taken on conversation (tenant_id, team_id, taken_at) where taken_at is not null and deleted_at is null;
create index conversation_bot_due on conversation (bot_due_at) where bot_due_at is not null;

-- With what a visitor's browser shows that it is the same as before. `widget_id`: good on this website only.
create table visitor_token (
    tenant_id uuid not null,
    token_hash text not null,
    visitor_id uuid not null,
    widget_id uuid not null,
    created_at bigint not null,
    last_seen_at bigint,
    primary key (tenant_id, token_hash)
);
create unique index visitor_token_hash on visitor_token (token_hash);
create index visitor_token_visitor on visitor_token (tenant_id, visitor_id);
