-- Whether only a contact's owner, their group and admins may add it to sequences. Off: anybody may who says so with the flag.
alter table teams add column only_owners_add_contacts boolean not null default false;
