-- Meetings that contacts booked with another program (Cal.com, Calendly), as it reported them.

create table bookings (
  team_id       ident not null,
  id            ident not null,
  program       text not null,
  external_id   text not null, -- what the program calls the booking
  contact_id    ident not null,
  message_id    ident, -- the last email that the contact had been sent: it counts the meeting
  title         text,
  starts_at     timestamptz,
  state         text not null,
  booked_at     timestamptz not null,
  cancelled_at  timestamptz,
  primary key (team_id, id),
  unique (team_id, program, external_id),
  check (program in ('Cal.com', 'Calendly')),
  check (state in ('booked', 'cancelled')),
  check ((state = 'cancelled') = (cancelled_at is not null)),
  foreign key (team_id) references teams (id),
  foreign key (team_id, contact_id) references contacts (team_id, id) on delete cascade,
  foreign key (team_id, message_id) references messages (team_id, id) on delete set null (message_id)
);
create index bookings_contact on bookings (team_id, contact_id);
create index bookings_message on bookings (team_id, message_id) where message_id is not null;
call guard_table('bookings');
