-- Lists that an import made go with it, where nobody uses them.

alter table import_byproducts drop constraint import_byproducts_kind_check;
alter table import_byproducts add constraint import_byproducts_kind_check
  check (kind in ('account', 'organization', 'job_posting', 'article', 'label'));
