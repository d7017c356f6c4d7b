-- What the law asks of whoever does some work: a paper by name, since when, and where that stands.
create table statute (
    occupation    text not null,
    titles        text not null,
    except_titles text not null,
    skill         text not null,
    valid_from    date not null,
    valid_to      date,
    basis_zh      text not null,
    basis_en      text not null,
    note          text not null,
    primary key (occupation, titles, skill, valid_from)
);
