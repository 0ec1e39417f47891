-- Changes for which somebody's yes was asked. `command` is what will be done with that yes, as the asker was shown it;
-- `change` is the same as it was understood. Kept for 90 days.
create table approval (
    tenant_id uuid not null,
    id uuid not null,
    asker_id uuid not null,
    approver_id uuid not null,
    state text not null,
    title text not null,
    command jsonb not null,
    change jsonb not null,
    conversation_id uuid not null,
    reason text,
    created_at bigint not null,
    expires_at bigint not null,
    decided_at bigint,
    primary key (tenant_id, id)
);
create index approval_asker on approval (tenant_id, asker_id, created_at);
create index approval_approver on approval (tenant_id, approver_id, created_at) where state = 'pending';

-- Who had asked for a change that somebody else approved.
alter table event add column asked_by uuid;
