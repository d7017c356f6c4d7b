create function event_guard() returns trigger language plpgsql as $$
begin raise exception 'an event is never changed or deleted'; end $$;
create trigger event_never_changed before update or delete or truncate on event
for each statement execute function event_guard();
