-- A pause that somebody asked for is kept in the history, and told in the views for reports.
create or replace function keep_contact() returns trigger language plpgsql as $$
begin
  insert into pasts (team_id, subject_id, until_at, was)
  values (old.team_id, old.id, cadenza_now(),
          jsonb_build_object('stage_id', old.contact_stage_id, 'owner_id', old.owner_id, 'account_id', old.account_id,
            'email_status', old.email_status, 'is_unsubscribed', coalesce(old.email_unsubscribed, false),
            'is_do_not_contact', old.do_not_contact, 'bounced_at', old.bounced_at, 'paused_until', old.paused_until,
            'has_email', old.email is not null));
  return null;
end
$$;
drop trigger contacts_kept on contacts;
create trigger contacts_kept after update on contacts for each row
  when ((old.contact_stage_id, old.owner_id, old.account_id, old.email_status, coalesce(old.email_unsubscribed, false),
         old.do_not_contact, old.bounced_at, old.paused_until, old.email is null)
        is distinct from
        (new.contact_stage_id, new.owner_id, new.account_id, new.email_status, coalesce(new.email_unsubscribed, false),
         new.do_not_contact, new.bounced_at, new.paused_until, new.email is null))
  execute function keep_contact();

create or replace view reporting.contacts as
  select c.id::text as contact_id, c.account_id::text, c.owner_id::text, c.first_name, c.last_name, c.title,
         c.organization_name as company_name, c.email, c.email_status, s.name as stage, c.sanitized_phone as phone, c.city, c.state,
         c.country, c.time_zone, c.email_unsubscribed is true as is_unsubscribed, c.do_not_contact, c.bounced_at,
         array(select l.name from public.contact_labels h join public.labels l on l.team_id = h.team_id and l.id = h.label_id
                where h.team_id = c.team_id and h.contact_id = c.id order by lower(l.name)) as lists,
         c.last_activity_at, c.created_at, c.updated_at, c.paused_until
    from public.contacts c
    left join public.contact_stages s on s.team_id = c.team_id and s.id = c.contact_stage_id;
