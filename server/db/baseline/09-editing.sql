-- Sequences whose people are to be planned anew, because a schedule or a step's wait was changed; done in batches, by id.
create table replans (
  team_id      ident not null,
  sequence_id  ident not null,
  step_ids     text[], -- null: whichever step they wait at
  asked_at     timestamptz not null,
  done_until   text not null default '', -- the next batch begins after this id
  primary key (team_id, sequence_id),
  foreign key (team_id, sequence_id) references sequences (team_id, id) on delete cascade
);
call guard_table('replans');

-- An edit for future contacts leaves current contacts their steps: these become an earlier version of the sequence, and the
-- edit is new rows. No contact is moved, so it takes as long with a million contacts as with one, and an email under way finds its
-- step unchanged.
create table sequence_versions (
  team_id      ident not null,
  id           ident not null,
  sequence_id  ident not null,
  kept_at      timestamptz not null,
  kept_by      ident,
  primary key (team_id, id),
  foreign key (team_id, kept_by) references users (team_id, id),
  foreign key (team_id, sequence_id) references sequences (team_id, id) on delete cascade
);
create index sequence_versions_sequence on sequence_versions (team_id, sequence_id, kept_at);
call guard_table('sequence_versions');

alter table sequence_steps add foreign key (team_id, version_id) references sequence_versions (team_id, id) on delete cascade;

create procedure ask_to_replan(team text, sequence text, steps text[]) language plpgsql as $$
begin
  insert into replans as r (team_id, sequence_id, step_ids, asked_at) values (team, sequence, steps, cadenza_now())
  on conflict (team_id, sequence_id) do update
     set done_until = '',
         step_ids = case when r.step_ids is null or excluded.step_ids is null then null else r.step_ids || excluded.step_ids end;
end
$$;

-- An enrollment that could not be planned anew is tried again also where the request of its sequence is done.
create function teams_with_replans() returns table (team_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select r.team_id::text from replans r
    union
    select a.team_id::text from set_aside a
     where a.loop = 'replan' and a.subject_id <> a.team_id and a.until <= cadenza_now();
  end;
grant create on schema public to cadenza_across;
alter function teams_with_replans() owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function teams_with_replans() from public;
grant execute on function teams_with_replans() to cadenza_app;
