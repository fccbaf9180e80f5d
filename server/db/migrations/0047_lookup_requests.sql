-- What providers are told a lookup is: whoever goes on with one that stood still says the same, and is not charged again by a
-- provider that heeds it.
alter table lookup_claims add column request_id ident not null default new_ident();
