-- Companies and people of the team.

create table accounts (
  team_id                  ident not null references teams (id),
  id                       ident not null,
  created_at               timestamptz not null,
  updated_at               timestamptz not null,
  -- What searches look in: kept for the reason, and placed for the reason, that contacts.words is.
  words                    text generated always as (lower(coalesce(name, '') || ' ' || coalesce(domain, ''))) stored,
  name                     text,
  domain                   text, -- bare and in lower case: no scheme, no www
  organization_id          ident, -- in the store of companies, once it knows this one
  owner_id                 ident,
  creator_id               ident,
  account_stage_id         ident,
  parent_account_id        ident,
  phone                    text,
  sanitized_phone          text,
  phone_status             text not null default 'no_status',
  website_url              text,
  linkedin_url             text,
  twitter_url              text,
  facebook_url             text,
  logo_url                 text,
  raw_address              text,
  street_address           text,
  city                     text,
  state                    text,
  postal_code              text,
  country                  text,
  industry                 text,
  estimated_num_employees  int,
  annual_revenue           numeric,
  founded_year             int,
  source                   text not null,
  original_source          text not null,
  crm_owner_id             text,
  hubspot_id               text,
  salesforce_id            text,
  merged_crm_ids           text[],
  stage_updated_at         timestamptz,
  last_activity_at         timestamptz,
  primary key (team_id, id),
  foreign key (team_id, owner_id) references users (team_id, id),
  foreign key (team_id, creator_id) references users (team_id, id),
  foreign key (team_id, account_stage_id) references account_stages (team_id, id),
  foreign key (team_id, parent_account_id) references accounts (team_id, id) on delete set null (parent_account_id)
);
create index accounts_domain on accounts (team_id, domain) where domain is not null;
create index accounts_name on accounts (team_id, lower(name));
create index accounts_words on accounts using gin (words gin_trgm_ops, team_id);
create index accounts_created on accounts (team_id, created_at desc, id desc);
create index accounts_updated on accounts (team_id, updated_at desc, id desc);
create index accounts_activity on accounts (team_id, last_activity_at desc nulls last, id desc);
create index accounts_owner on accounts (team_id, owner_id, lower(name));
create index accounts_stage on accounts (team_id, account_stage_id, created_at desc);
create index accounts_crm on accounts (team_id, salesforce_id) where salesforce_id is not null;
create index accounts_hubspot on accounts (team_id, hubspot_id) where hubspot_id is not null;
create index accounts_organization on accounts (team_id, organization_id) where organization_id is not null;
call guard_table('accounts');

