create table account_field_values (
  team_id        ident not null,
  account_id     ident not null,
  field_id       ident not null,
  text_value     text,
  number_value   numeric,
  date_value     date,
  moment_value   timestamptz,
  boolean_value  boolean,
  option_ids     text[],
  primary key (team_id, account_id, field_id),
  check (num_nonnulls(text_value, number_value, date_value, moment_value, boolean_value, option_ids) = 1)
);
create index account_field_values_field on account_field_values (team_id, field_id);
call guard_table('account_field_values');

create table account_labels (
  team_id     ident not null,
  label_id    ident not null,
  account_id  ident not null,
  added_at    timestamptz not null,
  primary key (team_id, label_id, account_id)
);
create index account_labels_account on account_labels (team_id, account_id, label_id);
call guard_table('account_labels');

create table accounts (
  team_id                  ident not null,
  id                       ident not null,
  created_at               timestamptz not null,
  updated_at               timestamptz not null,
  -- What searches look in: kept for the reason, and placed for the reason, that contacts.words is.
  words                    text generated always as (lower(((coalesce(name, '') || ' ') || coalesce(domain, '')))) stored,
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
  foreign key (team_id, creator_id) references users (team_id, id),
  foreign key (team_id) references teams (id),
  foreign key (team_id, owner_id) references users (team_id, id),
  foreign key (team_id, parent_account_id) references accounts (team_id, id) on delete set null (parent_account_id)
);
create index accounts_activity on accounts (team_id, last_activity_at desc nulls last, id desc);
-- Companies by name, ended by the id as every order of a list is.
create index accounts_by_name on accounts (team_id, lower(coalesce(name, domain, '')), id);
create index accounts_created on accounts (team_id, created_at desc, id desc);
create index accounts_crm on accounts (team_id, salesforce_id) where salesforce_id is not null;
create index accounts_domain on accounts (team_id, domain) where domain is not null;
create index accounts_hubspot on accounts (team_id, hubspot_id) where hubspot_id is not null;
create index accounts_merged_crm on accounts using gin (team_id, merged_crm_ids) where merged_crm_ids is not null;
create index accounts_name on accounts (team_id, lower(name));
create index accounts_organization on accounts (team_id, organization_id) where organization_id is not null;
create index accounts_owner on accounts (team_id, owner_id, lower(name));
create index accounts_parent on accounts (team_id, parent_account_id) where parent_account_id is not null;
create index accounts_stage on accounts (team_id, account_stage_id, created_at desc);
create index accounts_updated on accounts (team_id, updated_at desc, id desc);
create index accounts_words on accounts using gin (words gin_trgm_ops, team_id);
call guard_table('accounts');
create policy reporting on accounts for select to cadenza_views using (team_id = (select reporting.team() as team));
grant select on accounts to cadenza_views;

-- How far the history has been read for when contacts and their companies were last active.
create table activity_cursors (
  team_id     ident primary key,
  written_in  xid8 not null,
  position    bigint not null,
  foreign key (team_id) references teams (id)
);
call guard_table('activity_cursors');

-- Who said that an address must not be mailed, and when: one row for each opt-out, bounce, complaint, do-not-contact, pause and
-- suppression. An address is blocked while one claim is in force. Taking a claim back keeps the row. The address is kept as a
-- keyed digest, so a claim outlives the contact.
create table address_claims (
  team_id         ident not null,
  id              ident not null,
  digest          text not null,
  kind            text not null,
  source          text not null, -- 'link', 'incoming_mail', 'delivery', 'person', 'import', 'deletion' or what else wrote it
  source_id       text not null default '', -- the mail by whose link, the mail that came in, the attempt, the entry of the list
  contact_id      ident, -- the contact that carries it as a mark; null: it is said of the address alone
  until_at        timestamptz,
  is_erased       boolean not null default false, -- of a deleted contact: its address must not be stored
  made_by         ident,
  made_at         timestamptz not null,
  in_force_from   timestamptz not null default cadenza_now(),
  lifted_at       timestamptz,
  lifted_by       ident,
  lifted_because  text,
  primary key (team_id, id),
  check ((kind = 'paused') = (until_at is not null)),
  check ((lifted_at is not null) or (lifted_because is null)),
  check (kind in ('unsubscribed', 'complaint', 'bounced', 'do_not_contact', 'suppressed', 'paused')),
  foreign key (team_id) references teams (id)
);
create index address_claims_of_contact on address_claims (team_id, contact_id) where (contact_id is not null) and (lifted_at is null);
create index address_claims_of_source on address_claims (team_id, source_id) where (source_id <> '') and (lifted_at is null);
create unique index address_claims_once on address_claims (team_id, digest, kind, source, source_id, coalesce(contact_id, '')) where lifted_at is null;
create index address_claims_standing on address_claims (team_id, digest) where lifted_at is null;
call guard_table('address_claims');

