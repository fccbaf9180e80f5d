-- How many contacts may get their first email of a sequence from a mailbox in 24 hours; null: no limit.

alter table mailboxes add column new_contacts_limit int;
alter table mailboxes add constraint mailboxes_new_contacts_limit check (new_contacts_limit >= 0);
