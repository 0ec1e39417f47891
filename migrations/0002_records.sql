-- The tables of records: printed from the definitions by `cargo run -p crm-core --example ddl`.
create table account (
    tenant_id uuid not null,
    id uuid not null,
    external_id text,
    external_id_folded text,
    name text not null,
    name_folded text not null,
    owner_id uuid,
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
    industry text,
    industry_folded text,
    annual_revenue bigint,
    annual_revenue_currency text,
    employees double precision,
    year_founded double precision,
    website text,
    website_folded text,
    phone text,
    phone_folded text,
    email text,
    email_folded text,
    billing_address jsonb,
    shipping_address jsonb,
    parent_id uuid,
    tier text,
    territory text,
    territory_folded text,
    health text,
    description text,
    description_folded text,
    custom jsonb not null default '{}',
    s1 text,
    s2 text,
    s3 text,
    s4 text,
    s5 text,
    s6 text,
    i1 bigint,
    i2 bigint,
    i3 bigint,
    i4 bigint,
    i5 bigint,
    i6 bigint,
    r1 double precision,
    r2 double precision,
    r3 double precision,
    r4 double precision,
    u1 uuid,
    u2 uuid,
    u3 uuid,
    u4 uuid,
    primary key (tenant_id, id)
);
create index account_external_id on account (tenant_id, external_id_folded, id) where deleted_at is null;
create unique index account_external_id_unique on account (tenant_id, external_id) where external_id is not null;
create index account_name on account (tenant_id, name_folded, id) where deleted_at is null;
create index account_owner_id on account (tenant_id, owner_id, id) where deleted_at is null;
create index account_created_by on account (tenant_id, created_by, id) where deleted_at is null;
create index account_created_at on account (tenant_id, created_at, id) where deleted_at is null;
create index account_updated_by on account (tenant_id, updated_by, id) where deleted_at is null;
create index account_updated_at on account (tenant_id, updated_at, id) where deleted_at is null;
create index account_industry on account (tenant_id, industry_folded, id) where deleted_at is null;
create index account_annual_revenue on account (tenant_id, annual_revenue, id) where deleted_at is null;
create index account_employees on account (tenant_id, employees, id) where deleted_at is null;
create index account_parent_id on account (tenant_id, parent_id, id) where deleted_at is null;
create index account_tier on account (tenant_id, tier, id) where deleted_at is null;
create index account_territory on account (tenant_id, territory_folded, id) where deleted_at is null;
create index account_newest on account (tenant_id, id) where deleted_at is null;
create index account_s1 on account (tenant_id, s1, id) where deleted_at is null and s1 is not null;
create index account_s2 on account (tenant_id, s2, id) where deleted_at is null and s2 is not null;
create index account_s3 on account (tenant_id, s3, id) where deleted_at is null and s3 is not null;
create index account_s4 on account (tenant_id, s4, id) where deleted_at is null and s4 is not null;
create index account_s5 on account (tenant_id, s5, id) where deleted_at is null and s5 is not null;
create index account_s6 on account (tenant_id, s6, id) where deleted_at is null and s6 is not null;
create index account_i1 on account (tenant_id, i1, id) where deleted_at is null and i1 is not null;
create index account_i2 on account (tenant_id, i2, id) where deleted_at is null and i2 is not null;
create index account_i3 on account (tenant_id, i3, id) where deleted_at is null and i3 is not null;
create index account_i4 on account (tenant_id, i4, id) where deleted_at is null and i4 is not null;
create index account_i5 on account (tenant_id, i5, id) where deleted_at is null and i5 is not null;
create index account_i6 on account (tenant_id, i6, id) where deleted_at is null and i6 is not null;
create index account_r1 on account (tenant_id, r1, id) where deleted_at is null and r1 is not null;
create index account_r2 on account (tenant_id, r2, id) where deleted_at is null and r2 is not null;
create index account_r3 on account (tenant_id, r3, id) where deleted_at is null and r3 is not null;
create index account_r4 on account (tenant_id, r4, id) where deleted_at is null and r4 is not null;
create index account_u1 on account (tenant_id, u1, id) where deleted_at is null and u1 is not null;
create index account_u2 on account (tenant_id, u2, id) where deleted_at is null and u2 is not null;
create index account_u3 on account (tenant_id, u3, id) where deleted_at is null and u3 is not null;
create index account_u4 on account (tenant_id, u4, id) where deleted_at is null and u4 is not null;

create table contact (
    tenant_id uuid not null,
    id uuid not null,
    external_id text,
    external_id_folded text,
    name text not null,
    name_folded text not null,
    owner_id uuid,
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
    first_name text,
    first_name_folded text,
    last_name text,
    last_name_folded text,
    account_id uuid,
    title text,
    title_folded text,
    department text,
    department_folded text,
    email text,
    email_folded text,
    phone text,
    phone_folded text,
    mobile text,
    mobile_folded text,
    reports_to_id uuid,
    language text,
    language_folded text,
    time_zone text,
    time_zone_folded text,
    do_not_contact boolean,
    mailing_address jsonb,
    birth_date bigint,
    description text,
    description_folded text,
    custom jsonb not null default '{}',
    s1 text,
    s2 text,
    s3 text,
    s4 text,
    s5 text,
    s6 text,
    i1 bigint,
    i2 bigint,
    i3 bigint,
    i4 bigint,
    i5 bigint,
    i6 bigint,
    r1 double precision,
    r2 double precision,
    r3 double precision,
    r4 double precision,
    u1 uuid,
    u2 uuid,
    u3 uuid,
    u4 uuid,
    primary key (tenant_id, id)
);
create index contact_external_id on contact (tenant_id, external_id_folded, id) where deleted_at is null;
create unique index contact_external_id_unique on contact (tenant_id, external_id) where external_id is not null;
create index contact_name on contact (tenant_id, name_folded, id) where deleted_at is null;
create index contact_owner_id on contact (tenant_id, owner_id, id) where deleted_at is null;
create index contact_created_by on contact (tenant_id, created_by, id) where deleted_at is null;
create index contact_created_at on contact (tenant_id, created_at, id) where deleted_at is null;
create index contact_updated_by on contact (tenant_id, updated_by, id) where deleted_at is null;
create index contact_updated_at on contact (tenant_id, updated_at, id) where deleted_at is null;
create index contact_account_id on contact (tenant_id, account_id, id) where deleted_at is null;
create index contact_email on contact (tenant_id, email_folded, id) where deleted_at is null;
create index contact_phone on contact (tenant_id, phone_folded, id) where deleted_at is null;
create index contact_reports_to_id on contact (tenant_id, reports_to_id, id) where deleted_at is null;
create index contact_newest on contact (tenant_id, id) where deleted_at is null;
create index contact_s1 on contact (tenant_id, s1, id) where deleted_at is null and s1 is not null;
create index contact_s2 on contact (tenant_id, s2, id) where deleted_at is null and s2 is not null;
create index contact_s3 on contact (tenant_id, s3, id) where deleted_at is null and s3 is not null;
create index contact_s4 on contact (tenant_id, s4, id) where deleted_at is null and s4 is not null;
create index contact_s5 on contact (tenant_id, s5, id) where deleted_at is null and s5 is not null;
create index contact_s6 on contact (tenant_id, s6, id) where deleted_at is null and s6 is not null;
create index contact_i1 on contact (tenant_id, i1, id) where deleted_at is null and i1 is not null;
create index contact_i2 on contact (tenant_id, i2, id) where deleted_at is null and i2 is not null;
create index contact_i3 on contact (tenant_id, i3, id) where deleted_at is null and i3 is not null;
create index contact_i4 on contact (tenant_id, i4, id) where deleted_at is null and i4 is not null;
create index contact_i5 on contact (tenant_id, i5, id) where deleted_at is null and i5 is not null;
create index contact_i6 on contact (tenant_id, i6, id) where deleted_at is null and i6 is not null;
create index contact_r1 on contact (tenant_id, r1, id) where deleted_at is null and r1 is not null;
create index contact_r2 on contact (tenant_id, r2, id) where deleted_at is null and r2 is not null;
create index contact_r3 on contact (tenant_id, r3, id) where deleted_at is null and r3 is not null;
create index contact_r4 on contact (tenant_id, r4, id) where deleted_at is null and r4 is not null;
create index contact_u1 on contact (tenant_id, u1, id) where deleted_at is null and u1 is not null;
create index contact_u2 on contact (tenant_id, u2, id) where deleted_at is null and u2 is not null;
create index contact_u3 on contact (tenant_id, u3, id) where deleted_at is null and u3 is not null;
create index contact_u4 on contact (tenant_id, u4, id) where deleted_at is null and u4 is not null;

