-- What each check of a sending domain last proved, so that a change of it is told once: a name server that does not answer proves nothing.

alter table sending_domains add column standings jsonb not null default '{}';
