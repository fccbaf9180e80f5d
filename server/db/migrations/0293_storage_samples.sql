-- How large the database was on each day, by kind of data: shows how fast it grows. Of the installation, not of a team.

create table storage_samples (
  day    date not null, -- UTC
  kind   text not null,
  bytes  bigint not null,
  primary key (day, kind)
);
grant insert, select, delete on storage_samples to cadenza_app;