create table lead (
    tenant_id uuid not null,
    id uuid not null,
    external_id text,
    external_id_folded text,
    name text not null,
    name_folded text not null,
    owner_id uuid,
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
    first_name text,
    first_name_folded text,
    last_name text,
    last_name_folded text,
    company text,
    company_folded text,
    title text,
    title_folded text,
    email text,
    email_folded text,
    phone text,
    phone_folded text,
    website text,
    website_folded text,
    industry text,
    industry_folded text,
    annual_revenue bigint,
    annual_revenue_currency text,
    employees double precision,
    status text,
    rating text,
    lead_source text,
    lead_source_folded text,
    is_converted boolean,
    converted_at bigint,
    converted_account_id uuid,
    converted_contact_id uuid,
    converted_deal_id uuid,
    description text,
    description_folded text,
    custom jsonb not null default '{}',
    s1 text,
    s2 text,
    s3 text,
    s4 text,
    s5 text,
    s6 text,
    i1 bigint,
    i2 bigint,
    i3 bigint,
    i4 bigint,
    i5 bigint,
    i6 bigint,
    r1 double precision,
    r2 double precision,
    r3 double precision,
    r4 double precision,
    u1 uuid,
    u2 uuid,
    u3 uuid,
    u4 uuid,
    primary key (tenant_id, id)
);
create index lead_external_id on lead (tenant_id, external_id_folded, id) where deleted_at is null;
create unique index lead_external_id_unique on lead (tenant_id, external_id) where external_id is not null;
create index lead_name on lead (tenant_id, name_folded, id) where deleted_at is null;
create index lead_owner_id on lead (tenant_id, owner_id, id) where deleted_at is null;
create index lead_created_by on lead (tenant_id, created_by, id) where deleted_at is null;
create index lead_created_at on lead (tenant_id, created_at, id) where deleted_at is null;
create index lead_updated_by on lead (tenant_id, updated_by, id) where deleted_at is null;
create index lead_updated_at on lead (tenant_id, updated_at, id) where deleted_at is null;
create index lead_email on lead (tenant_id, email_folded, id) where deleted_at is null;
create index lead_phone on lead (tenant_id, phone_folded, id) where deleted_at is null;
create index lead_status on lead (tenant_id, status, id) where deleted_at is null;
create index lead_rating on lead (tenant_id, rating, id) where deleted_at is null;
create index lead_lead_source on lead (tenant_id, lead_source_folded, id) where deleted_at is null;
create index lead_converted_account_id on lead (tenant_id, converted_account_id, id) where deleted_at is null;
create index lead_converted_contact_id on lead (tenant_id, converted_contact_id, id) where deleted_at is null;
create index lead_converted_deal_id on lead (tenant_id, converted_deal_id, id) where deleted_at is null;
create index lead_newest on lead (tenant_id, id) where deleted_at is null;
create index lead_s1 on lead (tenant_id, s1, id) where deleted_at is null and s1 is not null;
create index lead_s2 on lead (tenant_id, s2, id) where deleted_at is null and s2 is not null;
create index lead_s3 on lead (tenant_id, s3, id) where deleted_at is null and s3 is not null;
create index lead_s4 on lead (tenant_id, s4, id) where deleted_at is null and s4 is not null;
create index lead_s5 on lead (tenant_id, s5, id) where deleted_at is null and s5 is not null;
create index lead_s6 on lead (tenant_id, s6, id) where deleted_at is null and s6 is not null;
create index lead_i1 on lead (tenant_id, i1, id) where deleted_at is null and i1 is not null;
create index lead_i2 on lead (tenant_id, i2, id) where deleted_at is null and i2 is not null;
create index lead_i3 on lead (tenant_id, i3, id) where deleted_at is null and i3 is not null;
create index lead_i4 on lead (tenant_id, i4, id) where deleted_at is null and i4 is not null;
create index lead_i5 on lead (tenant_id, i5, id) where deleted_at is null and i5 is not null;
create index lead_i6 on lead (tenant_id, i6, id) where deleted_at is null and i6 is not null;
create index lead_r1 on lead (tenant_id, r1, id) where deleted_at is null and r1 is not null;
create index lead_r2 on lead (tenant_id, r2, id) where deleted_at is null and r2 is not null;
create index lead_r3 on lead (tenant_id, r3, id) where deleted_at is null and r3 is not null;
create index lead_r4 on lead (tenant_id, r4, id) where deleted_at is null and r4 is not null;
create index lead_u1 on lead (tenant_id, u1, id) where deleted_at is null and u1 is not null;
create index lead_u2 on lead (tenant_id, u2, id) where deleted_at is null and u2 is not null;
create index lead_u3 on lead (tenant_id, u3, id) where deleted_at is null and u3 is not null;
create index lead_u4 on lead (tenant_id, u4, id) where deleted_at is null and u4 is not null;

create table deal (
    tenant_id uuid not null,
    id uuid not null,
    external_id text,
    external_id_folded text,
    name text not null,
    name_folded text not null,
    owner_id uuid,
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
    number bigint,
    account_id uuid,
    contact_id uuid,
    product_id uuid,
    amount bigint,
    amount_currency text,
    pipeline_id uuid,
    stage_id uuid,
    probability double precision,
    close_date bigint,
    forecast_category text,
    next_step text,
    next_step_folded text,
    lead_source text,
    lead_source_folded text,
    lost_reason text,
    lost_reason_folded text,
    is_closed boolean,
    is_won boolean,
    stage_entered_at bigint,
    stage_history jsonb,
    description text,
    description_folded text,
    custom jsonb not null default '{}',
    s1 text,
    s2 text,
    s3 text,
    s4 text,
    s5 text,
    s6 text,
    i1 bigint,
    i2 bigint,
    i3 bigint,
    i4 bigint,
    i5 bigint,
    i6 bigint,
    r1 double precision,
    r2 double precision,
    r3 double precision,
    r4 double precision,
    u1 uuid,
    u2 uuid,
    u3 uuid,
    u4 uuid,
    primary key (tenant_id, id)
);
create index deal_external_id on deal (tenant_id, external_id_folded, id) where deleted_at is null;
create unique index deal_external_id_unique on deal (tenant_id, external_id) where external_id is not null;
create index deal_name on deal (tenant_id, name_folded, id) where deleted_at is null;
create index deal_owner_id on deal (tenant_id, owner_id, id) where deleted_at is null;
create index deal_created_by on deal (tenant_id, created_by, id) where deleted_at is null;
create index deal_created_at on deal (tenant_id, created_at, id) where deleted_at is null;
create index deal_updated_by on deal (tenant_id, updated_by, id) where deleted_at is null;
create index deal_updated_at on deal (tenant_id, updated_at, id) where deleted_at is null;
create index deal_number on deal (tenant_id, number, id) where deleted_at is null;
create unique index deal_number_unique on deal (tenant_id, number) where number is not null and deleted_at is null;
create index deal_account_id on deal (tenant_id, account_id, id) where deleted_at is null;
create index deal_contact_id on deal (tenant_id, contact_id, id) where deleted_at is null;
create index deal_product_id on deal (tenant_id, product_id, id) where deleted_at is null;
create index deal_amount on deal (tenant_id, amount, id) where deleted_at is null;
create index deal_pipeline_id on deal (tenant_id, pipeline_id, id) where deleted_at is null;
create index deal_stage_id on deal (tenant_id, stage_id, id) where deleted_at is null;
create index deal_probability on deal (tenant_id, probability, id) where deleted_at is null;
create index deal_close_date on deal (tenant_id, close_date, id) where deleted_at is null;
create index deal_newest on deal (tenant_id, id) where deleted_at is null;
create index deal_s1 on deal (tenant_id, s1, id) where deleted_at is null and s1 is not null;
create index deal_s2 on deal (tenant_id, s2, id) where deleted_at is null and s2 is not null;
create index deal_s3 on deal (tenant_id, s3, id) where deleted_at is null and s3 is not null;
create index deal_s4 on deal (tenant_id, s4, id) where deleted_at is null and s4 is not null;
create index deal_s5 on deal (tenant_id, s5, id) where deleted_at is null and s5 is not null;
create index deal_s6 on deal (tenant_id, s6, id) where deleted_at is null and s6 is not null;
create index deal_i1 on deal (tenant_id, i1, id) where deleted_at is null and i1 is not null;
create index deal_i2 on deal (tenant_id, i2, id) where deleted_at is null and i2 is not null;
create index deal_i3 on deal (tenant_id, i3, id) where deleted_at is null and i3 is not null;
create index deal_i4 on deal (tenant_id, i4, id) where deleted_at is null and i4 is not null;
create index deal_i5 on deal (tenant_id, i5, id) where deleted_at is null and i5 is not null;
create index deal_i6 on deal (tenant_id, i6, id) where deleted_at is null and i6 is not null;
create index deal_r1 on deal (tenant_id, r1, id) where deleted_at is null and r1 is not null;
create index deal_r2 on deal (tenant_id, r2, id) where deleted_at is null and r2 is not null;
create index deal_r3 on deal (tenant_id, r3, id) where deleted_at is null and r3 is not null;
create index deal_r4 on deal (tenant_id, r4, id) where deleted_at is null and r4 is not null;
create index deal_u1 on deal (tenant_id, u1, id) where deleted_at is null and u1 is not null;
create index deal_u2 on deal (tenant_id, u2, id) where deleted_at is null and u2 is not null;
create index deal_u3 on deal (tenant_id, u3, id) where deleted_at is null and u3 is not null;
create index deal_u4 on deal (tenant_id, u4, id) where deleted_at is null and u4 is not null;

