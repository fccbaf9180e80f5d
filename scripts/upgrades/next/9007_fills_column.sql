alter table contacts no force row level security;
update contacts set next_rank = 1;
alter table contacts force row level security;
