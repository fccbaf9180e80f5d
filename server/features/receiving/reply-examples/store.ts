// What people of a team said that answers were, and the mails on which they have decided.

import type { Db } from "../../../db/connect.ts";
import type { KeptMail } from "../../../domain/receiving/rereading.ts";
import { seesIncoming } from "../../access/sharing/sight-store.ts";

export type ExampleRow = {
  id: string;
  incomingMailId: string;
  contactId: string;
  subject: string | null;
  bodyText: string | null;
  wasKind: string;
  wasReplyClass: string | null;
  wasCertainty: string;
  kind: string;
  replyClass: string | null;
  returnsOn: Temporal.PlainDate | null;
  decidedBy: string | null;
  decidedAt: Temporal.Instant;
};

/** Of mails whose contact is still there. What it had been read as at first stays, whatever is said again. */
export function keepExample(db: Db, teamId: string, row: ExampleRow) {
  return db.run(
    `insert into reply_examples as e (team_id, id, incoming_mail_id, contact_id, subject, body_text, was_kind, was_reply_class,
            was_certainty, kind, reply_class, returns_on, decided_by, decided_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
     on conflict (team_id, incoming_mail_id) do update
        set kind = excluded.kind, reply_class = excluded.reply_class, returns_on = excluded.returns_on,
            decided_by = excluded.decided_by, decided_at = excluded.decided_at`,
    [
      ...[teamId, row.id, row.incomingMailId, row.contactId, row.subject, row.bodyText, row.wasKind],
      ...[row.wasReplyClass, row.wasCertainty, row.kind, row.replyClass, row.returnsOn, row.decidedBy],
      row.decidedAt,
    ],
  );
}

const ROW = `id, incoming_mail_id, contact_id, subject, body_text, was_kind, was_reply_class, was_certainty, kind, reply_class,
  returns_on, decided_by, decided_at`;

/** Of mails that the viewer sees, here and below; null sees all. */
const seen = (viewer: string) => `(${viewer}::text is null or exists (select from incoming_mails i
  where i.team_id = $1 and i.id = incoming_mail_id and ${seesIncoming(viewer, "i")}))`;

export async function listExamples(
  db: Db,
  teamId: string,
  wish: { contactId: string | null; viewerId: string | null; limit: number; offset: number },
) {
  const { contactId, viewerId, limit, offset } = wish;
  const rows = await db.rows<ExampleRow>(
    `select ${ROW} from reply_examples where team_id = $1 and ($2::text is null or contact_id = $2)
        and ${seen("$3")}
      order by decided_at desc, id desc limit $4 offset $5`,
    [teamId, contactId, viewerId, limit, offset],
  );
  const counted = await db.row<{ total: number }>(
    `select count(*) as total from reply_examples
      where team_id = $1 and ($2::text is null or contact_id = $2) and ${seen("$3")}`,
    [teamId, contactId, viewerId],
  );
  return { rows, total: counted?.total ?? 0 };
}

export function deleteExample(db: Db, teamId: string, id: string, viewerId: string | null) {
  return db.row<ExampleRow>(
    `delete from reply_examples where team_id = $1 and id = $2 and ${seen("$3")} returning ${ROW}`,
    [teamId, id, viewerId],
  );
}

type DecidedMail = KeptMail & { kind: string; replyClass: string | null };

/** Mails on which a person has decided what they were, the newest first. Reports are not among them: of those no words are kept. */
export async function decidedSince(
  db: Db,
  teamId: string,
  { since, limit, viewerId }: { since: Temporal.Instant; limit: number; viewerId: string | null },
) {
  const rows = await db.rows<DecidedMail & { sent: (KeptMail["sent"] & object) | null }>(
    `select i.id, i.contact_id, i.received_at, i.from_email, i.subject, i.body_text, i.tied_by, i.evidence, i.kind, i.reply_class,
            case when m.id is not null then jsonb_build_object('id', m.id, 'contactId', m.contact_id,
              'messageId', coalesce(m.internet_message_id, ''), 'to', coalesce(lower(m.to_email), ''),
              'subject', coalesce(m.subject, ''), 'opening', coalesce(left(m.body_text, 300), ''), 'token', m.token,
              'threadId', m.provider_thread_id) end as sent
       from incoming_mails i
       left join messages m on m.team_id = i.team_id and m.id = i.message_id
      where i.team_id = $1 and i.received_at >= $2 and i.contact_id is not null and i.body_text <> ''
        and i.kind in ('reply', 'unsubscribe', 'out_of_office', 'auto_reply')
        and coalesce(i.first_kind, i.kind) not in ('bounce', 'delay', 'receipt', 'complaint')
        and (i.overruled_at is not null
          or exists (select from answer_holds h where h.team_id = i.team_id and h.incoming_mail_id = i.id and h.settled_by is not null))
        and ${seesIncoming("$4", "i")}
      order by i.received_at desc, i.id desc limit $3`,
    [teamId, since, limit, viewerId],
  );
  return rows;
}
