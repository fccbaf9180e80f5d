-- An index of words takes in what is new as one list and sorts it in when the list has grown to 4 MB. Until then every search by
-- words, of every team, reads that list from end to end: of three thousand contacts that were changed, as long as the search
-- itself takes. So the lists are sorted in while they are short. They stay as they are for who writes: a file of thousands goes
-- in faster by long lists.
--
-- Only who owns an index may do so, so this works as its owner; what it says is how many pages it sorted in.
create function put_words_in_order() returns int
  language plpgsql security definer set search_path = public, pg_temp
as $$
begin
  perform set_config('lock_timeout', '200ms', true);
  if not pg_try_advisory_xact_lock(hashtextextended('putting words in order', 0)) then
    return 0; -- another engine is at it
  end if;
  return (select coalesce(sum(gin_clean_pending_list(c.oid)), 0)
            from pg_class c join pg_am a on a.oid = c.relam
           where c.relnamespace = 'public'::regnamespace and c.relkind = 'i' and a.amname = 'gin');
exception when lock_not_available then
  return 0; -- somebody is at work on one of them; it comes round again
end
$$;
revoke execute on function put_words_in_order() from public;
grant execute on function put_words_in_order() to cadenza_app;