create table product (
    tenant_id uuid not null,
    id uuid not null,
    external_id text,
    external_id_folded text,
    name text not null,
    name_folded text not null,
    owner_id uuid,
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
    sku text,
    sku_folded text,
    family text,
    family_folded text,
    price bigint,
    price_currency text,
    is_active boolean,
    description text,
    description_folded text,
    custom jsonb not null default '{}',
    s1 text,
    s2 text,
    s3 text,
    s4 text,
    s5 text,
    s6 text,
    i1 bigint,
    i2 bigint,
    i3 bigint,
    i4 bigint,
    i5 bigint,
    i6 bigint,
    r1 double precision,
    r2 double precision,
    r3 double precision,
    r4 double precision,
    u1 uuid,
    u2 uuid,
    u3 uuid,
    u4 uuid,
    primary key (tenant_id, id)
);
create index product_external_id on product (tenant_id, external_id_folded, id) where deleted_at is null;
create unique index product_external_id_unique on product (tenant_id, external_id) where external_id is not null;
create index product_name on product (tenant_id, name_folded, id) where deleted_at is null;
create index product_owner_id on product (tenant_id, owner_id, id) where deleted_at is null;
create index product_created_by on product (tenant_id, created_by, id) where deleted_at is null;
create index product_created_at on product (tenant_id, created_at, id) where deleted_at is null;
create index product_updated_by on product (tenant_id, updated_by, id) where deleted_at is null;
create index product_updated_at on product (tenant_id, updated_at, id) where deleted_at is null;
create index product_sku on product (tenant_id, sku_folded, id) where deleted_at is null;
create unique index product_sku_unique on product (tenant_id, sku_folded) where sku_folded is not null and deleted_at is null;
create index product_family on product (tenant_id, family_folded, id) where deleted_at is null;
create index product_newest on product (tenant_id, id) where deleted_at is null;
create index product_s1 on product (tenant_id, s1, id) where deleted_at is null and s1 is not null;
create index product_s2 on product (tenant_id, s2, id) where deleted_at is null and s2 is not null;
create index product_s3 on product (tenant_id, s3, id) where deleted_at is null and s3 is not null;
create index product_s4 on product (tenant_id, s4, id) where deleted_at is null and s4 is not null;
create index product_s5 on product (tenant_id, s5, id) where deleted_at is null and s5 is not null;
create index product_s6 on product (tenant_id, s6, id) where deleted_at is null and s6 is not null;
create index product_i1 on product (tenant_id, i1, id) where deleted_at is null and i1 is not null;
create index product_i2 on product (tenant_id, i2, id) where deleted_at is null and i2 is not null;
create index product_i3 on product (tenant_id, i3, id) where deleted_at is null and i3 is not null;
create index product_i4 on product (tenant_id, i4, id) where deleted_at is null and i4 is not null;
create index product_i5 on product (tenant_id, i5, id) where deleted_at is null and i5 is not null;
create index product_i6 on product (tenant_id, i6, id) where deleted_at is null and i6 is not null;
create index product_r1 on product (tenant_id, r1, id) where deleted_at is null and r1 is not null;
create index product_r2 on product (tenant_id, r2, id) where deleted_at is null and r2 is not null;
create index product_r3 on product (tenant_id, r3, id) where deleted_at is null and r3 is not null;
create index product_r4 on product (tenant_id, r4, id) where deleted_at is null and r4 is not null;
create index product_u1 on product (tenant_id, u1, id) where deleted_at is null and u1 is not null;
create index product_u2 on product (tenant_id, u2, id) where deleted_at is null and u2 is not null;
create index product_u3 on product (tenant_id, u3, id) where deleted_at is null and u3 is not null;
create index product_u4 on product (tenant_id, u4, id) where deleted_at is null and u4 is not null;

create table pipeline (
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
    is_default boolean,
    position double precision,
    custom jsonb not null default '{}',
    primary key (tenant_id, id)
);
create index pipeline_external_id on pipeline (tenant_id, external_id_folded, id) where deleted_at is null;
create unique index pipeline_external_id_unique on pipeline (tenant_id, external_id) where external_id is not null;
create index pipeline_name on pipeline (tenant_id, name_folded, id) where deleted_at is null;
create index pipeline_created_by on pipeline (tenant_id, created_by, id) where deleted_at is null;
create index pipeline_created_at on pipeline (tenant_id, created_at, id) where deleted_at is null;
create index pipeline_updated_by on pipeline (tenant_id, updated_by, id) where deleted_at is null;
create index pipeline_updated_at on pipeline (tenant_id, updated_at, id) where deleted_at is null;
create index pipeline_newest on pipeline (tenant_id, id) where deleted_at is null;

create table stage (
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
    pipeline_id uuid,
    position double precision,
    probability double precision,
    outcome text,
    forecast_category text,
    required_fields jsonb,
    custom jsonb not null default '{}',
    primary key (tenant_id, id)
);
create index stage_external_id on stage (tenant_id, external_id_folded, id) where deleted_at is null;
create unique index stage_external_id_unique on stage (tenant_id, external_id) where external_id is not null;
create index stage_name on stage (tenant_id, name_folded, id) where deleted_at is null;
create index stage_created_by on stage (tenant_id, created_by, id) where deleted_at is null;
create index stage_created_at on stage (tenant_id, created_at, id) where deleted_at is null;
create index stage_updated_by on stage (tenant_id, updated_by, id) where deleted_at is null;
create index stage_updated_at on stage (tenant_id, updated_at, id) where deleted_at is null;
create index stage_pipeline_id on stage (tenant_id, pipeline_id, id) where deleted_at is null;
create index stage_newest on stage (tenant_id, id) where deleted_at is null;

create table task (
    tenant_id uuid not null,
    id uuid not null,
    external_id text,
    external_id_folded text,
    name text not null,
    name_folded text not null,
    owner_id uuid,
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
    due_at bigint,
    status text,
    priority text,
    related_id uuid,
    related_id_object text,
    completed_at bigint,
    description text,
    description_folded text,
    custom jsonb not null default '{}',
    s1 text,
    s2 text,
    s3 text,
    s4 text,
    s5 text,
    s6 text,
    i1 bigint,
    i2 bigint,
    i3 bigint,
    i4 bigint,
    i5 bigint,
    i6 bigint,
    r1 double precision,
    r2 double precision,
    r3 double precision,
    r4 double precision,
    u1 uuid,
    u2 uuid,
    u3 uuid,
    u4 uuid,
    primary key (tenant_id, id)
);
create index task_external_id on task (tenant_id, external_id_folded, id) where deleted_at is null;
create unique index task_external_id_unique on task (tenant_id, external_id) where external_id is not null;
create index task_name on task (tenant_id, name_folded, id) where deleted_at is null;
create index task_owner_id on task (tenant_id, owner_id, id) where deleted_at is null;
create index task_created_by on task (tenant_id, created_by, id) where deleted_at is null;
create index task_created_at on task (tenant_id, created_at, id) where deleted_at is null;
create index task_updated_by on task (tenant_id, updated_by, id) where deleted_at is null;
create index task_updated_at on task (tenant_id, updated_at, id) where deleted_at is null;
create index task_due_at on task (tenant_id, due_at, id) where deleted_at is null;
create index task_status on task (tenant_id, status, id) where deleted_at is null;
create index task_priority on task (tenant_id, priority, id) where deleted_at is null;
create index task_related_id on task (tenant_id, related_id, id) where deleted_at is null;
create index task_newest on task (tenant_id, id) where deleted_at is null;
create index task_s1 on task (tenant_id, s1, id) where deleted_at is null and s1 is not null;
create index task_s2 on task (tenant_id, s2, id) where deleted_at is null and s2 is not null;
create index task_s3 on task (tenant_id, s3, id) where deleted_at is null and s3 is not null;
create index task_s4 on task (tenant_id, s4, id) where deleted_at is null and s4 is not null;
create index task_s5 on task (tenant_id, s5, id) where deleted_at is null and s5 is not null;
create index task_s6 on task (tenant_id, s6, id) where deleted_at is null and s6 is not null;
create index task_i1 on task (tenant_id, i1, id) where deleted_at is null and i1 is not null;
create index task_i2 on task (tenant_id, i2, id) where deleted_at is null and i2 is not null;
create index task_i3 on task (tenant_id, i3, id) where deleted_at is null and i3 is not null;
create index task_i4 on task (tenant_id, i4, id) where deleted_at is null and i4 is not null;
create index task_i5 on task (tenant_id, i5, id) where deleted_at is null and i5 is not null;
create index task_i6 on task (tenant_id, i6, id) where deleted_at is null and i6 is not null;
create index task_r1 on task (tenant_id, r1, id) where deleted_at is null and r1 is not null;
create index task_r2 on task (tenant_id, r2, id) where deleted_at is null and r2 is not null;
create index task_r3 on task (tenant_id, r3, id) where deleted_at is null and r3 is not null;
create index task_r4 on task (tenant_id, r4, id) where deleted_at is null and r4 is not null;
create index task_u1 on task (tenant_id, u1, id) where deleted_at is null and u1 is not null;
create index task_u2 on task (tenant_id, u2, id) where deleted_at is null and u2 is not null;
create index task_u3 on task (tenant_id, u3, id) where deleted_at is null and u3 is not null;
create index task_u4 on task (tenant_id, u4, id) where deleted_at is null and u4 is not null;

