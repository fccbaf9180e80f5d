// What happened since a moment, kind by kind. Each kind is one statement of rows: Home counts them, and lists the same ones.
//
// Each statement starts from an index by time: `events_of_news` of these few types of events, and those of incoming mails,
// enrollments and tasks. $1 is the team, $2 the moment, $3 the viewer who may not see everything, $4 the user whose work alone is
// asked for, $5 the caller.

import type { Db } from "../../../db/connect.ts";
import { REASONS } from "../../../domain/enrollments/enrollment.ts";
import { seesIncoming, seesMessage, seesSequence, seesTask } from "../../access/sharing/sight-store.ts";
import type { PageBounds } from "../reports/behind-store.ts";

const CONTACT = "left join contacts c on c.team_id = $1 and c.id =";
const mine = (...conditions: string[]) => `($4::text is null or ${conditions.join(" or ")})`;
const ownsMailbox = (id: string) =>
  `exists (select from mailboxes mb where mb.team_id = $1 and mb.id = ${id} and mb.user_id = $4)`;

/** The last of these events about each subject. */
const lastEvents = (...types: string[]) =>
  `(select distinct on (x.subject_id) x.subject_id, x.type, x.occurred_at, x.data from events x
     where x.team_id = $1 and x.occurred_at >= $2::timestamptz and x.type in (${types.map((type) => `'${type}'`).join(", ")})
     order by x.subject_id, x.occurred_at desc) e`;

const NONE = { group: "null", contact: "null", title: "null" };

type NewsRows = { id: string; at: string; group: string; contact: string; title: string; from: string };

const deals = (which: string): NewsRows => ({
  ...NONE,
  id: "d.id",
  at: "e.occurred_at",
  title: "concat_ws(' · ', d.name, s.name)",
  from: `${lastEvents("deal.stage_changed")}
    join deals d on d.team_id = $1 and d.id = e.subject_id
    left join deal_stages s on s.team_id = $1 and s.id = d.stage_id
   where ${which} and ${mine("d.owner_id = $4")}`,
});

const mailboxes = (...types: string[]): NewsRows => ({
  ...NONE,
  id: "b.id",
  at: "e.occurred_at",
  title: "b.email",
  // A new mailbox had nothing to recover from.
  from: `${lastEvents("email_account.disconnected", "email_account.connected", "email_account.signed_in", "brake.set", "brake.lifted")}
    join mailboxes b on b.team_id = $1 and b.id = e.subject_id
   where e.type in (${types.map((type) => `'${type}'`).join(", ")}) and b.created_at < $2::timestamptz and ${mine("b.user_id = $4")}`,
});

const tasks = (from: string): NewsRows => ({
  ...NONE,
  id: "t.id",
  at: "t.created_at",
  contact: "t.contact_id",
  title: "t.title",
  from: `tasks t ${CONTACT} t.contact_id where t.team_id = $1 and ${seesTask("$3", "t")} and ${from}`,
});

