-- By which application somebody did it, where they did not do it themselves.
alter table events add column application_id ident;