create table meeting (
    tenant_id uuid not null,
    id uuid not null,
    external_id text,
    external_id_folded text,
    name text not null,
    name_folded text not null,
    owner_id uuid,
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
    starts_at bigint,
    ends_at bigint,
    location text,
    location_folded text,
    link text,
    link_folded text,
    related_id uuid,
    related_id_object text,
    agenda text,
    agenda_folded text,
    minutes text,
    minutes_folded text,
    custom jsonb not null default '{}',
    s1 text,
    s2 text,
    s3 text,
    s4 text,
    s5 text,
    s6 text,
    i1 bigint,
    i2 bigint,
    i3 bigint,
    i4 bigint,
    i5 bigint,
    i6 bigint,
    r1 double precision,
    r2 double precision,
    r3 double precision,
    r4 double precision,
    u1 uuid,
    u2 uuid,
    u3 uuid,
    u4 uuid,
    primary key (tenant_id, id)
);
create index meeting_external_id on meeting (tenant_id, external_id_folded, id) where deleted_at is null;
create unique index meeting_external_id_unique on meeting (tenant_id, external_id) where external_id is not null;
create index meeting_name on meeting (tenant_id, name_folded, id) where deleted_at is null;
create index meeting_owner_id on meeting (tenant_id, owner_id, id) where deleted_at is null;
create index meeting_created_by on meeting (tenant_id, created_by, id) where deleted_at is null;
create index meeting_created_at on meeting (tenant_id, created_at, id) where deleted_at is null;
create index meeting_updated_by on meeting (tenant_id, updated_by, id) where deleted_at is null;
create index meeting_updated_at on meeting (tenant_id, updated_at, id) where deleted_at is null;
create index meeting_starts_at on meeting (tenant_id, starts_at, id) where deleted_at is null;
create index meeting_related_id on meeting (tenant_id, related_id, id) where deleted_at is null;
create index meeting_newest on meeting (tenant_id, id) where deleted_at is null;
create index meeting_s1 on meeting (tenant_id, s1, id) where deleted_at is null and s1 is not null;
create index meeting_s2 on meeting (tenant_id, s2, id) where deleted_at is null and s2 is not null;
create index meeting_s3 on meeting (tenant_id, s3, id) where deleted_at is null and s3 is not null;
create index meeting_s4 on meeting (tenant_id, s4, id) where deleted_at is null and s4 is not null;
create index meeting_s5 on meeting (tenant_id, s5, id) where deleted_at is null and s5 is not null;
create index meeting_s6 on meeting (tenant_id, s6, id) where deleted_at is null and s6 is not null;
create index meeting_i1 on meeting (tenant_id, i1, id) where deleted_at is null and i1 is not null;
create index meeting_i2 on meeting (tenant_id, i2, id) where deleted_at is null and i2 is not null;
create index meeting_i3 on meeting (tenant_id, i3, id) where deleted_at is null and i3 is not null;
create index meeting_i4 on meeting (tenant_id, i4, id) where deleted_at is null and i4 is not null;
create index meeting_i5 on meeting (tenant_id, i5, id) where deleted_at is null and i5 is not null;
create index meeting_i6 on meeting (tenant_id, i6, id) where deleted_at is null and i6 is not null;
create index meeting_r1 on meeting (tenant_id, r1, id) where deleted_at is null and r1 is not null;
create index meeting_r2 on meeting (tenant_id, r2, id) where deleted_at is null and r2 is not null;
create index meeting_r3 on meeting (tenant_id, r3, id) where deleted_at is null and r3 is not null;
create index meeting_r4 on meeting (tenant_id, r4, id) where deleted_at is null and r4 is not null;
create index meeting_u1 on meeting (tenant_id, u1, id) where deleted_at is null and u1 is not null;
create index meeting_u2 on meeting (tenant_id, u2, id) where deleted_at is null and u2 is not null;
create index meeting_u3 on meeting (tenant_id, u3, id) where deleted_at is null and u3 is not null;
create index meeting_u4 on meeting (tenant_id, u4, id) where deleted_at is null and u4 is not null;

create table calls (
    tenant_id uuid not null,
    id uuid not null,
    external_id text,
    external_id_folded text,
    name text not null,
    name_folded text not null,
    owner_id uuid,
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
    called_at bigint,
    duration bigint,
    contact_id uuid,
    related_id uuid,
    related_id_object text,
    outcome text,
    outcome_folded text,
    notes text,
    notes_folded text,
    custom jsonb not null default '{}',
    s1 text,
    s2 text,
    s3 text,
    s4 text,
    s5 text,
    s6 text,
    i1 bigint,
    i2 bigint,
    i3 bigint,
    i4 bigint,
    i5 bigint,
    i6 bigint,
    r1 double precision,
    r2 double precision,
    r3 double precision,
    r4 double precision,
    u1 uuid,
    u2 uuid,
    u3 uuid,
    u4 uuid,
    primary key (tenant_id, id)
);
create index calls_external_id on calls (tenant_id, external_id_folded, id) where deleted_at is null;
create unique index calls_external_id_unique on calls (tenant_id, external_id) where external_id is not null;
create index calls_name on calls (tenant_id, name_folded, id) where deleted_at is null;
create index calls_owner_id on calls (tenant_id, owner_id, id) where deleted_at is null;
create index calls_created_by on calls (tenant_id, created_by, id) where deleted_at is null;
create index calls_created_at on calls (tenant_id, created_at, id) where deleted_at is null;
create index calls_updated_by on calls (tenant_id, updated_by, id) where deleted_at is null;
create index calls_updated_at on calls (tenant_id, updated_at, id) where deleted_at is null;
create index calls_called_at on calls (tenant_id, called_at, id) where deleted_at is null;
create index calls_contact_id on calls (tenant_id, contact_id, id) where deleted_at is null;
create index calls_related_id on calls (tenant_id, related_id, id) where deleted_at is null;
create index calls_newest on calls (tenant_id, id) where deleted_at is null;
create index calls_s1 on calls (tenant_id, s1, id) where deleted_at is null and s1 is not null;
create index calls_s2 on calls (tenant_id, s2, id) where deleted_at is null and s2 is not null;
create index calls_s3 on calls (tenant_id, s3, id) where deleted_at is null and s3 is not null;
create index calls_s4 on calls (tenant_id, s4, id) where deleted_at is null and s4 is not null;
create index calls_s5 on calls (tenant_id, s5, id) where deleted_at is null and s5 is not null;
create index calls_s6 on calls (tenant_id, s6, id) where deleted_at is null and s6 is not null;
create index calls_i1 on calls (tenant_id, i1, id) where deleted_at is null and i1 is not null;
create index calls_i2 on calls (tenant_id, i2, id) where deleted_at is null and i2 is not null;
create index calls_i3 on calls (tenant_id, i3, id) where deleted_at is null and i3 is not null;
create index calls_i4 on calls (tenant_id, i4, id) where deleted_at is null and i4 is not null;
create index calls_i5 on calls (tenant_id, i5, id) where deleted_at is null and i5 is not null;
create index calls_i6 on calls (tenant_id, i6, id) where deleted_at is null and i6 is not null;
create index calls_r1 on calls (tenant_id, r1, id) where deleted_at is null and r1 is not null;
create index calls_r2 on calls (tenant_id, r2, id) where deleted_at is null and r2 is not null;
create index calls_r3 on calls (tenant_id, r3, id) where deleted_at is null and r3 is not null;
create index calls_r4 on calls (tenant_id, r4, id) where deleted_at is null and r4 is not null;
create index calls_u1 on calls (tenant_id, u1, id) where deleted_at is null and u1 is not null;
create index calls_u2 on calls (tenant_id, u2, id) where deleted_at is null and u2 is not null;
create index calls_u3 on calls (tenant_id, u3, id) where deleted_at is null and u3 is not null;
create index calls_u4 on calls (tenant_id, u4, id) where deleted_at is null and u4 is not null;

