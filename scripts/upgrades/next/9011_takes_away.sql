alter table saved_views add constraint next_named check (id is not null);
