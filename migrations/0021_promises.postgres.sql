-- What 0019 gave the table before: texts that compare byte by byte, and the second wall.
alter table promise alter column kind type text collate "C", alter column title type text collate "C",
    alter column zone type text collate "C";
alter table promise enable row level security;
alter table promise force row level security;
create policy own_tenant on promise using (case
    when (select current_setting('parley.system', true)) = 'on' then true
    else tenant_id = (select nullif(current_setting('parley.tenant', true), '')::uuid) end);
alter table quiet_hours enable row level security;
alter table quiet_hours force row level security;
create policy own_tenant on quiet_hours using (case
    when (select current_setting('parley.system', true)) = 'on' then true
    else tenant_id = (select nullif(current_setting('parley.tenant', true), '')::uuid) end);
