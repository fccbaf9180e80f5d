-- Where the links of a test email lead. It belongs to no message, so nothing that its reader does is counted.

create table test_links (
  team_id    ident not null,
  token      text not null,
  urls       text[] not null, -- of /c/{token}/1, /c/{token}/2 ...
  created_at timestamptz not null,
  primary key (team_id, token),
  foreign key (team_id) references teams (id)
);
create unique index test_links_token on test_links (token);
create index test_links_old on test_links (team_id, created_at);
call guard_table('test_links');

grant create on schema public to cadenza_across;
create function find_test_links(wanted text) returns table (urls text[])
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select l.urls from test_links l where l.token = wanted;
  end;
alter function find_test_links(text) owner to cadenza_across;
revoke create on schema public from cadenza_across;
revoke execute on function find_test_links(text) from public;
grant execute on function find_test_links(text) to cadenza_app;