create table note (
    tenant_id uuid not null,
    id uuid not null,
    external_id text,
    external_id_folded text,
    name text not null,
    name_folded text not null,
    owner_id uuid,
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
    related_id uuid,
    related_id_object text,
    body text,
    body_folded text,
    custom jsonb not null default '{}',
    s1 text,
    s2 text,
    s3 text,
    s4 text,
    s5 text,
    s6 text,
    i1 bigint,
    i2 bigint,
    i3 bigint,
    i4 bigint,
    i5 bigint,
    i6 bigint,
    r1 double precision,
    r2 double precision,
    r3 double precision,
    r4 double precision,
    u1 uuid,
    u2 uuid,
    u3 uuid,
    u4 uuid,
    primary key (tenant_id, id)
);
create index note_external_id on note (tenant_id, external_id_folded, id) where deleted_at is null;
create unique index note_external_id_unique on note (tenant_id, external_id) where external_id is not null;
create index note_name on note (tenant_id, name_folded, id) where deleted_at is null;
create index note_owner_id on note (tenant_id, owner_id, id) where deleted_at is null;
create index note_created_by on note (tenant_id, created_by, id) where deleted_at is null;
create index note_created_at on note (tenant_id, created_at, id) where deleted_at is null;
create index note_updated_by on note (tenant_id, updated_by, id) where deleted_at is null;
create index note_updated_at on note (tenant_id, updated_at, id) where deleted_at is null;
create index note_related_id on note (tenant_id, related_id, id) where deleted_at is null;
create index note_newest on note (tenant_id, id) where deleted_at is null;
create index note_s1 on note (tenant_id, s1, id) where deleted_at is null and s1 is not null;
create index note_s2 on note (tenant_id, s2, id) where deleted_at is null and s2 is not null;
create index note_s3 on note (tenant_id, s3, id) where deleted_at is null and s3 is not null;
create index note_s4 on note (tenant_id, s4, id) where deleted_at is null and s4 is not null;
create index note_s5 on note (tenant_id, s5, id) where deleted_at is null and s5 is not null;
create index note_s6 on note (tenant_id, s6, id) where deleted_at is null and s6 is not null;
create index note_i1 on note (tenant_id, i1, id) where deleted_at is null and i1 is not null;
create index note_i2 on note (tenant_id, i2, id) where deleted_at is null and i2 is not null;
create index note_i3 on note (tenant_id, i3, id) where deleted_at is null and i3 is not null;
create index note_i4 on note (tenant_id, i4, id) where deleted_at is null and i4 is not null;
create index note_i5 on note (tenant_id, i5, id) where deleted_at is null and i5 is not null;
create index note_i6 on note (tenant_id, i6, id) where deleted_at is null and i6 is not null;
create index note_r1 on note (tenant_id, r1, id) where deleted_at is null and r1 is not null;
create index note_r2 on note (tenant_id, r2, id) where deleted_at is null and r2 is not null;
create index note_r3 on note (tenant_id, r3, id) where deleted_at is null and r3 is not null;
create index note_r4 on note (tenant_id, r4, id) where deleted_at is null and r4 is not null;
create index note_u1 on note (tenant_id, u1, id) where deleted_at is null and u1 is not null;
create index note_u2 on note (tenant_id, u2, id) where deleted_at is null and u2 is not null;
create index note_u3 on note (tenant_id, u3, id) where deleted_at is null and u3 is not null;
create index note_u4 on note (tenant_id, u4, id) where deleted_at is null and u4 is not null;

create table ticket (
    tenant_id uuid not null,
    id uuid not null,
    external_id text,
    external_id_folded text,
    name text not null,
    name_folded text not null,
    owner_id uuid,
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
    number bigint,
    subject text,
    subject_folded text,
    description text,
    description_folded text,
    status text,
    priority text,
    type text,
    origin text,
    account_id uuid,
    contact_id uuid,
    team_id uuid,
    parent_id uuid,
    is_escalated boolean,
    first_response_at bigint,
    due_at bigint,
    solved_at bigint,
    closed_at bigint,
    custom jsonb not null default '{}',
    s1 text,
    s2 text,
    s3 text,
    s4 text,
    s5 text,
    s6 text,
    i1 bigint,
    i2 bigint,
    i3 bigint,
    i4 bigint,
    i5 bigint,
    i6 bigint,
    r1 double precision,
    r2 double precision,
    r3 double precision,
    r4 double precision,
    u1 uuid,
    u2 uuid,
    u3 uuid,
    u4 uuid,
    primary key (tenant_id, id)
);
create index ticket_external_id on ticket (tenant_id, external_id_folded, id) where deleted_at is null;
create unique index ticket_external_id_unique on ticket (tenant_id, external_id) where external_id is not null;
create index ticket_name on ticket (tenant_id, name_folded, id) where deleted_at is null;
create index ticket_owner_id on ticket (tenant_id, owner_id, id) where deleted_at is null;
create index ticket_created_by on ticket (tenant_id, created_by, id) where deleted_at is null;
create index ticket_created_at on ticket (tenant_id, created_at, id) where deleted_at is null;
create index ticket_updated_by on ticket (tenant_id, updated_by, id) where deleted_at is null;
create index ticket_updated_at on ticket (tenant_id, updated_at, id) where deleted_at is null;
create index ticket_number on ticket (tenant_id, number, id) where deleted_at is null;
create unique index ticket_number_unique on ticket (tenant_id, number) where number is not null and deleted_at is null;
create index ticket_status on ticket (tenant_id, status, id) where deleted_at is null;
create index ticket_priority on ticket (tenant_id, priority, id) where deleted_at is null;
create index ticket_type on ticket (tenant_id, type, id) where deleted_at is null;
create index ticket_account_id on ticket (tenant_id, account_id, id) where deleted_at is null;
create index ticket_contact_id on ticket (tenant_id, contact_id, id) where deleted_at is null;
create index ticket_team_id on ticket (tenant_id, team_id, id) where deleted_at is null;
create index ticket_parent_id on ticket (tenant_id, parent_id, id) where deleted_at is null;
create index ticket_due_at on ticket (tenant_id, due_at, id) where deleted_at is null;
create index ticket_solved_at on ticket (tenant_id, solved_at, id) where deleted_at is null;
create index ticket_newest on ticket (tenant_id, id) where deleted_at is null;
create index ticket_s1 on ticket (tenant_id, s1, id) where deleted_at is null and s1 is not null;
create index ticket_s2 on ticket (tenant_id, s2, id) where deleted_at is null and s2 is not null;
create index ticket_s3 on ticket (tenant_id, s3, id) where deleted_at is null and s3 is not null;
create index ticket_s4 on ticket (tenant_id, s4, id) where deleted_at is null and s4 is not null;
create index ticket_s5 on ticket (tenant_id, s5, id) where deleted_at is null and s5 is not null;
create index ticket_s6 on ticket (tenant_id, s6, id) where deleted_at is null and s6 is not null;
create index ticket_i1 on ticket (tenant_id, i1, id) where deleted_at is null and i1 is not null;
create index ticket_i2 on ticket (tenant_id, i2, id) where deleted_at is null and i2 is not null;
create index ticket_i3 on ticket (tenant_id, i3, id) where deleted_at is null and i3 is not null;
create index ticket_i4 on ticket (tenant_id, i4, id) where deleted_at is null and i4 is not null;
create index ticket_i5 on ticket (tenant_id, i5, id) where deleted_at is null and i5 is not null;
create index ticket_i6 on ticket (tenant_id, i6, id) where deleted_at is null and i6 is not null;
create index ticket_r1 on ticket (tenant_id, r1, id) where deleted_at is null and r1 is not null;
create index ticket_r2 on ticket (tenant_id, r2, id) where deleted_at is null and r2 is not null;
create index ticket_r3 on ticket (tenant_id, r3, id) where deleted_at is null and r3 is not null;
create index ticket_r4 on ticket (tenant_id, r4, id) where deleted_at is null and r4 is not null;
create index ticket_u1 on ticket (tenant_id, u1, id) where deleted_at is null and u1 is not null;
create index ticket_u2 on ticket (tenant_id, u2, id) where deleted_at is null and u2 is not null;
create index ticket_u3 on ticket (tenant_id, u3, id) where deleted_at is null and u3 is not null;
create index ticket_u4 on ticket (tenant_id, u4, id) where deleted_at is null and u4 is not null;

