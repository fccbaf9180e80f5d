-- The language of the screen that a user has chosen; null: as the browser asks for it.
alter table users add column language text check (language in ('en', 'de', 'fr', 'es'));
