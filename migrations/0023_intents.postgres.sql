-- The intents' tables get what 0007 gave the others: texts that compare byte by byte, and the second wall.
do $$
declare
    kept record;
    owned record;
begin
    for kept in
        select c.table_name, string_agg(format('alter column %I type text collate "C"', c.column_name), ', ') as columns
        from information_schema.columns c
        join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
        where c.table_schema = current_schema() and c.data_type = 'text' and t.table_type = 'BASE TABLE'
            and t.table_name not like '\_sqlx%' and c.collation_name is distinct from 'C'
        group by c.table_name
    loop
        execute format('alter table %I %s', kept.table_name, kept.columns);
    end loop;
    for owned in
        select c.relname as table_name from pg_class c
        join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
        where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace and not c.relrowsecurity
    loop
        execute format('alter table %I enable row level security', owned.table_name);
        execute format('alter table %I force row level security', owned.table_name);
        execute format(
            'create policy own_tenant on %I using (case '
            || 'when (select current_setting(''parley.system'', true)) = ''on'' then true '
            || 'else tenant_id = (select nullif(current_setting(''parley.tenant'', true), '''')::uuid) end)',
            owned.table_name);
    end loop;
end
$$;
