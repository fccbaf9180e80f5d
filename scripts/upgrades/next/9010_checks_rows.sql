-- Works with versions that have 0201.
alter table messages add constraint next_weight_positive check (next_weight >= 0);
