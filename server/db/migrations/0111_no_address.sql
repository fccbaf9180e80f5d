-- Who added the contact said that it may have no address: its mails are skipped, and its calls and tasks happen.
alter table enrollments add column allows_no_email boolean not null default false;
