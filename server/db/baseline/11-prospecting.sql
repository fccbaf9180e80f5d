create table address_checks (
  team_id     ident not null,
  contact_id  ident not null,
  email       text not null, -- what was checked: the contact may have another since
  status      text, -- null: nothing could be said
  code        text not null,
  evidence    jsonb not null,
  checked_at  timestamptz not null,
  primary key (team_id, contact_id),
  foreign key (team_id, contact_id) references contacts (team_id, id) on delete cascade
);
call guard_table('address_checks');

-- Where a person works and has worked, the latest first.
create table employments (
  team_id            ident not null,
  person_id          ident not null,
  position           int not null,
  organization_id    ident,
  organization_name  text,
  title              text,
  is_current         boolean not null default false,
  start_date         date,
  end_date           date,
  primary key (team_id, person_id, "position")
);
call guard_table('employments');

create table enrichment_providers (
  team_id            ident not null,
  id                 ident not null,
  name               text not null,
  kind               text not null,
  position           int not null,
  base_url           text, -- of a provider that speaks Apollo's API
  mapping            jsonb, -- of any other provider
  sealed_key         bytea not null,
  is_enabled         boolean not null default true,
  timeout_ms         int not null,
  retries            int not null,
  price              int not null, -- in credits, for an answer that finds something
  ceiling            int, -- credits for one person or company in 30 days; null: none
  failures           int not null default 0, -- in a row
  paused_until       timestamptz, -- it asked for peace, or is broken
  created_at         timestamptz not null,
  updated_at         timestamptz not null,
  -- Providers that the holder of a lookup has asked without storing an answer: if the holder is killed, they may have been paid. Only a
  -- provider that recognizes a repeated request is asked again automatically.
  heeds_request_ids  boolean not null default false,
  primary key (team_id, id),
  check (kind in ('apollo', 'http')),
  foreign key (team_id) references teams (id)
);
create unique index enrichment_providers_name on enrichment_providers (team_id, lower(name));
call guard_table('enrichment_providers');

create table enrichment_requests (
  team_id          ident not null,
  id               bigint not null,
  user_id          ident not null,
  type             text not null,
  wish             jsonb not null,
  webhook_url      text,
  status           text not null default 'pending',
  failure          text,
  result           jsonb,
  attempts         int not null default 0, -- to deliver it
  last_attempt_at  timestamptz,
  created_at       timestamptz not null,
  expires_at       timestamptz not null,
  primary key (team_id, id),
  check (status in ('pending', 'success', 'failed')),
  check (type in ('phone', 'waterfall')),
  foreign key (team_id) references teams (id),
  foreign key (team_id, user_id) references users (team_id, id)
);
create index enrichment_requests_age on enrichment_requests (team_id, expires_at);
create index enrichment_requests_open on enrichment_requests (team_id, created_at) where (status = 'pending') or ((webhook_url is not null) and (attempts = 0));
call guard_table('enrichment_requests');

create table import_byproducts (
  team_id      ident not null,
  import_id    ident not null,
  kind         text not null,
  record_id    ident not null,
  was_made     boolean not null,
  differences  jsonb not null default '[]', -- what was changed, first to last; of an article, the companies it was laid to
  touched_at   timestamptz not null,
  undone       text,
  primary key (team_id, import_id, kind, record_id),
  check (kind in ('account', 'organization', 'job_posting', 'article', 'label'))
);
call guard_table('import_byproducts');

create table import_pieces (
  team_id    ident not null,
  import_id  ident not null,
  position   int not null,
  content    bytea not null,
  primary key (team_id, import_id, "position")
);
call guard_table('import_pieces');

create table import_rows (
  team_id          ident not null,
  import_id        ident not null,
  row              int not null,
  verdict          text not null,
  code             text,
  record_id        ident,
  same_as          int, -- the first row about the same record
  enrollment       text,
  enrollment_code  text,
  touched_at       timestamptz not null,
  difference       jsonb, -- what was changed: before and after
  left_out         jsonb,
  undone           text,
  primary key (team_id, import_id, "row"),
  check (enrollment in ('enrolled', 'not_enrolled')),
  check (verdict in ('created', 'updated', 'unchanged', 'skipped'))
);
create index import_rows_record on import_rows (team_id, record_id, import_id) where record_id is not null;
call guard_table('import_rows');

