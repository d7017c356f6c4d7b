-- Each event is bound to the one before it: `link` is a digest over that one's link and everything this
-- one says. `head` is the newest link. Events up to number `unbound` are from before there were links.
alter table event add column link text not null default '';
alter table event_clock add column head text not null default '';
alter table event_clock add column unbound bigint not null default 0;
update event_clock set unbound = seq;
