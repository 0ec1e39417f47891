-- What members of staff said to the bot, what it answered, and where each conversation stands. Kept for 90 days.
create table staff_turn (
    tenant_id uuid not null,
    user_id uuid not null,
    conversation_id uuid not null,
    sequence bigint not null,
    heard text not null,
    answer text not null,
    state text not null,
    took bigint not null,
    settled_at bigint,
    created_at bigint not null,
    primary key (tenant_id, user_id, conversation_id, sequence)
);
create index staff_turn_recent on staff_turn (tenant_id, user_id, created_at);
