create index contacts_next_search on contacts using gin (last_name gin_trgm_ops);
