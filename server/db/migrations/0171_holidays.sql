-- Days on which the team does not work, and whose public holidays count for contacts whose country is not known.

alter table teams add column holiday_calendar text
  check (holiday_calendar = 'none' or holiday_calendar ~ '^[A-Z]{2}(-[A-Za-z0-9]{1,12})?$');

create table team_holidays (
  team_id     ident not null references teams (id),
  id          ident not null,
  name        text not null,
  starts_on   date not null,
  ends_on     date not null check (ends_on >= starts_on and ends_on - starts_on < 60),
  every_year  boolean not null default false,
  created_at  timestamptz not null,
  primary key (team_id, id)
);
call guard_table('team_holidays');
