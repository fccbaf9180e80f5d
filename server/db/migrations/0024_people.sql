-- People and companies of the world: the team's own store of whom it might write to, beside whom it knows already.
--
-- A search narrows by many things at once. So whoever is found carries a mark for each thing they can be found by: a number
-- made of the team, the kind and the value. One index of marks (GIN) then answers any combination, and no team's search
-- passes another's rows.

create function mark(team text, kind text, value text) returns bigint
  language sql immutable strict parallel safe
  return hashtextextended(team || ' ' || kind || ' ' || lower(btrim(value)), 0);

-- Written out rather than as queries: they run for every row that is written.
create function marks_of(team text, kind text, vals text[]) returns bigint[]
  language plpgsql immutable parallel safe
as $$
declare
  one text;
  found bigint[] := '{}';
begin
  foreach one in array coalesce(vals, '{}') loop
    if btrim(one) <> '' then found := found || mark(team, kind, one); end if;
  end loop;
  return found;
end
$$;

-- Half-steps of doubling, for finding a range of numbers by marks before it is looked at exactly.
create function magnitude(n bigint) returns int
  language sql immutable strict parallel safe
  return case when n <= 0 then -1 else floor(2 * ln(n) / ln(2) + 1e-9)::int end;

create function magnitude_marks(team text, kind text, lowest bigint, highest bigint) returns bigint[]
  language sql immutable parallel safe
  return (select coalesce(array_agg(mark(team, kind, m::text)), '{}')
            from generate_series(magnitude(coalesce(lowest, 0)), magnitude(coalesce(highest, 10000000000000))) as m);

-- A title as people mean it: abbreviations in full, no small words. `VP of Sales` is `vice president sales`.
create function plain_title(title text) returns text
  language plpgsql immutable strict parallel safe
as $$
declare
  word text;
  plain text;
