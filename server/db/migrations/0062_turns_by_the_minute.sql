-- Turns are told by whole minutes, and of those who rank equal whoever was added first goes first: what came about in thousandths
-- of a second put two people in one order here and in another in a forecast. A score's point is a day, so 1,440 of them.
update messages set rank = floor(rank * 1440) where delivery = 'planned';
drop index messages_queue;
create index messages_queue on messages (team_id, mailbox_id, rank, enrollment_id, id) where delivery = 'planned' and is_queued;
