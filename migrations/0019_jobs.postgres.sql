-- What 0015 gave the table before: texts that compare byte by byte, and the second wall.
alter table job alter column principal type text collate "C";
alter table job alter column status type text collate "C";
alter table job enable row level security;
alter table job force row level security;
create policy own_tenant on job using (case
    when (select current_setting('parley.system', true)) = 'on' then true
    else tenant_id = (select nullif(current_setting('parley.tenant', true), '')::uuid) end);
