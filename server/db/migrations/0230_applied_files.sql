-- What files have written: which record has which key, and how the record was after the last apply. A record that is otherwise now was
-- edited in the app.
create table applied_files (
  team_id      ident not null,
  kind         text not null check (kind in ('sequence', 'schedule', 'ruleset', 'template')),
  key          text not null check (length(key) <= 100),
  sequence_id  ident,
  schedule_id  ident,
  ruleset_id   ident,
  template_id  ident,
  content      jsonb not null,
  applied_at   timestamptz not null,
  primary key (team_id, kind, key),
  foreign key (team_id, sequence_id) references sequences (team_id, id) on delete cascade,
  foreign key (team_id, schedule_id) references schedules (team_id, id) on delete cascade,
  foreign key (team_id, ruleset_id) references rulesets (team_id, id) on delete cascade,
  foreign key (team_id, template_id) references templates (team_id, id) on delete cascade,
  check (num_nonnulls(sequence_id, schedule_id, ruleset_id, template_id) = 1)
);
create unique index applied_files_sequence on applied_files (team_id, sequence_id);
create unique index applied_files_schedule on applied_files (team_id, schedule_id);
create unique index applied_files_ruleset on applied_files (team_id, ruleset_id);
create unique index applied_files_template on applied_files (team_id, template_id);
call guard_table('applied_files');
