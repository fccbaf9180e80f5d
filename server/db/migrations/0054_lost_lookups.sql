-- Which providers whoever holds a lookup has asked, and not yet written down what they said: where the holder is killed, they may
-- have been paid. Only whoever recognises a request it has had is asked again by itself.
alter table enrichment_providers add column heeds_request_ids boolean not null default false;
alter table lookup_claims add column asked ident[] not null default '{}';