create table article (
    tenant_id uuid not null,
    id uuid not null,
    external_id text,
    external_id_folded text,
    name text not null,
    name_folded text not null,
    owner_id uuid,
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
    title text,
    title_folded text,
    slug text,
    slug_folded text,
    body text,
    body_folded text,
    category_id uuid,
    language text,
    language_folded text,
    status text,
    visibility text,
    published_at bigint,
    custom jsonb not null default '{}',
    s1 text,
    s2 text,
    s3 text,
    s4 text,
    s5 text,
    s6 text,
    i1 bigint,
    i2 bigint,
    i3 bigint,
    i4 bigint,
    i5 bigint,
    i6 bigint,
    r1 double precision,
    r2 double precision,
    r3 double precision,
    r4 double precision,
    u1 uuid,
    u2 uuid,
    u3 uuid,
    u4 uuid,
    primary key (tenant_id, id)
);
create index article_external_id on article (tenant_id, external_id_folded, id) where deleted_at is null;
create unique index article_external_id_unique on article (tenant_id, external_id) where external_id is not null;
create index article_name on article (tenant_id, name_folded, id) where deleted_at is null;
create index article_owner_id on article (tenant_id, owner_id, id) where deleted_at is null;
create index article_created_by on article (tenant_id, created_by, id) where deleted_at is null;
create index article_created_at on article (tenant_id, created_at, id) where deleted_at is null;
create index article_updated_by on article (tenant_id, updated_by, id) where deleted_at is null;
create index article_updated_at on article (tenant_id, updated_at, id) where deleted_at is null;
create index article_slug on article (tenant_id, slug_folded, id) where deleted_at is null;
create unique index article_slug_unique on article (tenant_id, slug_folded) where slug_folded is not null and deleted_at is null;
create index article_category_id on article (tenant_id, category_id, id) where deleted_at is null;
create index article_language on article (tenant_id, language_folded, id) where deleted_at is null;
create index article_status on article (tenant_id, status, id) where deleted_at is null;
create index article_newest on article (tenant_id, id) where deleted_at is null;
create index article_s1 on article (tenant_id, s1, id) where deleted_at is null and s1 is not null;
create index article_s2 on article (tenant_id, s2, id) where deleted_at is null and s2 is not null;
create index article_s3 on article (tenant_id, s3, id) where deleted_at is null and s3 is not null;
create index article_s4 on article (tenant_id, s4, id) where deleted_at is null and s4 is not null;
create index article_s5 on article (tenant_id, s5, id) where deleted_at is null and s5 is not null;
create index article_s6 on article (tenant_id, s6, id) where deleted_at is null and s6 is not null;
create index article_i1 on article (tenant_id, i1, id) where deleted_at is null and i1 is not null;
create index article_i2 on article (tenant_id, i2, id) where deleted_at is null and i2 is not null;
create index article_i3 on article (tenant_id, i3, id) where deleted_at is null and i3 is not null;
create index article_i4 on article (tenant_id, i4, id) where deleted_at is null and i4 is not null;
create index article_i5 on article (tenant_id, i5, id) where deleted_at is null and i5 is not null;
create index article_i6 on article (tenant_id, i6, id) where deleted_at is null and i6 is not null;
create index article_r1 on article (tenant_id, r1, id) where deleted_at is null and r1 is not null;
create index article_r2 on article (tenant_id, r2, id) where deleted_at is null and r2 is not null;
create index article_r3 on article (tenant_id, r3, id) where deleted_at is null and r3 is not null;
create index article_r4 on article (tenant_id, r4, id) where deleted_at is null and r4 is not null;
create index article_u1 on article (tenant_id, u1, id) where deleted_at is null and u1 is not null;
create index article_u2 on article (tenant_id, u2, id) where deleted_at is null and u2 is not null;
create index article_u3 on article (tenant_id, u3, id) where deleted_at is null and u3 is not null;
create index article_u4 on article (tenant_id, u4, id) where deleted_at is null and u4 is not null;

create table article_category (
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
    parent_id uuid,
    position double precision,
    description text,
    description_folded text,
    custom jsonb not null default '{}',
    primary key (tenant_id, id)
);
create index article_category_external_id on article_category (tenant_id, external_id_folded, id) where deleted_at is null;
create unique index article_category_external_id_unique on article_category (tenant_id, external_id) where external_id is not null;
create index article_category_name on article_category (tenant_id, name_folded, id) where deleted_at is null;
create index article_category_created_by on article_category (tenant_id, created_by, id) where deleted_at is null;
create index article_category_created_at on article_category (tenant_id, created_at, id) where deleted_at is null;
create index article_category_updated_by on article_category (tenant_id, updated_by, id) where deleted_at is null;
create index article_category_updated_at on article_category (tenant_id, updated_at, id) where deleted_at is null;
create index article_category_parent_id on article_category (tenant_id, parent_id, id) where deleted_at is null;
create index article_category_newest on article_category (tenant_id, id) where deleted_at is null;

create table conversation (
    tenant_id uuid not null,
    id uuid not null,
    external_id text,
    external_id_folded text,
    name text not null,
    name_folded text not null,
    owner_id uuid,
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
    channel text,
    channel_folded text,
    state text,
    contact_id uuid,
    ticket_id uuid,
    language text,
    language_folded text,
    last_message_at bigint,
    custom jsonb not null default '{}',
    s1 text,
    s2 text,
    s3 text,
    s4 text,
    s5 text,
    s6 text,
    i1 bigint,
    i2 bigint,
    i3 bigint,
    i4 bigint,
    i5 bigint,
    i6 bigint,
    r1 double precision,
    r2 double precision,
    r3 double precision,
    r4 double precision,
    u1 uuid,
    u2 uuid,
    u3 uuid,
    u4 uuid,
    primary key (tenant_id, id)
);
create index conversation_external_id on conversation (tenant_id, external_id_folded, id) where deleted_at is null;
create unique index conversation_external_id_unique on conversation (tenant_id, external_id) where external_id is not null;
create index conversation_name on conversation (tenant_id, name_folded, id) where deleted_at is null;
create index conversation_owner_id on conversation (tenant_id, owner_id, id) where deleted_at is null;
create index conversation_created_by on conversation (tenant_id, created_by, id) where deleted_at is null;
create index conversation_created_at on conversation (tenant_id, created_at, id) where deleted_at is null;
create index conversation_updated_by on conversation (tenant_id, updated_by, id) where deleted_at is null;
create index conversation_updated_at on conversation (tenant_id, updated_at, id) where deleted_at is null;
create index conversation_channel on conversation (tenant_id, channel_folded, id) where deleted_at is null;
create index conversation_state on conversation (tenant_id, state, id) where deleted_at is null;
create index conversation_contact_id on conversation (tenant_id, contact_id, id) where deleted_at is null;
create index conversation_ticket_id on conversation (tenant_id, ticket_id, id) where deleted_at is null;
create index conversation_last_message_at on conversation (tenant_id, last_message_at, id) where deleted_at is null;
create index conversation_newest on conversation (tenant_id, id) where deleted_at is null;
create index conversation_s1 on conversation (tenant_id, s1, id) where deleted_at is null and s1 is not null;
create index conversation_s2 on conversation (tenant_id, s2, id) where deleted_at is null and s2 is not null;
create index conversation_s3 on conversation (tenant_id, s3, id) where deleted_at is null and s3 is not null;
create index conversation_s4 on conversation (tenant_id, s4, id) where deleted_at is null and s4 is not null;
create index conversation_s5 on conversation (tenant_id, s5, id) where deleted_at is null and s5 is not null;
create index conversation_s6 on conversation (tenant_id, s6, id) where deleted_at is null and s6 is not null;
create index conversation_i1 on conversation (tenant_id, i1, id) where deleted_at is null and i1 is not null;
create index conversation_i2 on conversation (tenant_id, i2, id) where deleted_at is null and i2 is not null;
create index conversation_i3 on conversation (tenant_id, i3, id) where deleted_at is null and i3 is not null;
create index conversation_i4 on conversation (tenant_id, i4, id) where deleted_at is null and i4 is not null;
create index conversation_i5 on conversation (tenant_id, i5, id) where deleted_at is null and i5 is not null;
create index conversation_i6 on conversation (tenant_id, i6, id) where deleted_at is null and i6 is not null;
create index conversation_r1 on conversation (tenant_id, r1, id) where deleted_at is null and r1 is not null;
create index conversation_r2 on conversation (tenant_id, r2, id) where deleted_at is null and r2 is not null;
create index conversation_r3 on conversation (tenant_id, r3, id) where deleted_at is null and r3 is not null;
create index conversation_r4 on conversation (tenant_id, r4, id) where deleted_at is null and r4 is not null;
create index conversation_u1 on conversation (tenant_id, u1, id) where deleted_at is null and u1 is not null;
create index conversation_u2 on conversation (tenant_id, u2, id) where deleted_at is null and u2 is not null;
create index conversation_u3 on conversation (tenant_id, u3, id) where deleted_at is null and u3 is not null;
create index conversation_u4 on conversation (tenant_id, u4, id) where deleted_at is null and u4 is not null;

