-- How much of a service that costs something a company has used on a day (since 1970, in UTC).
create table metered (
    tenant_id uuid not null,
    service text not null,
    day bigint not null,
    units bigint not null,
    primary key (tenant_id, service, day)
);
