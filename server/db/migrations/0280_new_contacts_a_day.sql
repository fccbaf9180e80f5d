-- How many contacts may get their first email of a sequence in a day.

alter table sequences add column max_new_contacts_per_day int, add check (max_new_contacts_per_day >= 0);
alter table rulesets add column max_new_contacts_per_day int, add check (max_new_contacts_per_day >= 0);