create table message (
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
    ticket_id uuid,
    direction text,
    contact_id uuid,
    user_id uuid,
    body text,
    body_folded text,
    custom jsonb not null default '{}',
    primary key (tenant_id, id)
);
create index message_external_id on message (tenant_id, external_id_folded, id) where deleted_at is null;
create unique index message_external_id_unique on message (tenant_id, external_id) where external_id is not null;
create index message_name on message (tenant_id, name_folded, id) where deleted_at is null;
create index message_created_by on message (tenant_id, created_by, id) where deleted_at is null;
create index message_created_at on message (tenant_id, created_at, id) where deleted_at is null;
create index message_updated_by on message (tenant_id, updated_by, id) where deleted_at is null;
create index message_updated_at on message (tenant_id, updated_at, id) where deleted_at is null;
create index message_conversation_id on message (tenant_id, conversation_id, id) where deleted_at is null;
create index message_ticket_id on message (tenant_id, ticket_id, id) where deleted_at is null;
create index message_contact_id on message (tenant_id, contact_id, id) where deleted_at is null;
create index message_user_id on message (tenant_id, user_id, id) where deleted_at is null;
create index message_newest on message (tenant_id, id) where deleted_at is null;

create table attachment (
    tenant_id uuid not null,
    id uuid not null,
    external_id text,
    external_id_folded text,
    name text not null,
    name_folded text not null,
    owner_id uuid,
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
    related_id uuid,
    related_id_object text,
    media_type text,
    media_type_folded text,
    bytes double precision,
    sha256 text,
    sha256_folded text,
    custom jsonb not null default '{}',
    s1 text,
    s2 text,
    s3 text,
    s4 text,
    s5 text,
    s6 text,
    i1 bigint,
    i2 bigint,
    i3 bigint,
    i4 bigint,
    i5 bigint,
    i6 bigint,
    r1 double precision,
    r2 double precision,
    r3 double precision,
    r4 double precision,
    u1 uuid,
    u2 uuid,
    u3 uuid,
    u4 uuid,
    primary key (tenant_id, id)
);
create index attachment_external_id on attachment (tenant_id, external_id_folded, id) where deleted_at is null;
create unique index attachment_external_id_unique on attachment (tenant_id, external_id) where external_id is not null;
create index attachment_name on attachment (tenant_id, name_folded, id) where deleted_at is null;
create index attachment_owner_id on attachment (tenant_id, owner_id, id) where deleted_at is null;
create index attachment_created_by on attachment (tenant_id, created_by, id) where deleted_at is null;
create index attachment_created_at on attachment (tenant_id, created_at, id) where deleted_at is null;
create index attachment_updated_by on attachment (tenant_id, updated_by, id) where deleted_at is null;
create index attachment_updated_at on attachment (tenant_id, updated_at, id) where deleted_at is null;
create index attachment_related_id on attachment (tenant_id, related_id, id) where deleted_at is null;
create index attachment_newest on attachment (tenant_id, id) where deleted_at is null;
create index attachment_s1 on attachment (tenant_id, s1, id) where deleted_at is null and s1 is not null;
create index attachment_s2 on attachment (tenant_id, s2, id) where deleted_at is null and s2 is not null;
create index attachment_s3 on attachment (tenant_id, s3, id) where deleted_at is null and s3 is not null;
create index attachment_s4 on attachment (tenant_id, s4, id) where deleted_at is null and s4 is not null;
create index attachment_s5 on attachment (tenant_id, s5, id) where deleted_at is null and s5 is not null;
create index attachment_s6 on attachment (tenant_id, s6, id) where deleted_at is null and s6 is not null;
create index attachment_i1 on attachment (tenant_id, i1, id) where deleted_at is null and i1 is not null;
create index attachment_i2 on attachment (tenant_id, i2, id) where deleted_at is null and i2 is not null;
create index attachment_i3 on attachment (tenant_id, i3, id) where deleted_at is null and i3 is not null;
create index attachment_i4 on attachment (tenant_id, i4, id) where deleted_at is null and i4 is not null;
create index attachment_i5 on attachment (tenant_id, i5, id) where deleted_at is null and i5 is not null;
create index attachment_i6 on attachment (tenant_id, i6, id) where deleted_at is null and i6 is not null;
create index attachment_r1 on attachment (tenant_id, r1, id) where deleted_at is null and r1 is not null;
create index attachment_r2 on attachment (tenant_id, r2, id) where deleted_at is null and r2 is not null;
create index attachment_r3 on attachment (tenant_id, r3, id) where deleted_at is null and r3 is not null;
create index attachment_r4 on attachment (tenant_id, r4, id) where deleted_at is null and r4 is not null;
create index attachment_u1 on attachment (tenant_id, u1, id) where deleted_at is null and u1 is not null;
create index attachment_u2 on attachment (tenant_id, u2, id) where deleted_at is null and u2 is not null;
create index attachment_u3 on attachment (tenant_id, u3, id) where deleted_at is null and u3 is not null;
create index attachment_u4 on attachment (tenant_id, u4, id) where deleted_at is null and u4 is not null;

create table users (
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
    email text,
    email_folded text,
    title text,
    title_folded text,
    team_id uuid,
    manager_id uuid,
    is_active boolean,
    language text,
    language_folded text,
    time_zone text,
    time_zone_folded text,
    phone text,
    phone_folded text,
    custom jsonb not null default '{}',
    primary key (tenant_id, id)
);
create index users_external_id on users (tenant_id, external_id_folded, id) where deleted_at is null;
create unique index users_external_id_unique on users (tenant_id, external_id) where external_id is not null;
create index users_name on users (tenant_id, name_folded, id) where deleted_at is null;
create index users_created_by on users (tenant_id, created_by, id) where deleted_at is null;
create index users_created_at on users (tenant_id, created_at, id) where deleted_at is null;
create index users_updated_by on users (tenant_id, updated_by, id) where deleted_at is null;
create index users_updated_at on users (tenant_id, updated_at, id) where deleted_at is null;
create index users_email on users (tenant_id, email_folded, id) where deleted_at is null;
create unique index users_email_unique on users (tenant_id, email_folded) where email_folded is not null and deleted_at is null;
create index users_team_id on users (tenant_id, team_id, id) where deleted_at is null;
create index users_manager_id on users (tenant_id, manager_id, id) where deleted_at is null;
create index users_newest on users (tenant_id, id) where deleted_at is null;

create table team (
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
    parent_id uuid,
    manager_id uuid,
    region text,
    region_folded text,
    custom jsonb not null default '{}',
    primary key (tenant_id, id)
);
create index team_external_id on team (tenant_id, external_id_folded, id) where deleted_at is null;
create unique index team_external_id_unique on team (tenant_id, external_id) where external_id is not null;
create index team_name on team (tenant_id, name_folded, id) where deleted_at is null;
create index team_created_by on team (tenant_id, created_by, id) where deleted_at is null;
create index team_created_at on team (tenant_id, created_at, id) where deleted_at is null;
create index team_updated_by on team (tenant_id, updated_by, id) where deleted_at is null;
create index team_updated_at on team (tenant_id, updated_at, id) where deleted_at is null;
create index team_parent_id on team (tenant_id, parent_id, id) where deleted_at is null;
create index team_manager_id on team (tenant_id, manager_id, id) where deleted_at is null;
create index team_region on team (tenant_id, region_folded, id) where deleted_at is null;
create index team_newest on team (tenant_id, id) where deleted_at is null;

create table role (
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
    grants jsonb,
    built_in boolean,
    description text,
    description_folded text,
    custom jsonb not null default '{}',
    primary key (tenant_id, id)
);
create index role_external_id on role (tenant_id, external_id_folded, id) where deleted_at is null;
create unique index role_external_id_unique on role (tenant_id, external_id) where external_id is not null;
create index role_name on role (tenant_id, name_folded, id) where deleted_at is null;
create index role_created_by on role (tenant_id, created_by, id) where deleted_at is null;
create index role_created_at on role (tenant_id, created_at, id) where deleted_at is null;
create index role_updated_by on role (tenant_id, updated_by, id) where deleted_at is null;
create index role_updated_at on role (tenant_id, updated_at, id) where deleted_at is null;
create index role_newest on role (tenant_id, id) where deleted_at is null;