-- The keys of a hold: the contact's id, and a digest of each address of the contact. The digest outlives the contact, so a contact
-- that is deleted and imported again is held as before.
create table answer_hold_keys (
  team_id  ident not null,
  hold_id  ident not null,
  key      text not null,
  primary key (team_id, key, hold_id)
);
create index answer_hold_keys_hold on answer_hold_keys (team_id, hold_id);
call guard_table('answer_hold_keys');

create table answer_holds (
  team_id           ident not null,
  id                ident not null,
  incoming_mail_id  ident not null,
  contact_id        ident, -- null: the contact was deleted, and the address stays held by its digest
  reason            text not null,
  since             timestamptz not null,
  until_at          timestamptz, -- null: until a user reviews it
  settled_at        timestamptz,
  settled_by        ident,
  settled_as        text, -- what the answer was said to be; 'time' where its time passed
  primary key (team_id, id),
  check (reason in ('answered', 'maybe_answered', 'maybe_opted_out', 'maybe_bounced', 'automatic', 'unclear')),
  foreign key (team_id) references teams (id),
  foreign key (team_id, settled_by) references users (team_id, id)
);
create index answer_holds_contact on answer_holds (team_id, contact_id) where contact_id is not null;
create index answer_holds_due on answer_holds (team_id, until_at) where (settled_at is null) and (until_at is not null);
create index answer_holds_mail on answer_holds (team_id, incoming_mail_id);
call guard_table('answer_holds');

-- Addresses beside the first.
create table contact_emails (
  team_id            ident not null,
  contact_id         ident not null,
  position           int not null,
  email              text not null,
  email_status       text,
  email_true_status  text,
  source             text,
  free_domain        boolean not null default false,
  primary key (team_id, contact_id, "position"),
  check ("position" > 0)
);
create index contact_emails_address on contact_emails (team_id, lower(email));
call guard_table('contact_emails');

-- Values of custom fields: one column per kind of value, exactly one of them filled.
create table contact_field_values (
  team_id        ident not null,
  contact_id     ident not null,
  field_id       ident not null,
  text_value     text,
  number_value   numeric,
  date_value     date,
  moment_value   timestamptz,
  boolean_value  boolean,
  option_ids     text[],
  primary key (team_id, contact_id, field_id),
  check (num_nonnulls(text_value, number_value, date_value, moment_value, boolean_value, option_ids) = 1)
);
create index contact_field_values_field on contact_field_values (team_id, field_id);
call guard_table('contact_field_values');
create policy reporting on contact_field_values for select to cadenza_views using (team_id = (select reporting.team() as team));
grant select on contact_field_values to cadenza_views;

create table contact_labels (
  team_id             ident not null,
  label_id            ident not null,
  contact_id          ident not null,
  added_at            timestamptz not null,
  -- The contact's own, kept here by the triggers below: a list is then shown and counted, stage by stage and newest first, from
  -- an index of its own, without looking up each of its contacts.
  contact_stage_id    ident,
  contact_created_at  timestamptz not null,
  primary key (team_id, label_id, contact_id)
);
create index contact_labels_contact on contact_labels (team_id, contact_id, label_id);
create index contact_labels_created on contact_labels (team_id, label_id, contact_created_at desc, contact_id desc);
create index contact_labels_stage on contact_labels (team_id, label_id, contact_stage_id, contact_created_at desc, contact_id desc);
call guard_table('contact_labels');
create policy reporting on contact_labels for select to cadenza_views using (team_id = (select reporting.team() as team));
grant select on contact_labels to cadenza_views;

create table contact_phones (
  team_id           ident not null,
  contact_id        ident not null,
  position          int not null,
  raw_number        text not null,
  sanitized_number  text,
  type              text not null,
  status            text not null default 'no_status',
  dnc_status        text,
  source_name       text,
  primary key (team_id, contact_id, "position"),
  check (type in ('work_direct', 'work_hq', 'mobile', 'home', 'other'))
);
call guard_table('contact_phones');

