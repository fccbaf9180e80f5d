-- A mailbox that was disconnected and connected again for another user is another row with the same address. What is counted and held by
-- address is asked of the row that has the address now.
create function mailbox_of_address(team ident, mailbox ident) returns ident
  language sql stable
  return coalesce(
    (select now.id from mailboxes was
       join mailboxes now on now.team_id = was.team_id and lower(now.email) = lower(was.email) and now.revoked_at is null
      where was.team_id = team and was.id = mailbox and was.revoked_at is not null),
    mailbox);

-- Emails that wait for a brake, to be woken when it ends. Others are not in it.
create index messages_held_by_brakes on messages (team_id, (hold_evidence ->> 'brakeId'))
  where delivery = 'planned' and hold_code like 'brake:%';

-- An email that is judged again and held by the same, for the same reasons, is no news: a hold of weeks left a row for each look. Of other
-- holds next_check_at is when they end.
drop trigger messages_kept on messages;
create trigger messages_kept after update on messages for each row
  when (old.copy_of is null
        and (old.due_at is distinct from new.due_at or old.hold_code is distinct from new.hold_code
          or old.hold_code is not null and old.next_check_at is distinct from new.next_check_at
             and (old.hold_evidence is distinct from new.hold_evidence
               or old.hold_code not like 'brake:%' and old.hold_code not in
                  ('same_address_in_sequence', 'needs_review', 'inbox_unread', 'no_active_email_account'))
          or old.mailbox_id is distinct from new.mailbox_id
          or old.delivery <> new.delivery
             and not (old.delivery = 'planned' and new.delivery = 'claimed' or old.delivery = 'claimed' and new.delivery = 'dot'
                   or old.delivery = 'dot' and new.delivery = 'sent')))
  execute function keep_message();
