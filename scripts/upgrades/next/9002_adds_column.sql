alter table contacts add column next_rank integer;