create table contacts (
  team_id                 ident not null,
  id                      ident not null,
  created_at              timestamptz not null,
  updated_at              timestamptz not null,
  -- The text that keywords are matched with. It is stored because a search reads it once more for each contact that an index finds,
  -- and building it takes longer than reading it. It is one of the first columns, so that later ones need not be unpacked.
  words                   text generated always as (lower(((((((((coalesce(first_name, '') || ' ') || coalesce(last_name, '')) || ' ') || coalesce(title, '')) || ' ') || coalesce(organization_name, '')) || ' ') || coalesce(email, '')))) stored,
  first_name              text,
  last_name               text,
  -- Kept beside the two, because lists are sorted and searched by it.
  name                    text generated always as (NULLIF(btrim(((coalesce(first_name, '') || ' ') || coalesce(last_name, ''))), '')) stored,
  title                   text,
  headline                text,
  organization_name       text,
  account_id              ident,
  organization_id         ident,
  person_id               ident,
  owner_id                ident,
  creator_id              ident,
  contact_stage_id        ident,
  email                   text, -- The first address. Further ones are in contact_emails.
  email_status            text,
  email_true_status       text,
  email_source            text,
  email_from_customer     boolean,
  email_domain_catchall   boolean not null default false,
  free_domain             boolean not null default false,
  company_domain          text, -- registered domain of the first address, unless it is free mail
  -- Equal keys mean the same company (domain/contacts/companies.ts says the same).
  company_key             text generated always as (
case
    when (account_id is not null) then ('account ' || account_id)
    when (organization_id is not null) then ('organization ' || organization_id)
    else ('domain ' || company_domain)
end) stored,
  email_unsubscribed      boolean,
  email_unsubscribed_at   timestamptz,
  do_not_contact          boolean not null default false,
  bounced_at              timestamptz, -- the first address bounced for good
  call_opted_out          boolean,
  sanitized_phone         text, -- of the first number, E.164
  linkedin_url            text,
  linkedin_uid            text,
  twitter_url             text,
  facebook_url            text,
  github_url              text,
  photo_url               text,
  present_raw_address     text,
  city                    text,
  state                   text,
  country                 text,
  time_zone               text,
  source                  text not null,
  original_source         text not null,
  crm_owner_id            text,
  crm_id                  text,
  salesforce_id           text,
  salesforce_lead_id      text,
  salesforce_contact_id   text,
  salesforce_account_id   text,
  hubspot_vid             text,
  hubspot_company_id      text,
  outreach_id             text,
  salesloft_id            text,
  merged_crm_ids          text[],
  job_change_company      text, -- The latest change of job that was noticed.
  job_change_title        text,
  job_change_detected_at  timestamptz,
  prospect_score          int not null default 0,
  stage_updated_at        timestamptz,
  last_activity_at        timestamptz,
  email_last_opened_at    timestamptz,
  email_last_clicked_at   timestamptz,
  -- Since when the contact may not be mailed; these triggers set and clear it for every writer.
  stopped_at              timestamptz,
  -- An invented contact stays invented, whatever its address: it is mailed through the catcher or not at all.
  is_invented             boolean not null default false,
  -- The contact asked for a pause: nothing of the team is sent before this time.
  paused_until            timestamptz,
  primary key (team_id, id),
  foreign key (team_id, account_id) references accounts (team_id, id) on delete set null (account_id),
  foreign key (team_id, creator_id) references users (team_id, id),
  foreign key (team_id) references teams (id),
  foreign key (team_id, owner_id) references users (team_id, id)
);
create index contacts_account on contacts (team_id, account_id) where account_id is not null;
create index contacts_activity on contacts (team_id, coalesce(last_activity_at, '-infinity'::timestamptz) desc, id desc);
create index contacts_clicked on contacts (team_id, coalesce(email_last_clicked_at, '-infinity'::timestamptz) desc, id desc);
create index contacts_company_key on contacts (team_id, company_key) where company_key is not null;
-- Each sort order has an index of its own that ends with the id, so that a page continues exactly where the last one ended. Columns
-- that may be null are coalesced, because a row comparison skips nulls.
create index contacts_created on contacts (team_id, created_at desc, id desc);
create index contacts_email on contacts (team_id, lower(email)) where email is not null;
create index contacts_host on contacts (team_id, split_part(lower(email), '@', 2)) where email is not null;
create index contacts_hubspot on contacts (team_id, hubspot_vid) where hubspot_vid is not null;
-- Finds the contact of a profile by its address.
create index contacts_linkedin on contacts (team_id, linkedin_key(linkedin_url)) where linkedin_url is not null;
create index contacts_lonely_company on contacts (team_id, lower(btrim(organization_name))) where (account_id is null) and (organization_name is not null);
-- Contacts that may be linked to an account later. The host is reversed, so that `mail.norrland.example` is next to
-- `norrland.example`.
create index contacts_lonely_host on contacts (team_id, reverse(split_part(lower(email), '@', 2)) COLLATE "C") where (account_id is null) and (email is not null);
create index contacts_merged_crm on contacts using gin (team_id, merged_crm_ids) where merged_crm_ids is not null;
create index contacts_name on contacts (team_id, lower(coalesce(name, email, '')), id);
create index contacts_opened on contacts (team_id, coalesce(email_last_opened_at, '-infinity'::timestamptz) desc, id desc);
create index contacts_owner on contacts (team_id, owner_id, lower(coalesce(name, email, '')), id);
-- For counting alone: a tenth of the pages that the orders above have.
create index contacts_owner_count on contacts (team_id, owner_id);
create index contacts_paused on contacts (team_id, lower(email)) where paused_until is not null;
create index contacts_person on contacts (team_id, person_id) where person_id is not null;
create index contacts_salesforce_contact on contacts (team_id, salesforce_contact_id) where salesforce_contact_id is not null;
create index contacts_salesforce_lead on contacts (team_id, salesforce_lead_id) where salesforce_lead_id is not null;
create index contacts_stage on contacts (team_id, contact_stage_id, created_at desc, id desc);
create index contacts_stage_count on contacts (team_id, contact_stage_id);
create index contacts_updated on contacts (team_id, updated_at desc, id desc);
-- The words before the team: the few contacts they fit are then looked up among the team's, and not the other way round.
create index contacts_words on contacts using gin (words gin_trgm_ops, team_id);
call guard_table('contacts');
create policy reporting on contacts for select to cadenza_views using (team_id = (select reporting.team() as team));
grant select on contacts to cadenza_views;

