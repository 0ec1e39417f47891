-- What 0013 gave the tables before: texts that compare byte by byte, and the second wall.
alter table assistant_call alter column called type text collate "C", alter column about type text collate "C",
    alter column outcome type text collate "C";
alter table assistant_call enable row level security;
alter table assistant_call force row level security;
create policy own_tenant on assistant_call using (case
    when (select current_setting('parley.system', true)) = 'on' then true
    else tenant_id = (select nullif(current_setting('parley.tenant', true), '')::uuid) end);
