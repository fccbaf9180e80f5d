insert into written_by (system_identifier) select system_identifier::text from pg_control_system();

insert into history_began default values;

update written_by set unnamed_epoch = epoch;
