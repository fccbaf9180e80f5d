-- A mail in doubt from a mailbox that keeps no copies: after so many hours without a bounce it counts as delivered. Null: a person decides.
alter table teams add column assume_delivered_after_hours int default 24 check (assume_delivered_after_hours between 1 and 720);