create table custom_field_options (
  team_id   ident not null,
  id        ident not null,
  field_id  ident not null,
  name      text not null,
  position  int not null,
  primary key (team_id, id),
  unique (team_id, field_id, id)
);
call guard_table('custom_field_options');
create policy reporting on custom_field_options for select to cadenza_views using (team_id = (select reporting.team() as team));
grant select on custom_field_options to cadenza_views;

create table custom_fields (
  team_id          ident not null,
  id               ident not null,
  modality         text not null,
  name             text not null,
  type             text not null,
  text_max_length  int,
  position         int not null default 0,
  created_at       timestamptz not null,
  updated_at       timestamptz not null,
  primary key (team_id, id),
  check (modality in ('contact', 'account', 'opportunity')),
  check (type in ('string', 'textarea', 'number', 'date', 'datetime', 'boolean', 'picklist', 'multipicklist')),
  foreign key (team_id) references teams (id)
);
create unique index custom_fields_name on custom_fields (team_id, modality, lower(name));
call guard_table('custom_fields');
create policy reporting on custom_fields for select to cadenza_views using (team_id = (select reporting.team() as team));
grant select on custom_fields to cadenza_views;

-- Lists. A name means one list per modality, however it is capitalized.
create table labels (
  team_id           ident not null,
  id                ident not null,
  modality          text not null,
  name              text not null,
  user_id           ident,
  book_of_business  boolean,
  created_at        timestamptz not null,
  updated_at        timestamptz not null,
  primary key (team_id, id),
  check (modality in ('contacts', 'accounts', 'sequences')),
  foreign key (team_id) references teams (id),
  foreign key (team_id, user_id) references users (team_id, id)
);
create unique index labels_name on labels (team_id, modality, lower(name));
call guard_table('labels');
create policy reporting on labels for select to cadenza_views using (team_id = (select reporting.team() as team));
grant select on labels to cadenza_views;

create table note_accounts (
  team_id     ident not null,
  note_id     ident not null,
  account_id  ident not null,
  primary key (team_id, note_id, account_id),
  foreign key (team_id, account_id) references accounts (team_id, id) on delete cascade
);
create index note_accounts_account on note_accounts (team_id, account_id);
call guard_table('note_accounts');

create table note_contacts (
  team_id     ident not null,
  note_id     ident not null,
  contact_id  ident not null,
  primary key (team_id, note_id, contact_id),
  foreign key (team_id, contact_id) references contacts (team_id, id) on delete cascade
);
create index note_contacts_contact on note_contacts (team_id, contact_id);
call guard_table('note_contacts');

create table notes (
  team_id     ident not null,
  id          ident not null,
  user_id     ident,
  content     text not null,
  is_pinned   boolean not null default false,
  created_at  timestamptz not null,
  updated_at  timestamptz not null,
  primary key (team_id, id),
  foreign key (team_id) references teams (id),
  foreign key (team_id, user_id) references users (team_id, id)
);
create index notes_created on notes (team_id, created_at desc, id desc);
call guard_table('notes');

