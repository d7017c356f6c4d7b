create trigger event_never_changed before update on event
begin select raise(abort, 'an event is never changed'); end;
create trigger event_never_deleted before delete on event
begin select raise(abort, 'an event is never deleted'); end;
