-- Whom a profile is of, looked for by its address.
create index contacts_linkedin on contacts (team_id, linkedin_key(linkedin_url)) where linkedin_url is not null;
