-- A ramp counts emails of a mailbox that its server refused at once: they were never released.
create index messages_refused on messages (team_id, mailbox_id, failed_at) where delivery = 'failed' and (has_bounced or is_spam_blocked);
