-- One-time codes by which visitors of a website's chat prove that an address is theirs. Kept for a day, because what
-- was sent in the last hour limits what is sent.
create table visitor_code (
    tenant_id uuid not null,
    id uuid not null,
    visitor_id uuid not null,
    address text not null,
    address_folded text not null,
    code_hash text not null,
    tries bigint not null,
    sent_at bigint not null,
    expires_at bigint not null,
    used_at bigint,
    primary key (tenant_id, id)
);
create index visitor_code_visitor on visitor_code (tenant_id, visitor_id, sent_at);
create index visitor_code_address on visitor_code (tenant_id, address_folded, sent_at);
