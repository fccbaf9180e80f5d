-- What comes of an item of a job is no part of an index, and its page has room for it: writing it down leaves the indexes alone. Each
-- outcome took the item out of an index of those that wait, and so wrote the primary key once more, too.
drop index progress_items_waiting;
create index progress_items_key on progress_items (team_id, item_key);
alter table progress_items set (fillfactor = 45);
