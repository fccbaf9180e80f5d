alter table events add column next_owner ident;
