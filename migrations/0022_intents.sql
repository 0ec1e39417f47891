-- What customers of a company want, told by its own examples; versions of what was learnt from them; and which of the
-- company's intents a turn of the bot was about.

create table intent (
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
    description text,
    description_folded text,
    action text,
    answer_en text,
    answer_en_folded text,
    answer_de text,
    answer_de_folded text,
    answer_fr text,
    answer_fr_folded text,
    answer_es text,
    answer_es_folded text,
    answer_pt text,
    answer_pt_folded text,
    article_id uuid,
    team_id uuid,
    is_active boolean,
    custom jsonb not null default '{}',
    primary key (tenant_id, id)
);
create index intent_external_id on intent (tenant_id, external_id_folded, id) where deleted_at is null;
create unique index intent_external_id_unique on intent (tenant_id, external_id) where external_id is not null;
create index intent_name on intent (tenant_id, name_folded, id) where deleted_at is null;
create index intent_created_by on intent (tenant_id, created_by, id) where deleted_at is null;
create index intent_created_at on intent (tenant_id, created_at, id) where deleted_at is null;
create index intent_updated_by on intent (tenant_id, updated_by, id) where deleted_at is null;
create index intent_updated_at on intent (tenant_id, updated_at, id) where deleted_at is null;
create index intent_article_id on intent (tenant_id, article_id, id) where deleted_at is null;
create index intent_team_id on intent (tenant_id, team_id, id) where deleted_at is null;
create index intent_newest on intent (tenant_id, id) where deleted_at is null;

create table intent_example (
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
    sentence text,
    sentence_folded text,
    intent_id uuid,
    language text,
    language_folded text,
    is_test boolean,
    custom jsonb not null default '{}',
    primary key (tenant_id, id)
);
create index intent_example_external_id on intent_example (tenant_id, external_id_folded, id) where deleted_at is null;
create unique index intent_example_external_id_unique on intent_example (tenant_id, external_id) where external_id is not null;
create index intent_example_name on intent_example (tenant_id, name_folded, id) where deleted_at is null;
create index intent_example_created_by on intent_example (tenant_id, created_by, id) where deleted_at is null;
create index intent_example_created_at on intent_example (tenant_id, created_at, id) where deleted_at is null;
create index intent_example_updated_by on intent_example (tenant_id, updated_by, id) where deleted_at is null;
create index intent_example_updated_at on intent_example (tenant_id, updated_at, id) where deleted_at is null;
create index intent_example_intent_id on intent_example (tenant_id, intent_id, id) where deleted_at is null;
create index intent_example_newest on intent_example (tenant_id, id) where deleted_at is null;

create table intent_model (
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
    number double precision,
    in_use boolean,
    intents double precision,
    examples double precision,
    tests double precision,
    tests_passed double precision,
    accuracy double precision,
    took_ms double precision,
    figures jsonb,
    custom jsonb not null default '{}',
    primary key (tenant_id, id)
);
create index intent_model_external_id on intent_model (tenant_id, external_id_folded, id) where deleted_at is null;
create unique index intent_model_external_id_unique on intent_model (tenant_id, external_id) where external_id is not null;
create index intent_model_name on intent_model (tenant_id, name_folded, id) where deleted_at is null;
create index intent_model_created_by on intent_model (tenant_id, created_by, id) where deleted_at is null;
create index intent_model_created_at on intent_model (tenant_id, created_at, id) where deleted_at is null;
create index intent_model_updated_by on intent_model (tenant_id, updated_by, id) where deleted_at is null;
create index intent_model_updated_at on intent_model (tenant_id, updated_at, id) where deleted_at is null;
create index intent_model_number on intent_model (tenant_id, number, id) where deleted_at is null;
create index intent_model_in_use on intent_model (tenant_id, in_use, id) where deleted_at is null;
create index intent_model_newest on intent_model (tenant_id, id) where deleted_at is null;

-- What was learnt, as base64, of the last versions.
create table intent_weights (
    tenant_id uuid not null,
    model_id uuid not null,
    number bigint not null,
    bytes text not null,
    primary key (tenant_id, model_id)
);

alter table bot_turn add column own_intent_id uuid;
alter table bot_turn add column intent_version double precision;
create index bot_turn_own_intent_id on bot_turn (tenant_id, own_intent_id, id) where deleted_at is null;