create table organizations (
  team_id                    ident not null,
  id                         ident not null,
  created_at                 timestamptz not null,
  updated_at                 timestamptz not null,
  words                      text generated always as (lower(((coalesce(name, '') || ' ') || coalesce(domain, '')))) stored,
  name                       text,
  domain                     text, -- bare and in lower case
  source                     text not null, -- who says all this: `csv`, `sample`, the name of a provider
  external_id                text, -- what they call it
  industry                   text,
  -- Apollo's clients send these. The same industry has the same one everywhere.
  industry_tag_id            text generated always as (substr(md5(lower(industry)), 1, 24)) stored,
  estimated_num_employees    int,
  annual_revenue             bigint,
  total_funding              bigint,
  latest_funding_amount      bigint,
  latest_funding_round_date  date,
  latest_funding_stage       text,
  num_jobs                   int not null default 0, -- kept up to date with every write of job postings
  city                       text,
  state                      text,
  country                    text,
  technology_uids            text[] not null default '{}',
  keywords                   text[] not null default '{}',
  secondary_industries       text[] not null default '{}',
  -- What the company is found by …
  marks                      bigint[] generated always as (((((((place_marks(team_id, 'company place', city, state, country) || marks_of(team_id, 'industry', (array[industry, substr(md5(lower(industry)), 1, 24)] || secondary_industries))) || marks_of(team_id, 'technology', technology_uids)) || marks_of(team_id, 'keyword', keywords)) || marks_of(team_id, 'employees', array[(magnitude((estimated_num_employees)::bigint))::text])) || marks_of(team_id, 'revenue', array[(magnitude(annual_revenue))::text])) || marks_of(team_id, 'domain', array[domain]))) stored not null,
  -- … and what its people are found by because of it.
  people_marks               bigint[] generated always as ((((place_marks(team_id, 'company place', city, state, country) || marks_of(team_id, 'industry', (array[industry, substr(md5(lower(industry)), 1, 24)] || secondary_industries))) || marks_of(team_id, 'employees', array[(magnitude((estimated_num_employees)::bigint))::text])) || marks_of(team_id, 'revenue', array[(magnitude(annual_revenue))::text]))) stored not null,
  website_url                text,
  blog_url                   text,
  angellist_url              text,
  linkedin_url               text,
  linkedin_uid               text,
  twitter_url                text,
  facebook_url               text,
  crunchbase_url             text,
  logo_url                   text,
  phone                      text,
  sanitized_phone            text,
  languages                  text[] not null default '{}',
  alexa_ranking              int,
  founded_year               int,
  publicly_traded_symbol     text,
  publicly_traded_exchange   text,
  retail_location_count      int,
  raw_address                text,
  street_address             text,
  postal_code                text,
  owned_by_organization_id   ident,
  seo_description            text,
  short_description          text,
  technologies               jsonb not null default '[]', -- [{uid, name, category}]
  funding_events             jsonb not null default '[]', -- [{id, date, news_url, type, investors, amount, currency}]
  departmental_head_count    jsonb not null default '{}',
  headcount_growth           jsonb not null default '{}', -- {"6": 0.1, "12": …, "24": …} in months
  last_refreshed_at          timestamptz not null,
  primary key (team_id, id),
  foreign key (team_id) references teams (id)
);
create index organizations_domain on organizations (team_id, domain) where domain is not null;
create unique index organizations_external on organizations (team_id, source, external_id) where external_id is not null;
create index organizations_linkedin on organizations (team_id, linkedin_key(linkedin_url)) where linkedin_url is not null;
create index organizations_marks on organizations using gin (marks);
create index organizations_name on organizations (team_id, lower(name));
create index organizations_words on organizations using gin (words gin_trgm_ops, team_id);
call guard_table('organizations');

create table score_formulas (
  team_id     ident primary key,
  version     ident not null, -- another one with every change: a run for an older one has no use
  signals     jsonb not null,
  out_of      int not null,
  marks       int[] not null,
  needs       text[] not null, -- what it looks at besides the contact's own row
  changed_at  timestamptz not null,
  changed_by  ident,
  aged_until  timestamptz not null, -- contacts whose score depends on the date were searched up to here
  ages_at     timestamptz, -- when they are searched again; null: the formula does not use the date
  check (out_of > 0),
  foreign key (team_id, changed_by) references users (team_id, id),
  foreign key (team_id) references teams (id)
);
call guard_table('score_formulas');

-- Each change adds rows in its own transaction, so no change waits for another. What commits after a contact was scored is scored
-- again. A company means all its contacts.
create table score_marks (
  team_id     ident not null,
  id          ident not null default new_ident(),
  contact_id  ident,
  account_id  ident,
  -- Scores are computed later, in the background. Their workflows follow from the change that marked the contact, so each mark keeps
  -- the workflows of its transaction.
  chain       text[] default string_to_array(NULLIF(current_setting('cadenza.chain', true), ''), ','),
  primary key (team_id, id),
  check (num_nonnulls(contact_id, account_id) = 1)
);
call guard_table('score_marks');