begin
  foreach word in array string_to_array(regexp_replace(lower(title), '[^[:alnum:]+#]+', ' ', 'g'), ' ') loop
    continue when word in ('', 'of', 'the', 'and', 'for', 'in', 'at');
    plain := concat_ws(' ', plain, coalesce(
      '{"vp":"vice president","svp":"senior vice president","evp":"executive vice president","avp":"assistant vice president",
        "ceo":"chief executive officer","cfo":"chief financial officer","coo":"chief operating officer","cto":"chief technology officer",
        "cio":"chief information officer","cmo":"chief marketing officer","cro":"chief revenue officer","cpo":"chief product officer",
        "ciso":"chief information security officer","chro":"chief human resources officer","sr":"senior","jr":"junior","mgr":"manager",
        "dir":"director","eng":"engineer","ops":"operations","mktg":"marketing","hr":"human resources","it":"information technology",
        "md":"managing director","sdr":"sales development representative","bdr":"business development representative",
        "cofounder":"co founder"}'::jsonb ->> word, word));
  end loop;
  return plain;
end
$$;

create function title_marks(team text, title text) returns bigint[]
  language sql immutable parallel safe
  return marks_of(team, 'title word', string_to_array(plain_title(title), ' '));

create function plain_place(part text) returns text
  language plpgsql immutable strict parallel safe
as $$
declare
  plain text := nullif(lower(btrim(part)), '');
begin
  return coalesce('{"us":"united states","usa":"united states","u.s.":"united states","u.s.a.":"united states",
    "united states of america":"united states","uk":"united kingdom","u.k.":"united kingdom","great britain":"united kingdom",
    "uae":"united arab emirates","holland":"netherlands","the netherlands":"netherlands","deutschland":"germany","sverige":"sweden",
    "norge":"norway","danmark":"denmark","suomi":"finland","czechia":"czech republic"}'::jsonb ->> plain, plain);
end
$$;

-- What somebody asks for: `Chicago, US` as `chicago, united states`.
create function place_asked(place text) returns text
  language sql immutable parallel safe
  return (select string_agg(plain_place(part), ', ' order by n)
            from string_to_table(place, ',') with ordinality as t (part, n) where btrim(part) <> '');

-- A place is found by each of its parts, and by what people put together of them.
create function place_marks(team text, kind text, city text, state text, country text) returns bigint[]
  language plpgsql immutable parallel safe
as $$
declare
  c text := plain_place(city);
  s text := plain_place(state);
  n text := plain_place(country);
begin
  return array_remove(array[mark(team, kind, c), mark(team, kind, s), mark(team, kind, n), mark(team, kind, c || ', ' || s),
    mark(team, kind, c || ', ' || n), mark(team, kind, s || ', ' || n), mark(team, kind, c || ', ' || s || ', ' || n)], null);
end
$$;

-- One profile has many addresses: with and without a scheme, a country, a slash, or what was clicked.
create function linkedin_key(url text) returns text
  language sql immutable parallel safe
  return nullif(rtrim(regexp_replace(regexp_replace(lower(btrim(url)), '[?#].*$', ''), '^(https?:)?(//)?([a-z0-9-]+\.)?linkedin\.com/', ''), '/'), '');

create function email_md5(email text) returns text
  language sql immutable parallel safe
  return md5(lower(email));
create function email_sha256(email text) returns text
  language sql immutable parallel safe
  return encode(sha256(replace(lower(email), '\', '\\')::bytea), 'hex');

create table organizations (
  team_id                  ident not null references teams (id),
  id                       ident not null,
  created_at               timestamptz not null,
  updated_at               timestamptz not null,
  words                    text generated always as (lower(coalesce(name, '') || ' ' || coalesce(domain, ''))) stored,
  name                     text,
  domain                   text, -- bare and in lower case
  source                   text not null, -- who says all this: `csv`, `sample`, the name of a provider
  external_id              text, -- what they call it
  industry                 text,
  -- Apollo's clients send these. The same industry has the same one everywhere.
  industry_tag_id          text generated always as (substr(md5(lower(industry)), 1, 24)) stored,
  estimated_num_employees  int,
  annual_revenue           bigint,
  total_funding            bigint,
  latest_funding_amount    bigint,
  latest_funding_round_date date,
  latest_funding_stage     text,
  num_jobs                 int not null default 0, -- kept by whoever writes job postings
  city                     text,
  state                    text,
  country                  text,
  technology_uids          text[] not null default '{}',
  keywords                 text[] not null default '{}',
  secondary_industries     text[] not null default '{}',
  -- What the company is found by …
  marks                    bigint[] not null generated always as (
                             place_marks(team_id, 'company place', city, state, country)
                             || marks_of(team_id, 'industry', array[industry, substr(md5(lower(industry)), 1, 24)] || secondary_industries)
                             || marks_of(team_id, 'technology', technology_uids)
                             || marks_of(team_id, 'keyword', keywords)
                             || marks_of(team_id, 'employees', array[magnitude(estimated_num_employees)::text])
                             || marks_of(team_id, 'revenue', array[magnitude(annual_revenue)::text])
                             || marks_of(team_id, 'domain', array[domain])) stored,
  -- … and what its people are found by because of it.
  people_marks             bigint[] not null generated always as (
                             place_marks(team_id, 'company place', city, state, country)
                             || marks_of(team_id, 'industry', array[industry, substr(md5(lower(industry)), 1, 24)] || secondary_industries)
                             || marks_of(team_id, 'employees', array[magnitude(estimated_num_employees)::text])
                             || marks_of(team_id, 'revenue', array[magnitude(annual_revenue)::text])) stored,
  website_url              text,
  blog_url                 text,
  angellist_url            text,
  linkedin_url             text,
  linkedin_uid             text,
  twitter_url              text,
  facebook_url             text,
  crunchbase_url           text,
  logo_url                 text,
  phone                    text,
  sanitized_phone          text,
  languages                text[] not null default '{}',
  alexa_ranking            int,
  founded_year             int,
  publicly_traded_symbol   text,
  publicly_traded_exchange text,
  retail_location_count    int,
  raw_address              text,
  street_address           text,
  postal_code              text,
  owned_by_organization_id ident,
  seo_description          text,
  short_description        text,
  technologies             jsonb not null default '[]', -- [{uid, name, category}]
  funding_events           jsonb not null default '[]', -- [{id, date, news_url, type, investors, amount, currency}]
  departmental_head_count  jsonb not null default '{}',
  headcount_growth         jsonb not null default '{}', -- {"6": 0.1, "12": …, "24": …} in months
  last_refreshed_at        timestamptz not null,
  primary key (team_id, id)
);
create unique index organizations_external on organizations (team_id, source, external_id) where external_id is not null;
create index organizations_domain on organizations (team_id, domain) where domain is not null;
create index organizations_linkedin on organizations (team_id, linkedin_key(linkedin_url)) where linkedin_url is not null;
create index organizations_name on organizations (team_id, lower(name));
create index organizations_words on organizations using gin (words gin_trgm_ops, team_id);
create index organizations_marks on organizations using gin (marks);
call guard_table('organizations');

create table people (
  team_id                ident not null references teams (id),
  id                     ident not null,
  created_at             timestamptz not null,
  updated_at             timestamptz not null,
  words                  text generated always as (lower(coalesce(first_name, '') || ' ' || coalesce(last_name, '') || ' ' || coalesce(title, '') || ' ' ||
                           coalesce(organization_name, ''))) stored,
  marks                  bigint[] not null generated always as (
                           title_marks(team_id, title)
                           || marks_of(team_id, 'title', array[plain_title(title)])
                           || marks_of(team_id, 'seniority', array[seniority])
                           || marks_of(team_id, 'department', departments || subdepartments || functions)
                           || marks_of(team_id, 'email status', array[coalesce(email_status, 'unavailable')])
                           || place_marks(team_id, 'person place', city, state, country)) stored,
  -- The company's own, kept here by whoever writes people, and by the trigger below.
  organization_id        ident,
  organization_marks     bigint[] not null default '{}',
  organization_employees int,
  organization_revenue   bigint,
  first_name             text,
  last_name              text,
  name                   text generated always as (nullif(btrim(coalesce(first_name, '') || ' ' || coalesce(last_name, '')), '')) stored,
  title                  text,
  organization_name      text, -- as the source has it
  seniority              text,
  departments            text[] not null default '{}',
  subdepartments         text[] not null default '{}',
  functions              text[] not null default '{}',
  city                   text,
  state                  text,
  country                text,
  source                 text not null,
  external_id            text,
  email                  text,
  email_status           text check (email_status in ('verified', 'unverified', 'likely to engage', 'unavailable')),
  personal_emails        text[] not null default '{}',
  phones                 jsonb not null default '[]', -- [{number, type, status}]
  headline               text,
  linkedin_url           text,
  twitter_url            text,
  facebook_url           text,
  github_url             text,
  photo_url              text,
  time_zone              text,
  last_refreshed_at      timestamptz not null,
  primary key (team_id, id),
  foreign key (team_id, organization_id) references organizations (team_id, id) on delete set null (organization_id)
);
create unique index people_external on people (team_id, source, external_id) where external_id is not null;
create index people_linkedin on people (team_id, linkedin_key(linkedin_url)) where linkedin_url is not null;
create index people_email_md5 on people (team_id, email_md5(email)) where email is not null;
create index people_email_sha256 on people (team_id, email_sha256(email)) where email is not null;
create index people_organization on people (team_id, organization_id) where organization_id is not null;
create index people_words on people using gin (words gin_trgm_ops, team_id);
create index people_marks on people using gin (marks, organization_marks);
call guard_table('people');

-- Where somebody works and has worked, the latest first.
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
  primary key (team_id, person_id, position),
  foreign key (team_id, person_id) references people (team_id, id) on delete cascade
);
call guard_table('employments');

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
  marks            bigint[] not null generated always as (
                     title_marks(team_id, title) || place_marks(team_id, 'job place', city, state, country)) stored,
  primary key (team_id, id),
  foreign key (team_id, organization_id) references organizations (team_id, id) on delete cascade
);
create unique index job_postings_external on job_postings (team_id, source, external_id) where external_id is not null;
create index job_postings_organization on job_postings (team_id, organization_id, posted_at desc, id desc);
create index job_postings_posted on job_postings (team_id, posted_at, organization_id);
create index job_postings_marks on job_postings using gin (marks);
call guard_table('job_postings');

create table news_articles (
  team_id           ident not null references teams (id),
  id                ident not null,
  source            text not null,
  external_id       text,
  url               text,
  domain            text,
  title             text not null,
  snippet           text,
  published_at      timestamptz not null,
  event_categories  text[] not null default '{}',
  primary key (team_id, id)
);
create unique index news_articles_external on news_articles (team_id, source, external_id) where external_id is not null;
call guard_table('news_articles');

create table news_article_organizations (
  team_id          ident not null,
  organization_id  ident not null,
  article_id       ident not null,
  primary key (team_id, organization_id, article_id),
  foreign key (team_id, organization_id) references organizations (team_id, id) on delete cascade,
  foreign key (team_id, article_id) references news_articles (team_id, id) on delete cascade
);
create index news_article_organizations_article on news_article_organizations (team_id, article_id);
call guard_table('news_article_organizations');

-- A company that changed tells its people, all of them at once.
create function tell_people() returns trigger language plpgsql as $$
begin
  update people p
     set organization_marks = n.people_marks, organization_employees = n.estimated_num_employees, organization_revenue = n.annual_revenue
    from after_change n join before_change o on o.team_id = n.team_id and o.id = n.id
   where p.team_id = n.team_id and p.organization_id = n.id
     and (o.people_marks, o.estimated_num_employees, o.annual_revenue)
         is distinct from (n.people_marks, n.estimated_num_employees, n.annual_revenue);
  return null;
end
$$;
create trigger tell_people after update on organizations
  referencing old table as before_change new table as after_change
  for each statement execute function tell_people();

-- As for contacts: searches see the current team's rows by any index.
create view team_people as select * from people where team_id = current_team();
create view team_organizations as select * from organizations where team_id = current_team();
create view team_job_postings as select * from job_postings where team_id = current_team();
grant create on schema public to cadenza_across;
alter view team_people owner to cadenza_across;
alter view team_organizations owner to cadenza_across;
alter view team_job_postings owner to cadenza_across;
revoke create on schema public from cadenza_across;
grant select on team_people, team_organizations, team_job_postings to cadenza_app;
