-- New posts that somebody may be told of: kept when a post passes the person's own bar, at most a few
-- a person and day. Telling is another deed.
create table matching_notice (
    jobseeker_id uuid        not null references jobseeker (id),
    vacancy_id   uuid        not null references vacancy (id),
    score        bigint      not null,
    version      bigint      not null,
    made_on      date        not null,
    made_at      timestamptz not null,
    primary key (jobseeker_id, vacancy_id)
);
create index matching_notice_vacancy on matching_notice (vacancy_id);
