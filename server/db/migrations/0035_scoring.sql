-- A team's own formula of how promising a contact is, and the contacts that must be looked at once more because something
-- that it looks at has changed.

create table score_formulas (
  team_id     ident primary key references teams (id),
  version     ident not null, -- another one with every change: a run for an older one has no use
  signals     jsonb not null,
  out_of      int not null check (out_of > 0),
  marks       int[] not null,
  needs       text[] not null, -- what it looks at besides the contact's own row
  changed_at  timestamptz not null,
  changed_by  ident,
  aged_until  timestamptz not null, -- whose score follows the calendar has been looked for up to here
  ages_at     timestamptz, -- and is looked for again; null: it does not look at the calendar
  foreign key (team_id, changed_by) references users (team_id, id)
);
call guard_table('score_formulas');

-- Only ever added to by whoever changes something, in the same transaction: nobody waits for anybody, and what is committed
-- after a contact was scored is looked at again. A company stands for all its contacts.
create table score_marks (
  team_id     ident not null,
  id          ident not null default new_ident(),
  contact_id  ident,
  account_id  ident,
  primary key (team_id, id),
  check (num_nonnulls(contact_id, account_id) = 1)
);
call guard_table('score_marks');

create function score_looks_at(team text, what text) returns boolean
  language sql stable
  return exists (select from score_formulas f where f.team_id = team and what = any (f.needs));

create function mark_contact() returns trigger language plpgsql as $$
begin
  if tg_nargs = 0 or score_looks_at(new.team_id, tg_argv[0]) then
    insert into score_marks (team_id, contact_id) values (new.team_id, new.id);
  end if;
  return null;
end
$$;
-- A new contact is scored by the statement that writes it.
create trigger score_follows after update of title, email, email_status, email_unsubscribed, do_not_contact, bounced_at,
    sanitized_phone, linkedin_url, time_zone, account_id, owner_id, contact_stage_id, city, state, country, source,
    job_change_detected_at, email_last_opened_at, email_last_clicked_at on contacts
  for each row when (
    (old.title, old.email, old.email_status, old.email_unsubscribed, old.do_not_contact, old.bounced_at,
     old.sanitized_phone, old.linkedin_url, old.time_zone, old.account_id, old.owner_id, old.contact_stage_id, old.city,
     old.state, old.country, old.source, old.job_change_detected_at, old.email_last_opened_at, old.email_last_clicked_at)
    is distinct from
    (new.title, new.email, new.email_status, new.email_unsubscribed, new.do_not_contact, new.bounced_at,
     new.sanitized_phone, new.linkedin_url, new.time_zone, new.account_id, new.owner_id, new.contact_stage_id, new.city,
     new.state, new.country, new.source, new.job_change_detected_at, new.email_last_opened_at, new.email_last_clicked_at))
  execute function mark_contact();
create trigger score_follows_activity after update of last_activity_at on contacts
  for each row when (old.last_activity_at is distinct from new.last_activity_at)
  execute function mark_contact('last_touch');

create function mark_account() returns trigger language plpgsql as $$
begin
  if score_looks_at(new.team_id, 'account') then
    insert into score_marks (team_id, account_id) values (new.team_id, new.id);
  end if;
  return null;
end
$$;
create trigger score_follows after update of name, domain, industry, estimated_num_employees, annual_revenue, founded_year,
    country, account_stage_id, organization_id on accounts
  for each row when (
    (old.name, old.domain, old.industry, old.estimated_num_employees, old.annual_revenue, old.founded_year, old.country,
     old.account_stage_id, old.organization_id)
    is distinct from
    (new.name, new.domain, new.industry, new.estimated_num_employees, new.annual_revenue, new.founded_year, new.country,
     new.account_stage_id, new.organization_id))
  execute function mark_account();

create function mark_organization() returns trigger language plpgsql as $$
begin
  if score_looks_at(new.team_id, 'technologies') then
    insert into score_marks (team_id, account_id)
    select a.team_id, a.id from accounts a where a.team_id = new.team_id and a.organization_id = new.id;
  end if;
  return null;
end
$$;
create trigger score_follows after update of technology_uids on organizations
  for each row when (old.technology_uids is distinct from new.technology_uids) execute function mark_organization();

create function mark_answerer() returns trigger language plpgsql as $$
begin
  if score_looks_at(new.team_id, 'replies') then
    insert into score_marks (team_id, contact_id) values (new.team_id, new.contact_id);
  end if;
  return null;
end
$$;
create trigger score_follows after insert or update of counts, reply_class, contact_id on incoming_mails
  for each row when (new.contact_id is not null) execute function mark_answerer();

-- Lists and own fields come and go many at a time. The first argument is what a formula must look at, the second whose
-- they are.
create function mark_many() returns trigger language plpgsql as $$
declare
  team text;
begin
  select team_id into team from changed limit 1;
  if team is not null and score_looks_at(team, tg_argv[0]) then
    execute format('insert into score_marks (team_id, %1$I) select distinct team_id, %1$I from changed', tg_argv[1]);
  end if;
  return null;
end
$$;
create trigger score_follows_new after insert on contact_labels referencing new table as changed
  for each statement execute function mark_many('lists', 'contact_id');
create trigger score_follows_gone after delete on contact_labels referencing old table as changed
  for each statement execute function mark_many('lists', 'contact_id');
create trigger score_follows_new after insert on account_labels referencing new table as changed
  for each statement execute function mark_many('account_lists', 'account_id');
create trigger score_follows_gone after delete on account_labels referencing old table as changed
  for each statement execute function mark_many('account_lists', 'account_id');
create trigger score_follows_new after insert on contact_field_values referencing new table as changed
  for each statement execute function mark_many('fields', 'contact_id');
create trigger score_follows_other after update on contact_field_values referencing new table as changed
  for each statement execute function mark_many('fields', 'contact_id');
create trigger score_follows_gone after delete on contact_field_values referencing old table as changed
  for each statement execute function mark_many('fields', 'contact_id');
create trigger score_follows_new after insert on account_field_values referencing new table as changed
  for each statement execute function mark_many('account_fields', 'account_id');
create trigger score_follows_other after update on account_field_values referencing new table as changed
  for each statement execute function mark_many('account_fields', 'account_id');
create trigger score_follows_gone after delete on account_field_values referencing old table as changed
  for each statement execute function mark_many('account_fields', 'account_id');

create function teams_with_scores_to_follow(at timestamptz) returns table (team_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select t.id from teams t
     where exists (select from score_marks m where m.team_id = t.id)
        or exists (select from score_formulas f where f.team_id = t.id and f.ages_at <= at);
  end;
grant create on schema public to cadenza_across;
alter function teams_with_scores_to_follow owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function teams_with_scores_to_follow from public;
grant execute on function teams_with_scores_to_follow to cadenza_app;
