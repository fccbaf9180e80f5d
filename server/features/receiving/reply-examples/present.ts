import type { Evaluation } from "../../../domain/receiving/rereading.ts";
import { stored } from "../../../kernel/moments.ts";
import type { ExampleRow } from "./store.ts";

export function presentExample(row: ExampleRow) {
  return {
    id: row.id,
    incoming_mail_id: row.incomingMailId,
    contact_id: row.contactId,
    subject: row.subject,
    body_text: row.bodyText,
    was: { kind: row.wasKind, reply_class: row.wasReplyClass, certainty: row.wasCertainty },
    kind: row.kind,
    reply_class: row.replyClass,
    returns_on: row.returnsOn?.toString() ?? null,
    decided_by_user_id: row.decidedBy,
    decided_at: stored(row.decidedAt),
  };
}

export function presentEvaluation({ since, total, counts, table, differing }: Evaluation) {
  return {
    since: stored(since),
    num_decided: total,
    num_agreed: counts.agreed,
    num_held: counts.held,
    num_differed: counts.differed,
    table,
    differing: differing.map(({ id, ...one }) => ({ incoming_mail_id: id, ...one })),
  };
}
