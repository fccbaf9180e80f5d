-- DMARC aggregate reports about the domains that a team sends from, read from its mailboxes. A report counts once, whichever mailbox it
-- came to and however often.
create table dmarc_reports (
  team_id             ident not null,
  id                  ident not null,
  domain              text not null, -- whose policy was followed: a sending domain, or the registered domain above it
  organization        text not null, -- who reports
  organization_email  text,
  report_id           text not null,
  from_email          text, -- whose mail it came with; anybody can send one
  begins_at           timestamptz not null,
  ends_at             timestamptz not null,
  received_at         timestamptz not null,
  policy              text not null,
  subdomain_policy    text,
  percent             int not null,
  dkim_alignment      text not null,
  spf_alignment       text not null,
  unread_rows         int not null,
  primary key (team_id, id),
  unique (team_id, domain, organization, report_id),
  check (policy in ('none', 'quarantine', 'reject')),
  check (subdomain_policy in ('none', 'quarantine', 'reject')),
  check (dkim_alignment in ('relaxed', 'strict')),
  check (spf_alignment in ('relaxed', 'strict')),
  foreign key (team_id) references teams (id)
);
create index dmarc_reports_of_domain on dmarc_reports (team_id, domain, begins_at);
call guard_table('dmarc_reports');

create table dmarc_sources (
  team_id          ident not null,
  dmarc_report_id  ident not null,
  place            int not null,
  ip               text, -- null: sources beyond the 1,000 with the most emails, added up
  emails           bigint not null,
  disposition      text not null,
  dkim_aligned     boolean not null,
  spf_aligned      boolean not null,
  dkim_result      text,
  dkim_domain      text,
  spf_result       text,
  spf_domain       text,
  header_from      text,
  reasons          text[] not null, -- why the receiver did not follow the policy
  primary key (team_id, dmarc_report_id, place),
  check (emails > 0),
  check (disposition in ('none', 'quarantine', 'reject')),
  foreign key (team_id, dmarc_report_id) references dmarc_reports (team_id, id) on delete cascade
);
call guard_table('dmarc_sources');

alter table retention_rules drop constraint retention_rules_kind_check;
alter table retention_rules add constraint retention_rules_kind_check
  check (kind in ('contacts', 'email_texts', 'reply_texts', 'call_notes', 'notes', 'conversations', 'dmarc_reports'));
