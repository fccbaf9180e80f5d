-- A contact may have several roles in a deal, in the order they were given.
alter table deal_contacts alter column role type text[] using case when role is null then '{}' else array[role] end;
alter table deal_contacts rename column role to roles;
alter table deal_contacts alter column roles set default '{}', alter column roles set not null;
