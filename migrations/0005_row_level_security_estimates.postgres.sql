-- The same policies, said so that the planner does not take them for a rare condition: of `a or b` it expects one row in
-- two hundred, of a `case` one in two, and with that it finds the plans of the statements' own conditions.
do $$
declare
    owned record;
begin
    for owned in
        select p.tablename from pg_policies p where p.schemaname = current_schema() and p.policyname = 'own_tenant'
    loop
        execute format('drop policy own_tenant on %I', owned.tablename);
        execute format(
            'create policy own_tenant on %I using (case '
            || 'when (select current_setting(''parley.system'', true)) = ''on'' then true '
            || 'else tenant_id = (select nullif(current_setting(''parley.tenant'', true), '''')::uuid) end)',
            owned.tablename);
    end loop;
end
$$;
