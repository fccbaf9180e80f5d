-- With which key or application a workflow or copilot was last saved or switched on: it may do what that one may, for as long as
-- that one lasts. Null in both: a person did it in the app.

alter table workflows
  add column api_key_id ident,
  add column grant_id   ident,
  add foreign key (team_id, api_key_id) references api_keys (team_id, id),
  add foreign key (team_id, grant_id) references oauth_grants (team_id, id);
alter table copilots
  add column api_key_id ident,
  add column grant_id   ident,
  add foreign key (team_id, api_key_id) references api_keys (team_id, id),
  add foreign key (team_id, grant_id) references oauth_grants (team_id, id);
