-- Texts compare byte by byte, as on SQLite: the folded twins carry the meaning, and `like 'prefix%'` finds an index.
do $$
declare
    kept record;
begin
    for kept in
        select c.table_name, string_agg(format('alter column %I type text collate "C"', c.column_name), ', ') as columns
        from information_schema.columns c
        join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
        where c.table_schema = current_schema() and c.data_type = 'text' and t.table_type = 'BASE TABLE'
            and t.table_name not like '\_sqlx%'
        group by c.table_name
    loop
        execute format('alter table %I %s', kept.table_name, kept.columns);
    end loop;
end
$$;

-- Row-level security: a second wall. Every statement is scoped to its tenant by the product itself; here PostgreSQL
-- says it again, for every table that has a tenant. `parley.system` opens it for what serves all tenants: sign-in,
-- consumers of the log, housekeeping. The settings are read once per statement (scalar sub-selects), not per row.
do $$
declare
    owned record;
begin
    for owned in
        select c.table_name
        from information_schema.columns c
        join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
        where c.table_schema = current_schema() and c.column_name = 'tenant_id' and t.table_type = 'BASE TABLE'
    loop
        execute format('alter table %I enable row level security', owned.table_name);
        execute format('alter table %I force row level security', owned.table_name);
        execute format(
            'create policy own_tenant on %I using ('
            || '(select current_setting(''parley.system'', true)) = ''on'' or '
            || 'tenant_id = (select nullif(current_setting(''parley.tenant'', true), '''')::uuid))',
            owned.table_name);
    end loop;
end
$$;
