-- A variant of a later step may be written for whoever was sent a variant of an earlier one. Where that one is taken away, it goes with
-- none any more; whether what is named is of an earlier step is asked when everything is written, as a list of steps is written whole.
alter table step_touches add column goes_with_touch_id ident,
  add foreign key (team_id, goes_with_touch_id) references step_touches (team_id, id)
    on delete set null (goes_with_touch_id) deferrable initially deferred;
create index step_touches_goes_with on step_touches (team_id, goes_with_touch_id) where goes_with_touch_id is not null;

create or replace view reporting.variants as
  select t.id::text as variant_id, t.step_id::text, p.sequence_id::text,
         row_number() over (partition by t.team_id, t.step_id order by t.position, t.id) as place,
         t.type, t.status, t.weight, m.subject, t.goes_with_touch_id::text as goes_with_variant_id
    from public.step_touches t
    join public.sequence_steps p on p.team_id = t.team_id and p.id = t.step_id
    join public.templates m on m.team_id = t.team_id and m.id = t.template_id;