create table contacts (
  team_id                  ident not null references teams (id),
  id                       ident not null,
  created_at               timestamptz not null,
  updated_at               timestamptz not null,
  -- What keywords are looked for in. Kept, because each contact an index finds is looked at once more, and putting the
  -- text together takes longer than looking. It stands in front with what a search needs of each: what is behind is not unpacked.
  words                    text generated always as (lower(coalesce(first_name, '') || ' ' || coalesce(last_name, '') || ' ' || coalesce(title, '') || ' ' ||
                             coalesce(organization_name, '') || ' ' || coalesce(email, ''))) stored,
  first_name               text,
  last_name                text,
  -- Kept beside the two, because lists are sorted and searched by it.
  name                     text generated always as (nullif(btrim(coalesce(first_name, '') || ' ' || coalesce(last_name, '')), '')) stored,
  title                    text,
  headline                 text,
  organization_name        text,
  account_id               ident,
  organization_id          ident,
  person_id                ident,
  owner_id                 ident,
  creator_id               ident,
  contact_stage_id         ident,
  -- The first address. Further ones stand in contact_emails.
  email                    text,
  email_status             text,
  email_true_status        text,
  email_source             text,
  email_from_customer      boolean,
  email_domain_catchall    boolean not null default false,
  free_domain              boolean not null default false,
  company_domain           text, -- registered domain of the first address, unless it is free mail
  -- Equal keys mean the same company (domain/companies.ts says the same).
  company_key              text generated always as (case when account_id is not null then 'account ' || account_id
                                                          when organization_id is not null then 'organization ' || organization_id
                                                          else 'domain ' || company_domain end) stored,
  email_unsubscribed       boolean,
  email_unsubscribed_at    timestamptz,
  do_not_contact           boolean not null default false,
  bounced_at               timestamptz, -- the first address bounced for good
  call_opted_out           boolean,
  sanitized_phone          text, -- of the first number, E.164
  linkedin_url             text,
  linkedin_uid             text,
  twitter_url              text,
  facebook_url             text,
  github_url               text,
  photo_url                text,
  present_raw_address      text,
  city                     text,
  state                    text,
  country                  text,
  time_zone                text,
  source                   text not null,
  original_source          text not null,
  crm_owner_id             text,
  crm_id                   text,
  salesforce_id            text,
  salesforce_lead_id       text,
  salesforce_contact_id    text,
  salesforce_account_id    text,
  hubspot_vid              text,
  hubspot_company_id       text,
  outreach_id              text,
  salesloft_id             text,
  merged_crm_ids           text[],
  -- The latest change of job that was noticed.
  job_change_company       text,
  job_change_title         text,
  job_change_detected_at   timestamptz,
  prospect_score           int not null default 0,
  stage_updated_at         timestamptz,
  last_activity_at         timestamptz,
  email_last_opened_at     timestamptz,
  email_last_clicked_at    timestamptz,
  primary key (team_id, id),
  foreign key (team_id, owner_id) references users (team_id, id),
  foreign key (team_id, creator_id) references users (team_id, id),
  foreign key (team_id, account_id) references accounts (team_id, id) on delete set null (account_id),
  foreign key (team_id, contact_stage_id) references contact_stages (team_id, id)
);
create index contacts_email on contacts (team_id, lower(email)) where email is not null;
create index contacts_host on contacts (team_id, split_part(lower(email), '@', 2)) where email is not null;
-- Each order of a list is an index of its own, ended by the id, so that a page goes on exactly where the last one
-- stopped. What may be missing is filled, because a row comparison passes over nulls.
create index contacts_created on contacts (team_id, created_at desc, id desc);
create index contacts_updated on contacts (team_id, updated_at desc, id desc);
create index contacts_activity on contacts (team_id, coalesce(last_activity_at, '-infinity') desc, id desc);
create index contacts_opened on contacts (team_id, coalesce(email_last_opened_at, '-infinity') desc, id desc);
create index contacts_clicked on contacts (team_id, coalesce(email_last_clicked_at, '-infinity') desc, id desc);
create index contacts_name on contacts (team_id, lower(coalesce(name, email, '')), id);
create index contacts_owner on contacts (team_id, owner_id, lower(coalesce(name, email, '')), id);
create index contacts_stage on contacts (team_id, contact_stage_id, created_at desc, id desc);
-- For counting alone: a tenth of the pages that the orders above have.
create index contacts_owner_count on contacts (team_id, owner_id);
create index contacts_stage_count on contacts (team_id, contact_stage_id);
create index contacts_account on contacts (team_id, account_id) where account_id is not null;
create index contacts_person on contacts (team_id, person_id) where person_id is not null;
create index contacts_salesforce_lead on contacts (team_id, salesforce_lead_id) where salesforce_lead_id is not null;
create index contacts_salesforce_contact on contacts (team_id, salesforce_contact_id) where salesforce_contact_id is not null;
create index contacts_hubspot on contacts (team_id, hubspot_vid) where hubspot_vid is not null;
create index contacts_merged_crm on contacts using gin (team_id, merged_crm_ids) where merged_crm_ids is not null;
-- The words before the team: the few contacts they fit are then looked up among the team's, and not the other way round.
create index contacts_words on contacts using gin (words gin_trgm_ops, team_id);
call guard_table('contacts');

-- Addresses beside the first.
create table contact_emails (
  team_id            ident not null,
  contact_id         ident not null,
  position           int not null check (position > 0),
  email              text not null,
  email_status       text,
  email_true_status  text,
  source             text,
  free_domain        boolean not null default false,
  primary key (team_id, contact_id, position),
  foreign key (team_id, contact_id) references contacts (team_id, id) on delete cascade
);
create index contact_emails_address on contact_emails (team_id, lower(email));
call guard_table('contact_emails');

create table contact_phones (
  team_id           ident not null,
  contact_id        ident not null,
  position          int not null,
  raw_number        text not null,
  sanitized_number  text,
  type              text not null check (type in ('work_direct', 'work_hq', 'mobile', 'home', 'other')),
  status            text not null default 'no_status',
  dnc_status        text,
  source_name       text,
  primary key (team_id, contact_id, position),
  foreign key (team_id, contact_id) references contacts (team_id, id) on delete cascade
);
call guard_table('contact_phones');

create table contact_labels (
  team_id     ident not null,
  label_id    ident not null,
  contact_id  ident not null,
  added_at    timestamptz not null,
  -- The contact's own, kept here by the triggers below: a list is then shown and counted, stage by stage and newest
  -- first, from an index of its own, without looking up each of its contacts.
  contact_stage_id    ident,
  contact_created_at  timestamptz not null,
  primary key (team_id, label_id, contact_id),
  foreign key (team_id, label_id) references labels (team_id, id) on delete cascade,
  foreign key (team_id, contact_id) references contacts (team_id, id) on delete cascade
);
create index contact_labels_contact on contact_labels (team_id, contact_id, label_id);
create index contact_labels_created on contact_labels (team_id, label_id, contact_created_at desc, contact_id desc);
create index contact_labels_stage on contact_labels
  (team_id, label_id, contact_stage_id, contact_created_at desc, contact_id desc);
call guard_table('contact_labels');

-- The contact is held until the end: a stage that changes meanwhile waits, and then finds it on the list.
create function know_listed_contact() returns trigger language plpgsql as $$
begin
  select contact_stage_id, created_at into new.contact_stage_id, new.contact_created_at
    from contacts where team_id = new.team_id and id = new.contact_id for share;
  return new;
