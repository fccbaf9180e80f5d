-- A record that was merged leaves its id, and which record it is now: what is still to be told of it belongs to that one.

alter table tombstones add column merged_into ident;
create index tombstones_merged_into on tombstones (team_id, kind, merged_into) where merged_into is not null;