-- Addresses, domains and patterns that the team never mails. The address of a deleted contact is kept as a keyed hash: enough to
-- recognize it, not enough to read it.
create table suppressions (
  team_id        ident not null,
  id             ident not null,
  kind           text not null,
  value          text not null, -- in its one spelling (domain/contacts/suppression.ts)
  reason         text,
  source         text not null, -- 'person', 'import', 'unsubscribe', 'bounce', 'complaint', 'deletion'
  created_by     ident,
  created_at     timestamptz not null,
  in_force_from  timestamptz not null default cadenza_now(), -- since when it blocks emails; null: from the start
  primary key (team_id, id),
  check (kind in ('email', 'domain', 'pattern')),
  foreign key (team_id, created_by) references users (team_id, id),
  foreign key (team_id) references teams (id)
);
create unique index suppressions_value on suppressions (team_id, kind, value);
call guard_table('suppressions');

alter table account_field_values add foreign key (team_id, account_id) references accounts (team_id, id) on delete cascade;

alter table account_field_values add foreign key (team_id, field_id) references custom_fields (team_id, id) on delete cascade;

alter table account_labels add foreign key (team_id, account_id) references accounts (team_id, id) on delete cascade;

alter table account_labels add foreign key (team_id, label_id) references labels (team_id, id) on delete cascade;

alter table answer_hold_keys add foreign key (team_id, hold_id) references answer_holds (team_id, id) on delete cascade;

alter table answer_holds add foreign key (team_id, contact_id) references contacts (team_id, id) on delete set null (contact_id);

alter table contact_emails add foreign key (team_id, contact_id) references contacts (team_id, id) on delete cascade;

alter table contact_field_values add foreign key (team_id, contact_id) references contacts (team_id, id) on delete cascade;

alter table contact_field_values add foreign key (team_id, field_id) references custom_fields (team_id, id) on delete cascade;

alter table contact_labels add foreign key (team_id, contact_id) references contacts (team_id, id) on delete cascade;

alter table contact_labels add foreign key (team_id, label_id) references labels (team_id, id) on delete cascade;

alter table contact_phones add foreign key (team_id, contact_id) references contacts (team_id, id) on delete cascade;

alter table custom_field_options add foreign key (team_id, field_id) references custom_fields (team_id, id) on delete cascade;

alter table note_accounts add foreign key (team_id, note_id) references notes (team_id, id) on delete cascade;

alter table note_contacts add foreign key (team_id, note_id) references notes (team_id, id) on delete cascade;

-- A contact whose time zone changes no longer waits for the hours of the old one.
create function follow_time_zone() returns trigger language plpgsql as $$
begin
  update enrollments set plan_at = cadenza_now()
   where team_id = new.team_id and contact_id = new.id and state = 'active' and plan_at > cadenza_now() and due_at <= cadenza_now();
  update messages set next_check_at = cadenza_now()
   where team_id = new.team_id and contact_id = new.id and delivery = 'planned' and hold_code = 'outside_window'
     and next_check_at > cadenza_now();
  return null;
end
$$;

-- The history of a deleted row is deleted too.
create function forget_pasts() returns trigger language plpgsql as $$
declare
  teams text[];
  ids text[];
begin
  select array_agg(distinct team_id::text), array_agg(id::text) into teams, ids from rows_gone;
  if ids is not null then
    delete from row_history where team_id = any(teams) and subject_id = any(ids);
  end if;
  return null;
end
$$;

-- A contact that may be mailed again does not count as stopped from then on.
create function forget_stop() returns trigger language plpgsql as $$
begin
  new.stopped_at := null;
  return new;
end
$$;

-- A pause that the contact asked for is kept in the history and shown in the reporting views.
create function keep_contact() returns trigger language plpgsql as $$
begin
  insert into row_history (team_id, subject_id, until_at, was)
  values (old.team_id, old.id, cadenza_now(),
          jsonb_build_object('stage_id', old.contact_stage_id, 'owner_id', old.owner_id, 'account_id', old.account_id,
            'email_status', old.email_status, 'is_unsubscribed', coalesce(old.email_unsubscribed, false),
            'is_do_not_contact', old.do_not_contact, 'bounced_at', old.bounced_at, 'paused_until', old.paused_until,
            'has_email', old.email is not null));
  return null;
end
$$;

-- The contact is held until the end: a stage that changes meanwhile waits, and then finds it on the list.
create function know_listed_contact() returns trigger language plpgsql as $$
begin
  select contact_stage_id, created_at into new.contact_stage_id, new.contact_created_at
    from contacts where team_id = new.team_id and id = new.contact_id for share;
  if not found then
    raise foreign_key_violation using
      message = format('contact %s was deleted before it was on list %s', new.contact_id, new.label_id),
      table = 'contact_labels', constraint = 'contact_labels_team_id_contact_id_fkey';
  end if;
  return new;
