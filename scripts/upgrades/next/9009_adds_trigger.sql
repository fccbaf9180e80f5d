create function next_nothing() returns trigger language plpgsql as $$ begin return null; end $$;
create trigger next_nothing after insert on messages for each statement execute function next_nothing();
