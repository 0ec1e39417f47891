-- OAuth 2.1: programs that act for people who have allowed it.

-- What a program says of itself: told by the program (dynamic, RFC 7591), or published at the address that is its id
-- (document). It is of no company.
create table oauth_registration (
    client_id text primary key,
    kind text not null,
    metadata jsonb not null,
    registered_at bigint not null,
    used_at bigint,
    good_until bigint
);

-- A program as one company knows it. One that an administrator made (program) has a secret and a person.
create table oauth_client (
    tenant_id uuid not null,
    id uuid not null,
    client_id text not null,
    kind text not null,
    name text not null,
    host text not null,
    secret_hash text,
    user_id uuid,
    scopes jsonb not null,
    created_at bigint not null,
    created_by uuid,
    last_used_at bigint,
    blocked_at bigint,
    primary key (tenant_id, id),
    unique (tenant_id, client_id)
);
create index oauth_client_named on oauth_client (client_id);

-- What a person allows a program, remembered.
create table oauth_consent (
    tenant_id uuid not null,
    id uuid not null,
    client uuid not null,
    user_id uuid not null,
    scopes jsonb not null,
    given_at bigint not null,
    primary key (tenant_id, id),
    unique (tenant_id, client, user_id)
);

-- Each time that a program was let in: its code, and the family of tokens that came of it.
create table oauth_grant (
    tenant_id uuid not null,
    id uuid not null,
    client uuid not null,
    user_id uuid not null,
    scopes jsonb not null,
    resource text not null,
    code_hash text unique,
    code_expires_at bigint,
    code_used_at bigint,
    redirect_uri text,
    challenge text,
    created_at bigint not null,
    last_used_at bigint,
    revoked_at bigint,
    primary key (tenant_id, id)
);
create index oauth_grant_client on oauth_grant (tenant_id, client, user_id);
create index oauth_grant_created on oauth_grant (created_at);

create table oauth_token (
    tenant_id uuid not null,
    id uuid not null,
    grant_id uuid not null,
    kind text not null,
    token_hash text not null unique,
    scopes jsonb not null,
    created_at bigint not null,
    expires_at bigint not null,
    used_at bigint,
    primary key (tenant_id, id)
);
create index oauth_token_grant on oauth_token (tenant_id, grant_id);
create index oauth_token_expires on oauth_token (expires_at);
