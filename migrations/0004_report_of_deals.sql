-- What reports over all deals need of each, side by side: sums by stage, owner, outcome or month read this and not the
-- records, which are ten times as large. That a deal is not deleted stands in it too: SQLite looks it up otherwise.
create index deal_report on deal
    (tenant_id, stage_id, owner_id, close_date, is_closed, is_won, probability, amount, amount_currency, deleted_at)
    where deleted_at is null;
