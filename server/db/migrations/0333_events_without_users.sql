-- No query looks events up by the user alone: the audit log reads them in their order and compares key, application and user, and the
-- histories begin at a subject or a sequence. Each event of a change of many people was written into this index all the same.
drop index events_user;
