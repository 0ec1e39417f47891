-- How far each side of a conversation has read, and which article was drafted from a ticket.
alter table conversation add column agent_read double precision;
alter table conversation add column visitor_read double precision;
alter table ticket add column article_id uuid;
create index ticket_article_id on ticket (tenant_id, article_id, id) where deleted_at is null;
