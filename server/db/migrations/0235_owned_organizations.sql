-- Which companies a company owns is asked whenever it is enriched.
create index organizations_owned on organizations (team_id, owned_by_organization_id)
  where owned_by_organization_id is not null;
