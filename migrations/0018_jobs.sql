-- Changes of many records that a program has begun and asks about later. What is to be done is kept until it is done.
create table job (
    tenant_id uuid not null,
    id uuid not null,
    principal text not null,
    status text not null,
    commands jsonb,
    records bigint not null,
    batch uuid,
    failure text,
    created_at bigint not null,
    updated_at bigint not null,
    expires_at bigint not null,
    claimed_until bigint not null,
    primary key (tenant_id, id)
);
create index job_principal on job (tenant_id, principal, expires_at);
create index job_expires on job (expires_at);
