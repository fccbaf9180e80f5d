-- The search of records finds phone numbers by their digits, however they are written. Numbers whose country is not known have no
-- other form than the one that was typed. Like the words of records, the digits are indexed in groups of three.
create function phone_digits(number text) returns text
  language sql immutable parallel safe
  return regexp_replace(coalesce(number, ''), '[^0-9]', '', 'g');

create index contact_phones_digits on contact_phones using gin (phone_digits(coalesce(sanitized_number, raw_number)) gin_trgm_ops, team_id);
create index accounts_phone_digits on accounts using gin (phone_digits(coalesce(sanitized_phone, phone)) gin_trgm_ops, team_id)
  where coalesce(sanitized_phone, phone) is not null;

-- As for contacts: searches see the current team's rows by any index.
create view team_contact_phones as select * from contact_phones where team_id = current_team();
grant create on schema public to cadenza_across;
alter view team_contact_phones owner to cadenza_across;
revoke create on schema public from cadenza_across;
grant select on team_contact_phones to cadenza_app;
