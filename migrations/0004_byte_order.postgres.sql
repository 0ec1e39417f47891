-- Texts are compared byte by byte, as SQLite does it, whatever the database's own collation: the folded twins are made
-- for that, lists are in the same order on both engines, and an index serves "starts with".
do $$
declare
    changed record;
begin
    for changed in
        select c.table_name,
            string_agg(format('alter column %I type text collate "C"', c.column_name), ', ') as columns
        from information_schema.columns c
        join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
        where c.table_schema = current_schema() and c.data_type = 'text' and t.table_type = 'BASE TABLE'
            and c.table_name not like '\_sqlx%' and c.collation_name is distinct from 'C'
        group by c.table_name
    loop
        execute format('alter table %I %s', changed.table_name, changed.columns);
    end loop;
end
$$;
