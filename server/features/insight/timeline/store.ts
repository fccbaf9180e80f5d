// What happened with one contact, with an account and those who are its contacts now, or with a deal and those who have a part
// in it, told from eight tables. Each gives its own newest few by an index, then they are mixed.

import type { Db } from "../../../db/connect.ts";
import {
  seesConversation,
  seesIncoming,
  seesMessage,
  seesNote,
  seesSequence,
  seesTask,
} from "../../access/sharing/sight-store.ts";

export type TimelineKind = "event" | "message" | "incoming_mail" | "task" | "call" | "conversation" | "note";

export type TimelineEntry = {
  kind: TimelineKind;
  id: string;
  at: Temporal.Instant;
  atText: string; // to the microsecond, for the cursor
  place: string; // among what happened at the same instant
  type: string;
  userId: string | null;
  contactId: string | null;
  data: Record<string, unknown>;
  /** Whose it is, and which step of which sequence made it, as they are called now. */
  userName: string | null;
  sequenceName: string | null;
  stepPosition: number | null;
  /** The mailbox that an email is sent from. */
  sender: string | null;
  /** Of a record that came onto a list: its name, and through which event. */
  listed: { name: string | null; cause: string | null; apiKeyId: string | null } | null;
  fromStage: string | null;
  toStage: string | null;
};

export type TimelineOwner = "contact" | "account" | "deal";

const PEOPLE = "array(select id from contacts where team_id = $1 and account_id = $2)";
const DEALS = "array(select id from deals where team_id = $1 and account_id = $2)";
const PARTNERS = "array(select contact_id from deal_contacts where team_id = $1 and deal_id = $2)";

/** What is true of it now: an email that is tried again has not failed. */
const MAIL_AT =
  "coalesce(completed_at, case when status = 'failed' then failed_at end, due_at, failed_at, created_at)";

/** A deal that only moved is told once, and a change that changed nothing not at all. */
const MOVED = "(e.type <> 'deal.updated' or e.data -> 'changed' is distinct from '[]'::jsonb)";

/** The same for all: what names them in each table. */
const OF = {
  contact: {
    events: "e.subject_id = $2",
    enrolled: "= $2",
    mails: "contact_id = $2",
    rows: "contact_id = $2",
    incoming: "i.contact_id = $2",
    talked: "select conversation_id from conversation_participants where team_id = $1 and contact_id = $2",
    notes: "select note_id from note_contacts where team_id = $1 and contact_id = $2",
    lists: "select label_id, contact_id, added_at from contact_labels where team_id = $1 and contact_id = $2",
    noted: "$2::text",
  },
  account: {
    events: `(e.subject_id = $2 or e.subject_id = any (${PEOPLE}) or ${MOVED} and e.subject_id = any (${DEALS}))`,
    enrolled: `= any (${PEOPLE})`,
    mails: `(account_id = $2 or contact_id = any (${PEOPLE}))`,
    rows: `(account_id = $2 or contact_id = any (${PEOPLE}))`,
    incoming: `i.contact_id = any (${PEOPLE})`,
    talked: `select conversation_id from conversation_participants where team_id = $1 and contact_id = any (${PEOPLE})
            union select id from conversations where team_id = $1 and account_id = $2`,
    notes: `select note_id from note_accounts where team_id = $1 and account_id = $2
            union select note_id from note_contacts where team_id = $1 and contact_id = any (${PEOPLE})`,
    lists: `select label_id, null as contact_id, added_at from account_labels where team_id = $1 and account_id = $2
            union all
            select label_id, contact_id, added_at from contact_labels where team_id = $1 and contact_id = any (${PEOPLE})`,
    noted: "null",
  },
  // Which lists and sequences its contacts are in is a matter of theirs.
  deal: {
    events: `e.subject_id = $2 and ${MOVED}`,
    enrolled: "= any ('{}')",
    mails: `contact_id = any (${PARTNERS})`,
    rows: `(deal_id = $2 or contact_id = any (${PARTNERS}))`,
    incoming: `i.contact_id = any (${PARTNERS})`,
    talked: `select conversation_id from conversation_participants where team_id = $1 and contact_id = any (${PARTNERS})
            union select conversation_id from conversation_deals where team_id = $1 and deal_id = $2`,
    notes: "select note_id from note_deals where team_id = $1 and deal_id = $2",
    lists:
      "select null::ident as label_id, null::ident as contact_id, null::timestamptz as added_at where false",
    noted: "null",
  },
} as const;

// What one act has done happened at one instant: then the order in which it was written down counts.
const AMONG_EVENTS = "lpad(to_hex(e.position), 24, '0')";

const AMONG_LISTS = "left(md5(l.id || coalesce(m.contact_id, '')), 24)"; // many come onto a list at one instant