create table imports (
  team_id           ident not null,
  id                ident not null, -- of its progress, too
  user_id           ident not null,
  kind              text not null,
  file_name         text,
  size              bigint not null,
  encoding          text not null,
  mark_length       int not null,
  delimiter         text,
  columns           jsonb not null, -- in the file's order: its name, and the field it goes to
  options           jsonb not null,
  total             int not null,
  last_row          int not null default 1, -- of the file: all up to it have had their turn
  created           int not null default 0,
  updated           int not null default 0,
  unchanged         int not null default 0,
  skipped           int not null default 0,
  enrolled          int not null default 0,
  not_enrolled      int not null default 0,
  codes             jsonb not null default '{}', -- how many rows ended with which
  enrollment_codes  jsonb not null default '{}',
  created_at        timestamptz not null,
  undo_id           ident, -- of the progress that takes it back
  undone_at         timestamptz,
  format            text not null default 'csv',
  primary key (team_id, id),
  constraint imports_delimiter check ((delimiter is null) = (format = 'json_lines')),
  check (format in ('csv', 'json_lines')),
  foreign key (team_id, id) references progress (team_id, id) on delete cascade,
  foreign key (team_id, undo_id) references progress (team_id, id),
  foreign key (team_id, user_id) references users (team_id, id)
);
create index imports_created on imports (team_id, created_at desc, id desc);
call guard_table('imports');

create table job_postings (
  team_id          ident not null,
  id               ident not null,
  organization_id  ident not null,
  source           text not null,
  external_id      text,
  title            text not null,
  url              text,
  city             text,
  state            text,
  country          text,
  posted_at        timestamptz not null,
  last_seen_at     timestamptz not null,
  marks            bigint[] generated always as ((title_marks(team_id, title) || place_marks(team_id, 'job place', city, state, country))) stored not null,
  primary key (team_id, id),
  foreign key (team_id, organization_id) references organizations (team_id, id) on delete cascade
);
create unique index job_postings_external on job_postings (team_id, source, external_id) where external_id is not null;
create index job_postings_marks on job_postings using gin (marks);
create index job_postings_organization on job_postings (team_id, organization_id, posted_at desc, id desc);
create index job_postings_posted on job_postings (team_id, posted_at, organization_id);
call guard_table('job_postings');

create table lookup_claims (
  team_id       ident not null,
  question      bytea not null, -- as in provider_calls
  holder        ident not null,
  held_until    timestamptz not null,
  -- The request id of the lookup. A process that continues it sends the same id, and a provider that honors ids does not charge
  -- twice.
  request_id    ident not null default new_ident(),
  -- The process that asks providers, and until when one may still answer. Others wait for it while it is alive, because an answer may
  -- cost credits.
  life          ident,
  asking_until  timestamptz,
  asked         ident[] not null default '{}',
  primary key (team_id, question),
  foreign key (team_id) references teams (id)
);
create index lookup_claims_holder on lookup_claims (team_id, holder);
call guard_table('lookup_claims');

create table mail_domains (
  team_id       ident not null,
  domain        text not null,
  told          jsonb, -- {"kind": "found", "hosts": […]}, {"kind": "null_mx"}, {"kind": "none"}
  told_at       timestamptz,
  is_catch_all  boolean,
  catch_all_at  timestamptz,
  probes        int not null default 0, -- in the hour from …
  probes_since  timestamptz,
  primary key (team_id, domain),
  foreign key (team_id) references teams (id)
);
call guard_table('mail_domains');

create table news_article_organizations (
  team_id          ident not null,
  organization_id  ident not null,
  article_id       ident not null,
  primary key (team_id, organization_id, article_id),
  foreign key (team_id, organization_id) references organizations (team_id, id) on delete cascade
);
create index news_article_organizations_article on news_article_organizations (team_id, article_id);
call guard_table('news_article_organizations');

create table news_articles (
  team_id           ident not null,
  id                ident not null,
  source            text not null,
  external_id       text,
  url               text,
  domain            text,
  title             text not null,
  snippet           text,
  published_at      timestamptz not null,
  event_categories  text[] not null default '{}',
  told_at           timestamptz, -- When the latest report of the article was published.
  primary key (team_id, id),
  foreign key (team_id) references teams (id)
);
create unique index news_articles_external on news_articles (team_id, source, external_id) where external_id is not null;
call guard_table('news_articles');