end
$$;
create trigger know_contact before insert on contact_labels
  for each row execute function know_listed_contact();

create function tell_lists() returns trigger language plpgsql as $$
begin
  update contact_labels set contact_stage_id = new.contact_stage_id, contact_created_at = new.created_at
   where team_id = new.team_id and contact_id = new.id;
  return null;
end
$$;
create trigger tell_lists after update of contact_stage_id, created_at on contacts
  for each row when (old.contact_stage_id is distinct from new.contact_stage_id or old.created_at <> new.created_at)
  execute function tell_lists();

create table account_labels (
  team_id     ident not null,
  label_id    ident not null,
  account_id  ident not null,
  added_at    timestamptz not null,
  primary key (team_id, label_id, account_id),
  foreign key (team_id, label_id) references labels (team_id, id) on delete cascade,
  foreign key (team_id, account_id) references accounts (team_id, id) on delete cascade
);
create index account_labels_account on account_labels (team_id, account_id, label_id);
call guard_table('account_labels');

-- Values of custom fields: one column per kind of value, exactly one of them filled.
create table contact_field_values (
  team_id     ident not null,
  contact_id  ident not null,
  field_id    ident not null,
  text_value     text,
  number_value   numeric,
  date_value     date,
  moment_value   timestamptz,
  boolean_value  boolean,
  option_ids     text[],
  primary key (team_id, contact_id, field_id),
  foreign key (team_id, contact_id) references contacts (team_id, id) on delete cascade,
  foreign key (team_id, field_id) references custom_fields (team_id, id) on delete cascade,
  check (num_nonnulls(text_value, number_value, date_value, moment_value, boolean_value, option_ids) = 1)
);
create index contact_field_values_field on contact_field_values (team_id, field_id);
call guard_table('contact_field_values');

create table account_field_values (
  team_id     ident not null,
  account_id  ident not null,
  field_id    ident not null,
  text_value     text,
  number_value   numeric,
  date_value     date,
  moment_value   timestamptz,
  boolean_value  boolean,
  option_ids     text[],
  primary key (team_id, account_id, field_id),
  foreign key (team_id, account_id) references accounts (team_id, id) on delete cascade,
  foreign key (team_id, field_id) references custom_fields (team_id, id) on delete cascade,
  check (num_nonnulls(text_value, number_value, date_value, moment_value, boolean_value, option_ids) = 1)
);
create index account_field_values_field on account_field_values (team_id, field_id);
call guard_table('account_field_values');

-- A stage, an owner and a list belong to one team. Without being told, the planner takes them for independent, and
-- expects a hundred rows of a small team where there are thousands.
create statistics contacts_of_stage (dependencies) on team_id, contact_stage_id from contacts;
create statistics contacts_of_owner (dependencies) on team_id, owner_id from contacts;
create statistics contacts_of_list (dependencies) on team_id, label_id from contact_labels;

-- Row security keeps every condition that might leak, which to Postgres is any but plain comparisons (not LIKE, not
-- lower()), from being answered by an index. So searches read these tables through windows that belong to
-- cadenza_across, which is kept from nothing: what is seen through them is the current team's all the same, but the
-- planner is free to use any index. For reading only, and for our own statements: nobody else's run here.
create view team_contacts as select * from contacts where team_id = current_team();
create view team_contact_emails as select * from contact_emails where team_id = current_team();
create view team_accounts as select * from accounts where team_id = current_team();
-- The same contacts, for a team that has most of them: a comparison that no index answers. The index of words would
-- otherwise go through all the team's contacts to intersect them with the few that a word fits.
create view contacts_of_most as select * from contacts where team_id is not distinct from (select current_team());
-- Told by a few pages, taken anywhere; false where there are too few to tell.
create function most_contacts_are_ours() returns boolean
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select coalesce(avg((team_id = current_team())::int) > 0.7, false) from contacts tablesample system (0.05);
  end;
revoke execute on function most_contacts_are_ours from public;
grant execute on function most_contacts_are_ours to cadenza_app;
grant create on schema public to cadenza_across;
alter function most_contacts_are_ours owner to cadenza_across;
alter view contacts_of_most owner to cadenza_across;
alter view team_contacts owner to cadenza_across;
alter view team_contact_emails owner to cadenza_across;
alter view team_accounts owner to cadenza_across;
revoke create on schema public from cadenza_across;
grant select on team_contacts, contacts_of_most, team_contact_emails, team_accounts to cadenza_app;

-- Contacts that may yet come to an account. The host is turned round, so that `mail.norrland.example` stands beside
-- `norrland.example`.
create index contacts_lonely_host on contacts (team_id, (reverse(split_part(lower(email), '@', 2)) collate "C"))
  where account_id is null and email is not null;
create index contacts_lonely_company on contacts (team_id, lower(btrim(organization_name)))
  where account_id is null and organization_name is not null;
create index accounts_merged_crm on accounts using gin (team_id, merged_crm_ids) where merged_crm_ids is not null;
