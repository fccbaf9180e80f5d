// What a language model may be told about a contact, and about a reply.

import type { Db } from "../../../db/connect.ts";
import type { OpenerFacts, ReplyText } from "../../../domain/receiving/model-prompts.ts";
import { gatherFacts } from "../../sequences/composing/store.ts";

/** By contact. Who is not of the team is not in it. */
export async function openerFactsOf(db: Db, teamId: string, contactIds: readonly string[]) {
  const { people } = await gatherFacts(db, teamId, { contactIds, mailboxIds: [], sequenceId: "" });
  return new Map(
    [...people].map(([id, { contact, account }]): [string, OpenerFacts] => [
      id,
      {
        firstName: contact.firstName,
        title: contact.title,
        headline: contact.headline,
        company: account?.name ?? contact.organizationName,
        industry: account?.industry ?? null,
        employees: account?.employees ?? null,
        city: contact.city,
        country: contact.country,
      },
    ]),
  );
}

export async function findReply(db: Db, teamId: string, id: string): Promise<ReplyText | null> {
  return db.row<ReplyText>(
    "select subject, coalesce(body_text, '') as text from incoming_mails where team_id = $1 and id = $2",
    [teamId, id],
  );
}
