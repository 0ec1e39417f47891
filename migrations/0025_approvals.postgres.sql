-- As for promises in 0021: texts that compare byte by byte, and the second wall.
alter table approval alter column state type text collate "C", alter column title type text collate "C",
    alter column reason type text collate "C";
alter table approval enable row level security;
alter table approval force row level security;
create policy own_tenant on approval using (case
    when (select current_setting('parley.system', true)) = 'on' then true
    else tenant_id = (select nullif(current_setting('parley.tenant', true), '')::uuid) end);
