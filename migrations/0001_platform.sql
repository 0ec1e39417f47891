-- The platform's own tables: one text for both engines.
-- Instants are microseconds since 1970 UTC, days are days since 1970, hashes are hexadecimal.

create table tenant (
    id uuid primary key,
    slug text not null unique,
    name text not null,
    currency text not null,
    language text not null,
    time_zone text not null,
    week_start text not null,
    -- Grows with every change of definitions, roles, teams and users: what caches are keyed by.
    revision bigint not null default 1,
    created_at bigint not null
);

-- The number of the tenant's last event. A row of its own: every write locks it, for the end of its transaction only.
create table tenant_log (
    tenant_id uuid primary key references tenant (id),
    last_sequence bigint not null default 0,
    changed_at bigint not null default 0
);
create index tenant_log_changed on tenant_log (changed_at);

create table event (
    tenant_id uuid not null,
    sequence bigint not null,
    at bigint not null,
    principal jsonb not null,
    user_id uuid,
    via text not null,
    kind text not null,
    object text not null,
    record_id uuid not null,
    record_name text not null,
    version bigint not null,
    changes jsonb not null,
    batch uuid,
    conversation uuid,
    primary key (tenant_id, sequence)
);
create index event_record on event (tenant_id, object, record_id, sequence);
create index event_batch on event (tenant_id, batch, sequence) where batch is not null;
create index event_user on event (tenant_id, user_id, sequence);

-- How far each consumer of the log has come, tenant by tenant.
create table consumer_cursor (
    consumer text not null,
    tenant_id uuid not null,
    sequence bigint not null,
    primary key (consumer, tenant_id)
);

-- Who runs a consumer that only one node may run.
create table lease (
    name text primary key,
    holder uuid not null,
    expires_at bigint not null
);

create table timer (
    tenant_id uuid not null,
    id uuid not null,
    kind text not null,
    due_at bigint not null,
    payload jsonb not null,
    claimed_until bigint not null default 0,
    primary key (tenant_id, id)
);
create index timer_due on timer (due_at);

create table counter (
    tenant_id uuid not null,
    name text not null,
    last bigint not null,
    primary key (tenant_id, name)
);

create table object_definition (
    tenant_id uuid not null,
    id text not null,
    name text not null,
    definition jsonb not null,
    archived_at bigint,
    created_at bigint not null,
    primary key (tenant_id, id)
);
create unique index object_definition_name on object_definition (tenant_id, name) where archived_at is null;

create table field_definition (
    tenant_id uuid not null,
    id text not null,
    object_id text not null,
    name text not null,
    slot text,
    definition jsonb not null,
    position bigint not null,
    archived_at bigint,
    created_at bigint not null,
    primary key (tenant_id, id)
);
create unique index field_definition_name on field_definition (tenant_id, object_id, name) where archived_at is null;
create unique index field_definition_slot on field_definition (tenant_id, object_id, slot)
    where archived_at is null and slot is not null;

create table object_rule (
    tenant_id uuid not null,
    object_id text not null,
    rules jsonb not null,
    primary key (tenant_id, object_id)
);

-- Many-to-many fields; field_id is `object.field`, by immutable ids.
create table link (
    tenant_id uuid not null,
    field_id text not null,
    source_id uuid not null,
    target_id uuid not null,
    position bigint not null,
    primary key (tenant_id, field_id, source_id, target_id)
);
create index link_target on link (tenant_id, field_id, target_id, source_id);

-- Values of unique custom fields.
create table unique_value (
    tenant_id uuid not null,
    field_id text not null,
    value text not null,
    record_id uuid not null,
    primary key (tenant_id, field_id, value)
);

-- Normalised values by which duplicates are found.
create table match_key (
    tenant_id uuid not null,
    object text not null,
    key text not null,
    record_id uuid not null,
    primary key (tenant_id, object, key, record_id)
);
create index match_key_record on match_key (tenant_id, object, record_id);

-- Records that live on in another one, and whose history goes on there.
create table merged_record (
    tenant_id uuid not null,
    object text not null,
    loser_id uuid not null,
    winner_id uuid not null,
    primary key (tenant_id, object, loser_id)
);
create index merged_record_winner on merged_record (tenant_id, object, winner_id);

-- Single records opened to a user or team beyond what their scopes reach.
create table share (
    tenant_id uuid not null,
    object text not null,
    record_id uuid not null,
    grantee_id uuid not null,
    access text not null,
    primary key (tenant_id, object, record_id, grantee_id)
);
create index share_grantee on share (tenant_id, object, grantee_id, record_id);

create table credential (
    tenant_id uuid not null,
    user_id uuid not null,
    password_hash text not null,
    changed_at bigint not null,
    primary key (tenant_id, user_id)
);

create table session (
    tenant_id uuid not null,
    id uuid not null,
    user_id uuid not null,
    token_hash text not null unique,
    created_at bigint not null,
    last_seen_at bigint not null,
    expires_at bigint not null,
    user_agent text not null,
    address text not null,
    primary key (tenant_id, id)
);
create index session_of_user on session (tenant_id, user_id);

create table api_key (
    tenant_id uuid not null,
    id uuid not null,
    user_id uuid not null,
    name text not null,
    token_hash text not null unique,
    scopes jsonb not null,
    created_at bigint not null,
    expires_at bigint,
    last_used_at bigint,
    revoked_at bigint,
    primary key (tenant_id, id)
);
create index api_key_user on api_key (tenant_id, user_id);

-- Failed sign-ins by what they are counted for: an address of the network, an account.
create table sign_in_attempt (
    key text primary key,
    failures bigint not null,
    blocked_until bigint not null,
    last_at bigint not null
);

-- Answers already given, by the key that the client chose: a repeated request gets the same answer.
create table idempotency (
    tenant_id uuid not null,
    principal text not null,
    key text not null,
    request_hash text not null,
    status bigint not null,
    answer jsonb,
    created_at bigint not null,
    primary key (tenant_id, principal, key)
);
create index idempotency_age on idempotency (created_at);
