-- Every call of an assistant: by which client, for whom, of what, about which record, and what came of it. What was
-- said and answered is not kept; what was changed is told in the log. Forgotten after some months.
create table assistant_call (
    tenant_id uuid not null,
    id uuid not null,
    at bigint not null,
    client uuid not null,
    user_id uuid not null,
    called text not null,
    about text,
    outcome text not null,
    primary key (tenant_id, id)
);
create index assistant_call_client on assistant_call (tenant_id, client, id);
create index assistant_call_at on assistant_call (at);