const KINDS = {
  replies: {
    id: "i.id",
    at: "i.received_at",
    group: "coalesce(i.reply_class, 'none')",
    contact: "i.contact_id",
    title: "i.subject",
    from: `incoming_mails i
     where i.team_id = $1 and i.received_at >= $2::timestamptz and i.kind = 'reply' and i.counts
       and ${mine(ownsMailbox("i.mailbox_id"))} and ${seesIncoming("$3", "i")}`,
  },
  meetings: {
    ...NONE,
    id: "c.id",
    at: "e.occurred_at",
    contact: "c.id",
    title: "e.data ->> 'title'",
    from: `${lastEvents("contact.meeting_booked")}
      join contacts c on c.team_id = $1 and c.id = e.subject_id
     where exists (select from bookings k where k.team_id = $1 and k.contact_id = c.id and k.state = 'booked')
       and ${mine("c.owner_id = $4", "exists (select from bookings k join messages m on m.team_id = $1 and m.id = k.message_id where k.team_id = $1 and k.contact_id = c.id and m.user_id = $4)")}`,
  },
  bounces: {
    ...NONE,
    id: "m.id",
    at: "e.occurred_at",
    contact: "m.contact_id",
    title: "m.to_email",
    from: `${lastEvents("message.bounced", "message.spam_blocked")}
      join messages m on m.team_id = $1 and m.id = e.subject_id
     where (m.has_bounced or m.is_spam_blocked) and ${mine("m.user_id = $4", ownsMailbox("m.mailbox_id"))} and ${seesMessage("$3", "m")}`,
  },
  opt_outs: {
    ...NONE,
    id: "c.id",
    at: "e.occurred_at",
    contact: "c.id",
    from: `${lastEvents("contact.unsubscribed")}
      join contacts c on c.team_id = $1 and c.id = e.subject_id
     where c.email_unsubscribed
       and ${mine("c.owner_id = $4", "exists (select from messages m where m.team_id = $1 and m.id = e.data ->> 'message_id' and m.user_id = $4)")}`,
  },
  finished: {
    ...NONE,
    id: "n.id",
    at: "e.occurred_at",
    contact: "n.contact_id",
    title: "q.name",
    from: `${lastEvents("enrollment.finished")}
      join enrollments n on n.team_id = $1 and n.id = e.subject_id
      join sequences q on q.team_id = $1 and q.id = n.sequence_id
     where n.state = 'finished' and n.inactive_reason = '${REASONS.completedLastStep}' and n.replied_at is null
       and ${mine("n.added_by = $4", ownsMailbox("n.mailbox_id"))} and ${seesSequence("$3", "n.sequence_id")}`,
  },
  added: {
    id: "n.id",
    at: "n.added_at",
    group: "coalesce(n.added_by, 'none')",
    contact: "n.contact_id",
    title: "q.name",
    from: `enrollments n join sequences q on q.team_id = $1 and q.id = n.sequence_id
     where n.team_id = $1 and n.added_at >= $2::timestamptz and n.state <> 'removed'
       and ${mine("n.added_by = $4", ownsMailbox("n.mailbox_id"))} and ${seesSequence("$3", "n.sequence_id")}`,
  },
  deals_won: deals("s.is_won"),
  deals_lost: deals("s.is_closed and not s.is_won"),
  deals_moved: deals("not coalesce(s.is_won or s.is_closed, false)"),
  tasks_completed: {
    ...tasks(`t.status = 'completed' and t.completed_at >= $2::timestamptz and t.completed_by <> $5
      and ${mine("t.creator_id = $4", "c.owner_id = $4")}`),
    at: "t.completed_at",
    group: "t.completed_by",
  },
  tasks_assigned: {
    ...tasks(`t.created_at >= $2::timestamptz and t.user_id = $5 and t.creator_id <> $5 and t.status <> 'skipped'
      and t.created_from is distinct from 'sequence'`),
    group: "t.creator_id",
  },
  mailboxes_lost: mailboxes("email_account.disconnected", "brake.set"),
  mailboxes_back: mailboxes("email_account.connected", "email_account.signed_in", "brake.lifted"),
} as const satisfies Record<string, NewsRows>;

export type NewsKind = keyof typeof KINDS;
const NAMES = Object.keys(KINDS) as NewsKind[];

const rowsOf = (kind: NewsKind) => {
  const { id, at, group, contact, title, from } = KINDS[kind];
  return `select ${id}::text as id, ${at} as at, (${group})::text as "group", (${contact})::text as contact_id, (${title})::text as title from ${from}`;
};

/** A parameter that a kind does not use has a type all the same. */
const ASKED =
  "asked as (select $1::text as team, $2::timestamptz as since, $3::text as viewer, $4::text as whose, $5::text as caller)";

export type NewsScope = {
  since: Temporal.Instant;
  viewerId: string | null;
  userId: string | null;
  callerId: string;
};

const paramsOf = (teamId: string, { since, viewerId, userId, callerId }: NewsScope) => [
  ...[teamId, since, viewerId, userId, callerId],
];

export type NewsLine = { kind: NewsKind; group: string | null; groupName: string | null; count: number };

export function countNews(db: Db, teamId: string, scope: NewsScope) {
  const counts = NAMES.map(
    (kind, place) =>
      `select ${place} as place, '${kind}' as kind, r."group", count(*) as count from (${rowsOf(kind)}) r group by r."group"`,
  );
  return db.rows<NewsLine>(
    `with ${ASKED}, lines as (${counts.join("\n union all ")})
     select l.kind, l."group", l.count,
            (select coalesce(nullif(trim(concat_ws(' ', u.first_name, u.last_name)), ''), u.email) from users u
              where u.team_id = $1 and u.id = l."group") as group_name
       from lines l where l.count > 0
      order by l.place, l.count desc, l."group"`,
    paramsOf(teamId, scope),
  );
}

export type NewsRow = {
  id: string;
  at: Temporal.Instant;
  contactId: string | null;
  contactName: string | null;
  title: string | null;
};

/** The latest first. Without a group, those of all groups. */
export async function listNews(
  db: Db,
  teamId: string,
  scope: NewsScope,
  { kind, group }: { kind: NewsKind; group: string | null },
  { limit, offset }: PageBounds,
) {
  const rows = await db.rows<NewsRow & { total: number }>(
    `with ${ASKED}, found as (select * from (${rowsOf(kind)}) r where $6::text is null or coalesce(r."group", 'none') = $6)
     select f.id, f.at, f.contact_id, f.title, t.total, coalesce(k.name, k.email) as contact_name
       from (select count(*) as total from found) t
       left join lateral (select * from found order by at desc, id limit $7 offset $8) f on true
       left join contacts k on k.team_id = $1 and k.id = f.contact_id
      order by f.at desc, f.id`,
    [...paramsOf(teamId, scope), group, limit, offset],
  );
  return { rows: rows.filter(({ id }) => id !== null), total: rows[0]?.total ?? 0 };
}
