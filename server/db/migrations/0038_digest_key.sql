-- The key of digests, sealed: it stays when the key of secrets is changed, because what some digests are of nobody knows any more.
alter table installation add column digest_key bytea;
