-- What the bot promised somebody to do by itself: to send an answer again and again, to remind, to tell when something
-- changes. `due_at` is when it is next looked at, none while nothing has happened; `seen` is the last event that was told.
create table promise (
    tenant_id uuid not null,
    user_id uuid not null,
    id uuid not null,
    kind text not null,
    title text not null,
    what jsonb not null,
    rhythm jsonb,
    zone text not null,
    conversation_id uuid not null,
    due_at bigint,
    seen bigint not null,
    claimed_until bigint not null,
    created_at bigint not null,
    primary key (tenant_id, user_id, id)
);
create index promise_due on promise (due_at) where due_at is not null;
create index promise_kind on promise (tenant_id, kind);

-- When somebody does not want to be told anything, in minutes of their day; who has no row has the usual hours.
create table quiet_hours (
    tenant_id uuid not null,
    user_id uuid not null,
    begins bigint,
    ends bigint,
    primary key (tenant_id, user_id)
);

-- What the bot said by itself, by which promise, and when it was read.
alter table staff_turn add column promise_id uuid;
alter table staff_turn add column read_at bigint;
create index staff_turn_unread on staff_turn (tenant_id, user_id) where promise_id is not null and read_at is null;
create index staff_turn_told on staff_turn (created_at) where promise_id is not null;
