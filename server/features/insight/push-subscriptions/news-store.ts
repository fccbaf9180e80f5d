// What a device is to be told: looked up at the moment of sending, with what its user may see then. A device is taken by setting
// `next_try_at` behind the longest that its calls may take; a result of an earlier take no longer counts.
//
// What was told stands in the row by its key, and only the last hour is looked at. So a reply that is written late by another
// process is not passed over, as it would be by a time up to which all was told.

import type { Db } from "../../../db/connect.ts";
import type { PushNews } from "../../../domain/insight/push-words.ts";
import { seesIncoming, seesNote } from "../../access/sharing/sight-store.ts";
import { notAside } from "../../events/set-aside/store.ts";
import { inCharge } from "../../receiving/incoming/search-store.ts";
import { IS_HIDDEN_TASK } from "../../work/tasks/store.ts";
import { DEVICE_COLUMNS, type DeviceRow } from "./store.ts";

/** `$2` is the time. Older news is not sent late. */
const SINCE = "greatest(s.tells_since, $2::timestamptz - interval '1 hour')";
const VIEWER = "(case when u.role = 'admin' then null else u.id end)";

const REPLY_KEY = "'reply ' || i.id";
const REPLIES = `from incoming_mails i
  join mailboxes b on b.team_id = i.team_id and b.id = i.mailbox_id
  left join contacts c on c.team_id = i.team_id and c.id = i.contact_id
 where i.team_id = $1 and s.wants_replies and i.kind = 'reply' and i.handled_at is null and i.received_at > ${SINCE}
   and (i.message_id is not null or i.contact_id is not null) and ${inCharge("s.user_id")} and ${seesIncoming(VIEWER, "i")}`;

/** A task that is put off and becomes due once more is news again. One that its own user made as due already is no news. */
const TASK_KEY = "'task ' || t.id || ' ' || extract(epoch from t.due_at)::bigint";
const TASKS = `from tasks t
 where t.team_id = $1 and s.wants_tasks and t.user_id = s.user_id and t.status = 'scheduled'
   and t.due_at > ${SINCE} and t.due_at <= $2::timestamptz
   and not (t.created_from is null and t.creator_id is not distinct from t.user_id and t.due_at <= t.created_at)
   and not (t.created_from is not distinct from 'sequence' and ${IS_HIDDEN_TASK})`;

const MENTION_KEY = "'mention ' || nm.note_id";
const MENTIONS = `from note_mentions nm
  join notes mn on mn.team_id = nm.team_id and mn.id = nm.note_id
  join users mb on mb.team_id = nm.team_id and mb.id = nm.mentioned_by
 where nm.team_id = $1 and s.wants_mentions and nm.user_id = s.user_id and nm.seen_at is null and nm.mentioned_at > ${SINCE}
   and ${seesNote(VIEWER, "mn")}`;

/** Where the note is read. A conversation has no page of its own. */
const MENTION_PAGE = `coalesce(
  (select '/contacts/' || x.contact_id || '?tab=notes' from note_contacts x where x.team_id = mn.team_id and x.note_id = mn.id order by 1 limit 1),
  (select '/deals/' || x.deal_id || '?tab=notes' from note_deals x where x.team_id = mn.team_id and x.note_id = mn.id order by 1 limit 1),
  (select '/companies/' || x.account_id || '?tab=notes' from note_accounts x where x.team_id = mn.team_id and x.note_id = mn.id order by 1 limit 1),
  '/')`;

const DEVICES = `push_subscriptions s
  join users u on u.team_id = s.team_id and u.id = s.user_id and u.deactivated_at is null`;

export async function teamsWithDevicesToTell(db: Db, now: Temporal.Instant) {
  const rows = await db.rows<{ teamId: string }>("select team_id from teams_with_devices_to_tell($1)", [now]);
  return rows.map(({ teamId }) => teamId);
}

/** Those that there is something new for. */
export function lockDevicesToTell(db: Db, teamId: string, now: Temporal.Instant) {
  return db.rows<{ id: string }>(
    `select s.id from ${DEVICES}
      where s.team_id = $1 and (s.next_try_at is null or s.next_try_at <= $2::timestamptz) and ${notAside("send-pushes", "s.id")}
        and (exists (select ${REPLIES} and ${REPLY_KEY} <> all(s.told)) or exists (select ${TASKS} and ${TASK_KEY} <> all(s.told))
             or exists (select ${MENTIONS} and ${MENTION_KEY} <> all(s.told)))
      order by s.id limit 50 for update of s skip locked`,
    [teamId, now],
  );
}

export type TakenDevice = { id: string; takenUntil: Temporal.Instant };

export function takeDevices(db: Db, teamId: string, ids: readonly string[], until: Temporal.Instant) {
  return db.rows<TakenDevice>(
    `update push_subscriptions set next_try_at = $3 where team_id = $1 and id = any($2::text[])
     returning id, next_try_at as taken_until`,
    [teamId, ids, until],
  );
}

/** Null where it was removed or replaced since it was taken, or its user was deactivated. */
export async function findTaken(db: Db, teamId: string, taken: TakenDevice, now: Temporal.Instant) {
  const params = [teamId, now, taken.id, taken.takenUntil];
  const isTaken = "s.team_id = $1 and s.id = $3 and s.next_try_at = $4";
  const device = await db.row<DeviceRow>(
    `select ${DEVICE_COLUMNS} from ${DEVICES} where ${isTaken} and $2::timestamptz is not null`,
    params,
  );
  if (!device) return null;
  const news = await db.rows<PushNews & { isTold: boolean }>(
    `select n.*, n.key = any(s.told) as is_told from ${DEVICES}
      cross join lateral (
        select 'reply' as kind, ${REPLY_KEY} as key, '/inbox?open=' || i.id as page, coalesce(i.contact_id, i.id) as about,
               coalesce(c.name, i.from_name, i.from_email) as name, i.received_at as at ${REPLIES}
        union all
        select 'task', ${TASK_KEY}, '/tasks', t.id, null, t.due_at ${TASKS}
        union all
        select 'mention', ${MENTION_KEY}, ${MENTION_PAGE}, mn.id, coalesce(nullif(concat_ws(' ', mb.first_name, mb.last_name), ''), mb.email), nm.mentioned_at ${MENTIONS}) n
      where ${isTaken} order by n.at, n.key`,
    params,
  );
  return { device, news };
}

type Told = {
  /** Everything of the last hour that it has been told by now. */
  told: readonly string[];
  hasDelivered: boolean;
  failures: number;
  /** Null: at once, when there is something. */
  nextTryAt: Temporal.Instant | null;
};

export function noteTold(
  db: Db,
  teamId: string,
  { id, takenUntil }: TakenDevice,
  { told, hasDelivered, failures, nextTryAt }: Told,
  now: Temporal.Instant,
) {
  return db.run(
    `update push_subscriptions set told = $4, failures = $5, next_try_at = $6,
            last_delivered_at = case when $7 then $8::timestamptz else last_delivered_at end
      where team_id = $1 and id = $2 and next_try_at = $3`,
    [teamId, id, takenUntil, told, failures, nextTryAt, hasDelivered, now],
  );
}
