-- How many mails one company gets in any 24 hours, from all mailboxes of a team together; null: no limit.
alter table teams add column domain_daily_limit int check (domain_daily_limit >= 0);
create index messages_domain on messages (team_id, lower(split_part(to_email, '@', 2)), dot_at) where dot_at is not null;
