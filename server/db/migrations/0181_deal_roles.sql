-- Who of a deal's contacts is the main one, and when each got its role.
alter table deal_contacts
  add column is_primary boolean not null default false,
  add column created_at timestamptz not null default now(),
  add column updated_at timestamptz not null default now();

alter table deal_contacts no force row level security;
alter table deals no force row level security;
update deal_contacts r set created_at = d.created_at, updated_at = d.created_at
  from deals d where d.team_id = r.team_id and d.id = r.deal_id;
alter table deals force row level security;
alter table deal_contacts force row level security;
