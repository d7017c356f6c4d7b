-- Reference tables, loaded from migrations/seed at start. A code means the same for ever; what is
-- no longer in force keeps its row.
create table region (
    code       text not null primary key,
    level      bigint not null,
    name       text not null,
    parent     text not null,
    pinyin     text not null,
    aliases    text not null,
    longitude  double precision,
    latitude   double precision,
    valid_from date not null,
    valid_to   date,
    successor  text not null
);
create index region_parent on region (parent);

create table occupation (
    code       text not null primary key,
    level      bigint not null,
    name       text not null,
    parent     text not null,
    definition text not null,
    aliases    text not null,
    edition    text not null
);

create table industry (
    code   text not null primary key,
    level  bigint not null,
    name   text not null,
    parent text not null
);

create table education (
    code    text not null primary key,
    gbt4658 text not null,
    step    bigint not null,
    name_zh text not null,
    name_en text not null
);

create table skill_grade (
    code    text not null primary key,
    step    bigint not null,
    name_zh text not null,
    name_en text not null
);

create table contract_form (
    code    text not null primary key,
    name_zh text not null,
    name_en text not null
);

create table skill (
    code       text not null primary key,
    name_zh    text not null,
    name_en    text not null,
    aliases    text not null,
    occupation text not null,
    licence    boolean not null
);

create table term (
    key        text not null,
    region     text not null,
    value      double precision not null,
    unit       text not null,
    valid_from date not null,
    valid_to   date,
    basis      text not null,
    primary key (key, region, valid_from)
);

-- Which edition of a file stands in its table.
create table seed (
    name      text not null primary key,
    digest    text not null,
    loaded_at timestamptz not null
);
