-- A contact that was deleted before it is on the list is reported as a missing reference, as the foreign key would: the caller
-- tries again, and then sees that the contact is gone. Before, its missing date was reported as a null that is not allowed.

create or replace function know_listed_contact() returns trigger language plpgsql as $$
begin
  select contact_stage_id, created_at into new.contact_stage_id, new.contact_created_at
    from contacts where team_id = new.team_id and id = new.contact_id for share;
  if not found then
    raise foreign_key_violation using
      message = format('contact %s was deleted before it was on list %s', new.contact_id, new.label_id),
      table = 'contact_labels', constraint = 'contact_labels_team_id_contact_id_fkey';
  end if;
  return new;
end
$$;
