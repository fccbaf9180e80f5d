-- Faults of reading, of webhooks and of providers; and for those that happen now and then, how many calls they have met.
alter table sandbox_faults
  drop constraint sandbox_faults_place_check,
  add constraint sandbox_faults_place_check check (place in ('smtp', 'imap', 'api', 'webhook', 'provider')),
  add column met int not null default 0;
