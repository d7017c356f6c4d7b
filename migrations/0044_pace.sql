-- Which employer somebody was shown to, and on which day of the office's calendar: the people of an
-- employer's day are counted by walking along the index from one to the next.
alter table look add column shown_to uuid;
alter table look add column shown_on date;
create index look_shown on look (shown_to, shown_on, jobseeker_id) where shown_to is not null;

-- What an administrator is told of: the account, token, address or employer that it comes from.
alter table notice add column source text;
create index notice_source on notice (source, made_at) where source is not null;

-- Who administers: a few among as many accounts as there are people.
create index membership_administrator on membership (role)
    where role in ('office_administrator', 'system_administrator');
