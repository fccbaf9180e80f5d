-- What the search of records reads of deals and of incoming emails. Like contacts.words, the text is indexed by its letter groups, with
-- the team behind the words.
create function words_of_incoming(from_name text, from_email text, subject text) returns text
  language sql immutable parallel safe
  return lower(left(coalesce(from_name, ''), 300) || ' ' || left(coalesce(from_email, ''), 300) || ' ' || left(coalesce(subject, ''), 1000));

create index deals_words on deals using gin (lower(name) gin_trgm_ops, team_id);
create index incoming_mails_words on incoming_mails using gin (words_of_incoming(from_name, from_email, subject) gin_trgm_ops, team_id);

-- As for contacts: searches see the current team's rows by any index.
create view team_deals as select * from deals where team_id = current_team();
grant create on schema public to cadenza_across;
alter view team_deals owner to cadenza_across;
revoke create on schema public from cadenza_across;
grant select on team_deals to cadenza_app;

create view team_incoming_mails as select * from incoming_mails where team_id = current_team();
grant create on schema public to cadenza_across;
alter view team_incoming_mails owner to cadenza_across;
revoke create on schema public from cadenza_across;
grant select on team_incoming_mails to cadenza_app;
