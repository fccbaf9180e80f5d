-- A file that is brought in may also hold JSON, one object to a line; its rows are counted from the first line on.

alter table imports add column format text not null default 'csv' check (format in ('csv', 'json_lines'));
alter table imports alter column delimiter drop not null;
alter table imports add constraint imports_delimiter check ((delimiter is null) = (format = 'json_lines'));