end
$$;

create function mark_account() returns trigger language plpgsql as $$
begin
  if score_looks_at(new.team_id, 'account') then
    insert into score_marks (team_id, account_id) values (new.team_id, new.id);
  end if;
  return null;
end
$$;

create function mark_contact() returns trigger language plpgsql as $$
begin
  if tg_nargs = 0 or score_looks_at(new.team_id, tg_argv[0]) then
    insert into score_marks (team_id, contact_id) values (new.team_id, new.id);
  end if;
  return null;
end
$$;

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

create function mark_organization() returns trigger language plpgsql as $$
begin
  if score_looks_at(new.team_id, 'technologies') then
    insert into score_marks (team_id, account_id)
    select a.team_id, a.id from accounts a where a.team_id = new.team_id and a.organization_id = new.id;
  end if;
  return null;
end
$$;

-- Estimated from a few sampled pages; false where there are too few.
create function most_contacts_are_ours() returns boolean
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select coalesce(avg((team_id = current_team())::int) > 0.7, false) from contacts tablesample system (0.05);
  end;
grant create on schema public to cadenza_across;
alter function most_contacts_are_ours() owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function most_contacts_are_ours() from public;
grant execute on function most_contacts_are_ours() to cadenza_app;

-- Of two stops the first one counts.
create function note_stop() returns trigger language plpgsql as $$
begin
  if old.stopped_at is null
     or not (old.email_unsubscribed is true or old.do_not_contact or old.bounced_at is not null) then
    new.stopped_at := cadenza_now();
  end if;
  return new;
end
$$;

create function score_looks_at(team text, what text) returns boolean
  language sql stable
  return exists (select from score_formulas f where f.team_id = team and what = any (f.needs));

