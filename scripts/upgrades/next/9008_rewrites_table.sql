alter table enrollments add column next_since timestamptz default clock_timestamp();