create table people (
  team_id                 ident not null,
  id                      ident not null,
  created_at              timestamptz not null,
  updated_at              timestamptz not null,
  words                   text generated always as (lower(((((((coalesce(first_name, '') || ' ') || coalesce(last_name, '')) || ' ') || coalesce(title, '')) || ' ') || coalesce(organization_name, '')))) stored,
  marks                   bigint[] generated always as ((((((title_marks(team_id, title) || marks_of(team_id, 'title', array[plain_title(title)])) || marks_of(team_id, 'seniority', array[seniority])) || marks_of(team_id, 'department', ((departments || subdepartments) || functions))) || marks_of(team_id, 'email status', array[coalesce(email_status, 'unavailable')])) || place_marks(team_id, 'person place', city, state, country))) stored not null,
  organization_id         ident, -- The company's own, kept up to date with each write of people and by the trigger below.
  organization_marks      bigint[] not null default '{}'::bigint[],
  organization_employees  int,
  organization_revenue    bigint,
  first_name              text,
  last_name               text,
  name                    text generated always as (NULLIF(btrim(((coalesce(first_name, '') || ' ') || coalesce(last_name, ''))), '')) stored,
  title                   text,
  organization_name       text, -- as the source has it
  seniority               text,
  departments             text[] not null default '{}',
  subdepartments          text[] not null default '{}',
  functions               text[] not null default '{}',
  city                    text,
  state                   text,
  country                 text,
  source                  text not null,
  external_id             text,
  email                   text,
  email_status            text,
  personal_emails         text[] not null default '{}',
  phones                  jsonb not null default '[]', -- [{number, type, status}]
  headline                text,
  linkedin_url            text,
  twitter_url             text,
  facebook_url            text,
  github_url              text,
  photo_url               text,
  time_zone               text,
  last_refreshed_at       timestamptz not null,
  primary key (team_id, id),
  check (email_status in ('verified', 'unverified', 'likely to engage', 'unavailable')),
  foreign key (team_id) references teams (id),
  foreign key (team_id, organization_id) references organizations (team_id, id) on delete set null (organization_id)
);
create index people_email_md5 on people (team_id, email_md5(email)) where email is not null;
create index people_email_sha256 on people (team_id, email_sha256(email)) where email is not null;
create unique index people_external on people (team_id, source, external_id) where external_id is not null;
create index people_linkedin on people (team_id, linkedin_key(linkedin_url)) where linkedin_url is not null;
create index people_marks on people using gin (marks, organization_marks);
create index people_organization on people (team_id, organization_id) where organization_id is not null;
create index people_words on people using gin (words gin_trgm_ops, team_id);
call guard_table('people');

-- The question is kept as a digest and the answer as the id of the record that got it: no personal data.
create table provider_calls (
  team_id      ident not null,
  id           ident not null,
  provider_id  ident not null,
  question     bytea not null,
  outcome      text not null,
  error        text,
  record_id    ident,
  price        int not null,
  took_ms      int not null,
  called_at    timestamptz not null,
  primary key (team_id, id),
  check (outcome in ('hit', 'miss', 'failed')),
  foreign key (team_id, provider_id) references enrichment_providers (team_id, id) on delete cascade
);
create index provider_calls_age on provider_calls (team_id, provider_id, called_at);
create index provider_calls_question on provider_calls (team_id, question, provider_id, called_at desc);
call guard_table('provider_calls');

create table verification_settings (
  team_id            ident primary key,
  probes             boolean not null default false, -- whether mail servers are asked for single addresses
  probe_from         text, -- who asks
  probes_per_domain  int not null default 20, -- in an hour
  check ((probes_per_domain >= 1) and (probes_per_domain <= 10000)),
  foreign key (team_id) references teams (id)
);
call guard_table('verification_settings');

alter table employments add foreign key (team_id, person_id) references people (team_id, id) on delete cascade;

alter table import_byproducts add foreign key (team_id, import_id) references imports (team_id, id) on delete cascade;

alter table import_pieces add foreign key (team_id, import_id) references imports (team_id, id) on delete cascade;

alter table import_rows add foreign key (team_id, import_id) references imports (team_id, id) on delete cascade;

alter table news_article_organizations add foreign key (team_id, article_id) references news_articles (team_id, id) on delete cascade;
