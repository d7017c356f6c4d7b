-- What became of a new post that somebody may be told of: neither is said while it waits.
alter table matching_notice add column settled_at timestamptz;
alter table matching_notice add column told_on date;
-- what was found before anybody was told is not news any more
update matching_notice set settled_at = made_at;
create index matching_notice_waiting on matching_notice (made_at) where settled_at is null;

-- Whether somebody wants to hear of new posts that fit.
alter table notice_preference add column posts boolean not null default true;
create index membership_jobseeker on membership (jobseeker_id);
