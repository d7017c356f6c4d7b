-- How lists are spread: versioned and dated, so that an office may change it.
create table exposure_rule (
    version               bigint not null primary key,
    valid_from            date   not null,
    views_per_head        bigint not null,
    views_per_application bigint not null,
    usual_heads           bigint not null,
    window_days           bigint not null,
    step                  bigint not null,
    most                  bigint not null,
    within                bigint not null,
    reserved              bigint not null,
    long_months           bigint not null,
    due_days              bigint not null,
    basis                 text   not null
);

insert into exposure_rule (version, valid_from, views_per_head, views_per_application, usual_heads,
    window_days, step, most, within, reserved, long_months, due_days, basis)
values (1, '2026-01-01', 50, 5, 3, 7, 2000, 10000, 20, 4, 12, 7,
    'fifty views a week for each person wanted; a fifth of a list for those who wait longest');

-- How often a post was on a list, by day. Nobody's looking is kept, only the sum.
create table exposure (
    vacancy_id uuid   not null references vacancy (id),
    day        date   not null,
    shown      bigint not null,
    primary key (vacancy_id, day)
);
create index exposure_day on exposure (day);

-- The last two days on which a person was on a list; not for which post, and not who looked.
create table recommended (
    jobseeker_id   uuid not null primary key references jobseeker (id),
    recommended_on date not null,
    before_on      date
);