const seen = (sequenceId: string) => seesSequence("$7", sequenceId);

export function searchTimeline(
  db: Db,
  teamId: string,
  whose: TimelineOwner,
  id: string,
  search: {
    kinds: readonly TimelineKind[];
    after: { at: string; place: string } | null;
    limit: number;
    /** Null sees all; of sequences that are hidden from anybody else nothing is told. */
    viewerId: string | null;
  },
) {
  const of = OF[whose];
  return db.rows<TimelineEntry>(
    `with told as (
       (select 'event' as kind, e.id, ${AMONG_EVENTS} as place, e.occurred_at as at, e.type, e.user_id,
               case when e.subject_type = 'contact' then e.subject_id end as contact_id,
               jsonb_build_object('cause', e.cause, 'apiKeyId', e.api_key_id, 'data', e.data,
                 'userName', coalesce(nullif(concat_ws(' ', u.first_name, u.last_name), ''), u.email),
                 'subjectName', coalesce(c.name, c.email), 'sequenceName', s.name) as data
          from events e left join users u on u.team_id = e.team_id and u.id = e.user_id
               left join contacts c on c.team_id = e.team_id and c.id = e.subject_id
               left join sequences s on s.team_id = e.team_id and s.id = e.data ->> 'sequence_id'
         where e.team_id = $1 and ${of.events} and 'event' = any ($3::text[]) and ${seen("e.data ->> 'sequence_id'")}
           and ($4::timestamptz is null or (e.occurred_at, ${AMONG_EVENTS}) < ($4, $5::text))
         order by e.occurred_at desc, e.position desc limit $6)
       union all
       (select 'event', e.id, ${AMONG_EVENTS}, e.occurred_at, e.type, e.user_id, e.data ->> 'contact_id',
               jsonb_build_object('cause', e.cause, 'apiKeyId', e.api_key_id, 'data', e.data,
                 'userName', coalesce(nullif(concat_ws(' ', u.first_name, u.last_name), ''), u.email),
                 'subjectName', coalesce(c.name, c.email), 'sequenceName', s.name)
          from team_events e left join users u on u.team_id = e.team_id and u.id = e.user_id
               left join contacts c on c.team_id = e.team_id and c.id = e.data ->> 'contact_id'
               left join sequences s on s.team_id = e.team_id and s.id = e.data ->> 'sequence_id'
         where e.team_id = $1 and e.data ? 'contact_id' and e.data ->> 'contact_id' ${of.enrolled}
           and e.subject_type = 'enrollment' and 'event' = any ($3::text[]) and ${seen("e.data ->> 'sequence_id'")}
           and ($4::timestamptz is null or (e.occurred_at, ${AMONG_EVENTS}) < ($4, $5::text))
         order by e.occurred_at desc, e.position desc limit $6)
       union all
       (select 'event', l.id, ${AMONG_LISTS}, m.added_at, 'label.joined', null, m.contact_id,
               jsonb_build_object('name', l.name, 'label_id', l.id)
          from (${of.lists}) m join labels l on l.team_id = $1 and l.id = m.label_id
         where 'event' = any ($3::text[])
           and ($4::timestamptz is null or (m.added_at, ${AMONG_LISTS}) < ($4, $5::text))
         order by m.added_at desc, 3 desc limit $6)
       union all
       (select 'message', id, id, ${MAIL_AT}, coalesce(status, 'skipped'), user_id,
               contact_id, jsonb_build_object('subject', subject, 'to_email', to_email, 'sequenceId', sequence_id,
                 'stepId', step_id, 'mailboxId', mailbox_id, 'fromEmail', from_email,
                 'num_opens', num_opens, 'num_clicks', num_clicks, 'replied', replied_at is not null)
          from messages t
         where team_id = $1 and ${of.mails} and 'message' = any ($3::text[]) and ${seesMessage("$7", "t")}
           and delivery <> 'cancelled' -- it was withdrawn before it left: what ended the sequence is told instead
           and ($4::timestamptz is null or (${MAIL_AT}, id) < ($4, $5::text))
         order by 4 desc, id desc limit $6)
       union all
       (select 'incoming_mail', i.id, i.id, i.received_at, i.kind, null, i.contact_id,
               jsonb_build_object('subject', i.subject, 'from_email', i.from_email, 'certainty', i.certainty,
                 'reply_class', i.reply_class, 'bounce_class', i.bounce_class, 'returns_on', i.returns_on,
                 'emailer_message_id', i.message_id)
          from incoming_mails i
         where i.team_id = $1 and ${of.incoming} and 'incoming_mail' = any ($3::text[]) and ${seesIncoming("$7", "i")}
           and i.kind not in ('own', 'unrelated', 'list')
           and ($4::timestamptz is null or (i.received_at, i.id) < ($4, $5::text))
         order by i.received_at desc, i.id desc limit $6)
       union all
       (select 'task', id, id, coalesce(completed_at, skipped_at, created_at), type, user_id, contact_id,
               jsonb_build_object('status', status, 'title', title, 'note', note, 'priority', priority,
                 'sequenceId', sequence_id, 'stepId', step_id)
          from tasks t
         where team_id = $1 and ${of.rows} and 'task' = any ($3::text[]) and ${seesTask("$7", "t")}
           and ($4::timestamptz is null or (coalesce(completed_at, skipped_at, created_at), id) < ($4, $5::text))
         order by 4 desc, id desc limit $6)
       union all
       (select 'call', id, id, coalesce(started_at, created_at), coalesce(status, 'logged'), user_id, contact_id,
               jsonb_build_object('duration', duration, 'to_number', to_number, 'inbound', is_inbound, 'note', note)
          from calls
         where team_id = $1 and ${of.rows} and 'call' = any ($3::text[])
           and ($4::timestamptz is null or (coalesce(started_at, created_at), id) < ($4, $5::text))
         order by 4 desc, id desc limit $6)
       union all
       (select 'conversation', k.id, k.id, k.started_at, k.type, k.host_id, ${of.noted},
               jsonb_build_object('topic', k.topic, 'duration', k.duration)
          from conversations k
         where k.team_id = $1 and k.id in (${of.talked}) and 'conversation' = any ($3::text[])
           and ${seesConversation("$7", "k")}
           and ($4::timestamptz is null or (k.started_at, k.id) < ($4, $5::text))
         order by k.started_at desc, k.id desc limit $6)
       union all
       (select 'note', n.id, n.id, n.created_at, 'note', n.user_id, ${of.noted},
               jsonb_build_object('content', n.content, 'pinned', n.is_pinned)
          from notes n
         where n.team_id = $1 and n.id in (${of.notes}) and 'note' = any ($3::text[])
           and ${seesNote("$7", "n")}
           and ($4::timestamptz is null or (n.created_at, n.id) < ($4, $5::text))
         order by n.created_at desc, n.id desc limit $6)
     )
     select l.kind, l.id, l.place, l.at, l.at::text as at_text, l.type, coalesce(l.user_id, j.user_id) as user_id, l.contact_id, l.data,
            coalesce(nullif(concat_ws(' ', u.first_name, u.last_name), ''), u.email) as user_name,
            s.name as sequence_name, p.position as step_position,
            case when l.kind = 'message' then coalesce(l.data ->> 'fromEmail', b.email) end as sender,
            case when l.type = 'label.joined' then jsonb_build_object(
              'cause', j.cause, 'apiKeyId', j.api_key_id,
              'name', case when l.contact_id is null then (select a.name from accounts a where a.team_id = $1 and a.id = $2)
                           else (select coalesce(c.name, c.email) from contacts c where c.team_id = $1 and c.id = l.contact_id) end)
            end as listed,
            coalesce(fc.name, fa.name) as from_stage, coalesce(tc.name, ta.name) as to_stage
       from (select * from told order by at desc, place desc limit $6) l
            -- The event of a list names all that came onto it at that instant.
            left join lateral (
              select e.user_id, e.api_key_id, e.cause from events e
               where l.type = 'label.joined' and e.team_id = $1 and e.subject_id = l.data ->> 'label_id'
                 and e.type = 'label.records_added' and e.occurred_at = l.at
                 and e.data -> 'record_ids' ? coalesce(l.contact_id, $2)
               order by e.position desc limit 1) j on true
            left join users u on u.team_id = $1 and u.id = coalesce(l.user_id, j.user_id)
            left join sequences s on s.team_id = $1 and s.id = l.data ->> 'sequenceId' and ${seen("s.id")}
            left join sequence_steps p on p.team_id = $1 and p.id = l.data ->> 'stepId' and p.sequence_id = s.id
            left join mailboxes b on b.team_id = $1 and b.id = l.data ->> 'mailboxId'
            left join contact_stages fc on l.type = 'contact.stage_changed' and fc.team_id = $1 and fc.id = l.data -> 'data' ->> 'from'
            left join contact_stages tc on l.type = 'contact.stage_changed' and tc.team_id = $1 and tc.id = l.data -> 'data' ->> 'to'
            left join account_stages fa on l.type = 'account.stage_changed' and fa.team_id = $1 and fa.id = l.data -> 'data' ->> 'from'
            left join account_stages ta on l.type = 'account.stage_changed' and ta.team_id = $1 and ta.id = l.data -> 'data' ->> 'to'
      order by l.at desc, l.place desc`,
    [
      teamId,
      id,
      search.kinds,
      search.after?.at ?? null,
      search.after?.place ?? null,
      search.limit + 1,
      search.viewerId,
    ],
  );
}
