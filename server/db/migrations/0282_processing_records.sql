-- What a team says of itself in its record of processing activities (article 30 of the GDPR). The rest of that record is read from the data.

create table processing_records (
  team_id                  ident primary key,
  controller               text not null default '',
  data_protection_officer  text not null default '',
  purposes                 text not null default '',
  transfers                text not null default '', -- to countries outside the European Economic Area
  security_measures        text not null default '',
  lawful_basis_field_id    ident, -- the field of contacts that holds the lawful basis
  updated_at               timestamptz not null,
  updated_by               ident,
  foreign key (team_id) references teams (id),
  foreign key (team_id, lawful_basis_field_id) references custom_fields (team_id, id) on delete set null (lawful_basis_field_id),
  foreign key (team_id, updated_by) references users (team_id, id)
);
call guard_table('processing_records');
