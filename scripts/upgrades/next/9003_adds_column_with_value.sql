alter table messages add column next_weight integer not null default 0;
