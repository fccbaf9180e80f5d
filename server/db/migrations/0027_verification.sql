-- Whether there is anybody at an address: what was found, when, and by what; and what is known of the domains asked.

create table verification_settings (
  team_id            ident not null references teams (id),
  probes             boolean not null default false, -- whether mail servers are asked for single addresses
  probe_from         text,                           -- who asks
  probes_per_domain  int not null default 20 check (probes_per_domain between 1 and 10000), -- in an hour
  primary key (team_id)
);
call guard_table('verification_settings');

create table mail_domains (
  team_id          ident not null references teams (id),
  domain           text not null,
  told             jsonb,       -- {"kind": "found", "hosts": […]}, {"kind": "null_mx"}, {"kind": "none"}
  told_at          timestamptz,
  is_catch_all     boolean,
  catch_all_at     timestamptz,
  probes           int not null default 0, -- in the hour from …
  probes_since     timestamptz,
  primary key (team_id, domain)
);
call guard_table('mail_domains');

create table address_checks (
  team_id     ident not null,
  contact_id  ident not null,
  email       text not null, -- what was checked: the contact may have another since
  status      text,          -- null: nothing could be said
  code        text not null,
  evidence    jsonb not null,
  checked_at  timestamptz not null,
  primary key (team_id, contact_id),
  foreign key (team_id, contact_id) references contacts (team_id, id) on delete cascade
);
call guard_table('address_checks');