-- A row that is skipped for now is found again without a new event: it is behind the loop's place in the history.
create function teams_with_activity() returns table (team_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select t.id from teams t
      left join activity_cursors c on c.team_id = t.id
     where c.written_in > pg_snapshot_xmax(pg_current_snapshot()) -- from another server; and read from the beginning
        or exists (select from (
             select from events e
              where e.team_id = t.id and e.written_in < pg_snapshot_xmin(pg_current_snapshot())
                and (e.written_in, e.position) > (coalesce(c.written_in, '3'), coalesce(c.position, 0))
              order by e.written_in, e.position limit 1) news)
        or exists (select from set_aside a
                    where a.team_id = t.id and a.loop = 'follow-activity' and a.subject_id <> t.id
                      and a.until <= cadenza_now());
  end;
grant create on schema public to cadenza_across;
alter function teams_with_activity() owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function teams_with_activity() from public;
grant execute on function teams_with_activity() to cadenza_app;

create function teams_with_holds_over(at timestamptz) returns table (team_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select distinct h.team_id::text from answer_holds h where h.settled_at is null and h.until_at <= at;
  end;
grant create on schema public to cadenza_across;
alter function teams_with_holds_over(timestamp with time zone) owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function teams_with_holds_over(timestamp with time zone) from public;
grant execute on function teams_with_holds_over(timestamp with time zone) to cadenza_app;

create function teams_with_scores_to_follow(at timestamptz) returns table (team_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select t.id from teams t
     where exists (select from score_marks m where m.team_id = t.id)
        or exists (select from score_formulas f where f.team_id = t.id and f.ages_at <= at);
  end;
grant create on schema public to cadenza_across;
alter function teams_with_scores_to_follow(timestamp with time zone) owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function teams_with_scores_to_follow(timestamp with time zone) from public;
grant execute on function teams_with_scores_to_follow(timestamp with time zone) to cadenza_app;

create function tell_enrollments() returns trigger language plpgsql as $$
begin
  update enrollments set company_key = new.company_key where team_id = new.team_id and contact_id = new.id;
  return null;
end
$$;

create function tell_lists() returns trigger language plpgsql as $$
begin
  update contact_labels set contact_stage_id = new.contact_stage_id, contact_created_at = new.created_at
   where team_id = new.team_id and contact_id = new.id;
  return null;
end
$$;

-- People are counted company by company, because each company has values of its own. Few companies change at once.
create function tell_people() returns trigger language plpgsql as $$
declare
  company record;
begin
  for company in
    with changed as materialized (
      select n.team_id, n.id, n.people_marks, n.estimated_num_employees, n.annual_revenue,
             (o.people_marks, o.estimated_num_employees, o.annual_revenue)
             is distinct from (n.people_marks, n.estimated_num_employees, n.annual_revenue) as is_otherwise
        from before_change o full join after_change n on n.team_id = o.team_id and n.id = o.id
    )
    select * from changed where is_otherwise order by team_id, id
  loop
    update people
       set organization_marks = company.people_marks, organization_employees = company.estimated_num_employees,
           organization_revenue = company.annual_revenue
     where team_id = company.team_id and organization_id = company.id;
  end loop;
  return null;
end
$$;

create trigger contacts_elsewhere after update of time_zone on contacts for each row
  when (new.time_zone is distinct from old.time_zone) execute function follow_time_zone();

create trigger contacts_forgotten after delete on contacts
  referencing old table as rows_gone for each statement execute function forget_pasts();

create trigger contacts_kept after update on contacts for each row
  when ((old.contact_stage_id, old.owner_id, old.account_id, old.email_status, coalesce(old.email_unsubscribed, false),
         old.do_not_contact, old.bounced_at, old.paused_until, old.email is null)
        is distinct from
        (new.contact_stage_id, new.owner_id, new.account_id, new.email_status, coalesce(new.email_unsubscribed, false),
         new.do_not_contact, new.bounced_at, new.paused_until, new.email is null))
  execute function keep_contact();

create trigger contacts_stopped before update on contacts for each row
  when ((new.email_unsubscribed is true and old.email_unsubscribed is distinct from true)
     or (new.do_not_contact and not old.do_not_contact)
     or (new.bounced_at is not null and old.bounced_at is null))
  execute function note_stop();

create trigger contacts_welcome before update on contacts for each row
  when (new.stopped_at is not null and new.email_unsubscribed is not true and not new.do_not_contact and new.bounced_at is null)
  execute function forget_stop();

create trigger know_contact before insert on contact_labels
  for each row execute function know_listed_contact();

create trigger rule_changed after update of account_stage_id on accounts for each statement execute function note_rule_change();

create trigger rule_changed after update of account_id, contact_stage_id, email, email_status, email_unsubscribed, do_not_contact,
  bounced_at, paused_until, job_change_detected_at, time_zone on contacts for each statement execute function note_rule_change();

create trigger score_follows after update of name, domain, industry, estimated_num_employees, annual_revenue, founded_year,
    country, account_stage_id, organization_id on accounts
  for each row when (
    (old.name, old.domain, old.industry, old.estimated_num_employees, old.annual_revenue, old.founded_year, old.country,
     old.account_stage_id, old.organization_id)
    is distinct from
    (new.name, new.domain, new.industry, new.estimated_num_employees, new.annual_revenue, new.founded_year, new.country,
     new.account_stage_id, new.organization_id))
  execute function mark_account();

create trigger score_follows after update of technology_uids on organizations
  for each row when (old.technology_uids is distinct from new.technology_uids) execute function mark_organization();

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

create trigger score_follows_gone after delete on contact_labels referencing old table as changed
  for each statement execute function mark_many('lists', 'contact_id');

create trigger score_follows_gone after delete on account_labels referencing old table as changed
  for each statement execute function mark_many('account_lists', 'account_id');

create trigger score_follows_gone after delete on contact_field_values referencing old table as changed
  for each statement execute function mark_many('fields', 'contact_id');

create trigger score_follows_gone after delete on account_field_values referencing old table as changed
  for each statement execute function mark_many('account_fields', 'account_id');

create trigger score_follows_new after insert on contact_field_values referencing new table as changed
  for each statement execute function mark_many('fields', 'contact_id');

create trigger score_follows_new after insert on account_field_values referencing new table as changed
  for each statement execute function mark_many('account_fields', 'account_id');

create trigger score_follows_new after insert on account_labels referencing new table as changed
  for each statement execute function mark_many('account_lists', 'account_id');

create trigger score_follows_new after insert on contact_labels referencing new table as changed
  for each statement execute function mark_many('lists', 'contact_id');

create trigger score_follows_other after update on account_field_values referencing new table as changed
  for each statement execute function mark_many('account_fields', 'account_id');

create trigger score_follows_other after update on contact_field_values referencing new table as changed
  for each statement execute function mark_many('fields', 'contact_id');

create trigger tell_enrollments after update of company_key on contacts
  for each row when (old.company_key is distinct from new.company_key)
  execute function tell_enrollments();

create trigger tell_lists after update of contact_stage_id, created_at on contacts
  for each row when (old.contact_stage_id is distinct from new.contact_stage_id or old.created_at <> new.created_at)
  execute function tell_lists();

create trigger tell_people after update on organizations
  referencing old table as before_change new table as after_change
  for each statement execute function tell_people();
