-- An incoming email leaves the inbox until a time, or is given to a teammate to answer.

alter table incoming_mails
  add column snoozed_until timestamptz, -- not in the inbox until then
  add column assigned_to ident; -- the teammate who is to answer; null: the owner of the mailbox or of the contact

alter table incoming_mails
  add foreign key (team_id, assigned_to) references users (team_id, id);