create table permission_set (
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
    grants jsonb,
    description text,
    description_folded text,
    custom jsonb not null default '{}',
    primary key (tenant_id, id)
);
create index permission_set_external_id on permission_set (tenant_id, external_id_folded, id) where deleted_at is null;
create unique index permission_set_external_id_unique on permission_set (tenant_id, external_id) where external_id is not null;
create index permission_set_name on permission_set (tenant_id, name_folded, id) where deleted_at is null;
create index permission_set_created_by on permission_set (tenant_id, created_by, id) where deleted_at is null;
create index permission_set_created_at on permission_set (tenant_id, created_at, id) where deleted_at is null;
create index permission_set_updated_by on permission_set (tenant_id, updated_by, id) where deleted_at is null;
create index permission_set_updated_at on permission_set (tenant_id, updated_at, id) where deleted_at is null;
create index permission_set_newest on permission_set (tenant_id, id) where deleted_at is null;

create table tag (
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
    colour text,
    colour_folded text,
    custom jsonb not null default '{}',
    primary key (tenant_id, id)
);
create index tag_external_id on tag (tenant_id, external_id_folded, id) where deleted_at is null;
create unique index tag_external_id_unique on tag (tenant_id, external_id) where external_id is not null;
create index tag_name on tag (tenant_id, name_folded, id) where deleted_at is null;
create index tag_created_by on tag (tenant_id, created_by, id) where deleted_at is null;
create index tag_created_at on tag (tenant_id, created_at, id) where deleted_at is null;
create index tag_updated_by on tag (tenant_id, updated_by, id) where deleted_at is null;
create index tag_updated_at on tag (tenant_id, updated_at, id) where deleted_at is null;
create index tag_newest on tag (tenant_id, id) where deleted_at is null;

create table saved_view (
    tenant_id uuid not null,
    id uuid not null,
    external_id text,
    external_id_folded text,
    name text not null,
    name_folded text not null,
    owner_id uuid,
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
    object text,
    object_folded text,
    shared boolean,
    definition jsonb,
    custom jsonb not null default '{}',
    primary key (tenant_id, id)
);
create index saved_view_external_id on saved_view (tenant_id, external_id_folded, id) where deleted_at is null;
create unique index saved_view_external_id_unique on saved_view (tenant_id, external_id) where external_id is not null;
create index saved_view_name on saved_view (tenant_id, name_folded, id) where deleted_at is null;
create index saved_view_owner_id on saved_view (tenant_id, owner_id, id) where deleted_at is null;
create index saved_view_created_by on saved_view (tenant_id, created_by, id) where deleted_at is null;
create index saved_view_created_at on saved_view (tenant_id, created_at, id) where deleted_at is null;
create index saved_view_updated_by on saved_view (tenant_id, updated_by, id) where deleted_at is null;
create index saved_view_updated_at on saved_view (tenant_id, updated_at, id) where deleted_at is null;
create index saved_view_object on saved_view (tenant_id, object_folded, id) where deleted_at is null;
create index saved_view_newest on saved_view (tenant_id, id) where deleted_at is null;

create table custom_record (
    tenant_id uuid not null,
    object_id text not null,
    id uuid not null,
    external_id text,
    external_id_folded text,
    name text not null,
    name_folded text not null,
    owner_id uuid,
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
    custom jsonb not null default '{}',
    s1 text,
    s2 text,
    s3 text,
    s4 text,
    s5 text,
    s6 text,
    s7 text,
    s8 text,
    s9 text,
    s10 text,
    i1 bigint,
    i2 bigint,
    i3 bigint,
    i4 bigint,
    i5 bigint,
    i6 bigint,
    i7 bigint,
    i8 bigint,
    i9 bigint,
    i10 bigint,
    r1 double precision,
    r2 double precision,
    r3 double precision,
    r4 double precision,
    r5 double precision,
    r6 double precision,
    u1 uuid,
    u2 uuid,
    u3 uuid,
    u4 uuid,
    u5 uuid,
    u6 uuid,
    u7 uuid,
    u8 uuid,
    primary key (tenant_id, id)
);
create index custom_record_external_id on custom_record (tenant_id, object_id, external_id_folded, id) where deleted_at is null;
create unique index custom_record_external_id_unique on custom_record (tenant_id, object_id, external_id) where external_id is not null;
create index custom_record_name on custom_record (tenant_id, object_id, name_folded, id) where deleted_at is null;
create index custom_record_owner_id on custom_record (tenant_id, object_id, owner_id, id) where deleted_at is null;
create index custom_record_created_by on custom_record (tenant_id, object_id, created_by, id) where deleted_at is null;
create index custom_record_created_at on custom_record (tenant_id, object_id, created_at, id) where deleted_at is null;
create index custom_record_updated_by on custom_record (tenant_id, object_id, updated_by, id) where deleted_at is null;
create index custom_record_updated_at on custom_record (tenant_id, object_id, updated_at, id) where deleted_at is null;
create index custom_record_newest on custom_record (tenant_id, object_id, id) where deleted_at is null;
create index custom_record_s1 on custom_record (tenant_id, object_id, s1, id) where deleted_at is null and s1 is not null;
create index custom_record_s2 on custom_record (tenant_id, object_id, s2, id) where deleted_at is null and s2 is not null;
create index custom_record_s3 on custom_record (tenant_id, object_id, s3, id) where deleted_at is null and s3 is not null;
create index custom_record_s4 on custom_record (tenant_id, object_id, s4, id) where deleted_at is null and s4 is not null;
create index custom_record_s5 on custom_record (tenant_id, object_id, s5, id) where deleted_at is null and s5 is not null;
create index custom_record_s6 on custom_record (tenant_id, object_id, s6, id) where deleted_at is null and s6 is not null;
create index custom_record_s7 on custom_record (tenant_id, object_id, s7, id) where deleted_at is null and s7 is not null;
create index custom_record_s8 on custom_record (tenant_id, object_id, s8, id) where deleted_at is null and s8 is not null;
create index custom_record_s9 on custom_record (tenant_id, object_id, s9, id) where deleted_at is null and s9 is not null;
create index custom_record_s10 on custom_record (tenant_id, object_id, s10, id) where deleted_at is null and s10 is not null;
create index custom_record_i1 on custom_record (tenant_id, object_id, i1, id) where deleted_at is null and i1 is not null;
create index custom_record_i2 on custom_record (tenant_id, object_id, i2, id) where deleted_at is null and i2 is not null;
create index custom_record_i3 on custom_record (tenant_id, object_id, i3, id) where deleted_at is null and i3 is not null;
create index custom_record_i4 on custom_record (tenant_id, object_id, i4, id) where deleted_at is null and i4 is not null;
create index custom_record_i5 on custom_record (tenant_id, object_id, i5, id) where deleted_at is null and i5 is not null;
create index custom_record_i6 on custom_record (tenant_id, object_id, i6, id) where deleted_at is null and i6 is not null;
create index custom_record_i7 on custom_record (tenant_id, object_id, i7, id) where deleted_at is null and i7 is not null;
create index custom_record_i8 on custom_record (tenant_id, object_id, i8, id) where deleted_at is null and i8 is not null;
create index custom_record_i9 on custom_record (tenant_id, object_id, i9, id) where deleted_at is null and i9 is not null;
create index custom_record_i10 on custom_record (tenant_id, object_id, i10, id) where deleted_at is null and i10 is not null;
create index custom_record_r1 on custom_record (tenant_id, object_id, r1, id) where deleted_at is null and r1 is not null;
create index custom_record_r2 on custom_record (tenant_id, object_id, r2, id) where deleted_at is null and r2 is not null;
create index custom_record_r3 on custom_record (tenant_id, object_id, r3, id) where deleted_at is null and r3 is not null;
create index custom_record_r4 on custom_record (tenant_id, object_id, r4, id) where deleted_at is null and r4 is not null;
create index custom_record_r5 on custom_record (tenant_id, object_id, r5, id) where deleted_at is null and r5 is not null;
create index custom_record_r6 on custom_record (tenant_id, object_id, r6, id) where deleted_at is null and r6 is not null;
create index custom_record_u1 on custom_record (tenant_id, object_id, u1, id) where deleted_at is null and u1 is not null;
create index custom_record_u2 on custom_record (tenant_id, object_id, u2, id) where deleted_at is null and u2 is not null;
create index custom_record_u3 on custom_record (tenant_id, object_id, u3, id) where deleted_at is null and u3 is not null;
create index custom_record_u4 on custom_record (tenant_id, object_id, u4, id) where deleted_at is null and u4 is not null;
create index custom_record_u5 on custom_record (tenant_id, object_id, u5, id) where deleted_at is null and u5 is not null;
create index custom_record_u6 on custom_record (tenant_id, object_id, u6, id) where deleted_at is null and u6 is not null;
create index custom_record_u7 on custom_record (tenant_id, object_id, u7, id) where deleted_at is null and u7 is not null;
create index custom_record_u8 on custom_record (tenant_id, object_id, u8, id) where deleted_at is null and u8 is not null;
