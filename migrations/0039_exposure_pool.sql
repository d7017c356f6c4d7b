-- How many of the best for a post its list of people goes round: a figure that an office may change.
alter table exposure_rule add column pool bigint not null default 100;

insert into exposure_rule (version, valid_from, views_per_head, views_per_application, usual_heads,
    window_days, step, most, within, reserved, long_months, due_days, pool, basis)
values (2, '2026-01-01', 50, 5, 3, 7, 2000, 10000, 20, 4, 12, 7, 400,
    'four hundred instead of the hundred best take turns');
