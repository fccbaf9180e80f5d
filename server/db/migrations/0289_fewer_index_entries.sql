-- An update leaves the indexes alone only while no indexed column changes, and the condition of an index counts as well. An attempt
-- changes twice for each email: the time of its release and its outcome are therefore in no index any more. The moment at which a first
-- copy was not found is set for few, and never lies before the release.
drop index send_attempts_first_copies;
create index send_attempts_first_copies on send_attempts (team_id, proved_absent_at) where proved_absent_at is not null;

-- By the address of the reader only emails are looked for that have no digest of its host: those from before digests were kept.
drop index messages_domain;
create index messages_domain on messages (team_id, lower(split_part(to_email, '@', 2)), released_at)
  where released_at is not null and host_digest is null;
