-- What each check of a sending domain found over time: a row for each result that differs from the one before.
create table domain_findings (
  team_id        ident not null,
  domain         text not null,
  check_name     text not null,
  first_seen_at  timestamptz not null,
  last_seen_at   timestamptz not null,
  state          text not null,
  code           text not null,
  evidence       text, -- the record, or what else was found
  primary key (team_id, domain, check_name, first_seen_at),
  check (check_name in ('spf', 'dkim', 'dmarc', 'mx', 'blocklists', 'mta_sts', 'tls_reports', 'bimi')),
  check (state in ('good', 'missing', 'faulty', 'unset')),
  foreign key (team_id) references teams (id)
);
call guard_table('domain_findings');
