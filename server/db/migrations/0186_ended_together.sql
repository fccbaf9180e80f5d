-- Deleting a thousand contacts ended their enrollments one by one: each asked for tasks and drafts to withdraw, and each of its
-- mails was written by itself. They end together now; whoever goes another way is asked for cheaply whether there is anything.

create procedure end_enrollments(team text, contacts text[]) language plpgsql as $$
declare
  ids text[];
begin
  select array_agg(id::text) into ids from enrollments where team_id = team and contact_id = any(contacts);
  if ids is null then
    return;
  end if;
  call withdraw_tasks(array[team], ids, array_fill('removed'::text, array[cardinality(ids)]));
  update messages set enrollment_id = null where team_id = team and enrollment_id = any(ids);
  delete from enrollments where team_id = team and id = any(ids);
end
$$;

create or replace function withdraw_before_delete() returns trigger language plpgsql as $$
begin
  if exists (select from tasks t where t.team_id = old.team_id and t.enrollment_id = old.id
                and t.status = 'scheduled' and t.created_from = 'sequence')
     or exists (select from messages m where m.team_id = old.team_id and m.enrollment_id = old.id
                   and m.delivery = 'draft' and m.step_id is not null) then
    call withdraw_tasks(array[old.team_id::text], array[old.id::text], array['removed']);
  end if;
  return old;
end
$$;
