-- A person is reminded of an email that gets no reply. A row goes as soon as it was looked at: with a task, or because there was a reply.

create table reply_reminders (
  team_id     ident not null,
  message_id  ident not null,
  user_id     ident not null, -- who is reminded
  after_days  int not null, -- after the email was sent
  primary key (team_id, message_id),
  check (after_days between 1 and 90),
  foreign key (team_id) references teams (id),
  foreign key (team_id, message_id) references messages (team_id, id) on delete cascade,
  foreign key (team_id, user_id) references users (team_id, id)
);
call guard_table('reply_reminders');

create function teams_with_reminders_due(at timestamptz) returns table (team_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select t.id from teams t
     where exists (select from reply_reminders r
                     join messages m on m.team_id = r.team_id and m.id = r.message_id
                    where r.team_id = t.id and m.delivery = 'sent'
                      and m.completed_at + r.after_days * interval '24 hours' <= at);
  end;
grant create on schema public to cadenza_across;
alter function teams_with_reminders_due(timestamp with time zone) owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function teams_with_reminders_due(timestamp with time zone) from public;
grant execute on function teams_with_reminders_due(timestamp with time zone) to cadenza_app;
