// The drafts that providers keep of emails until they are sent (Microsoft Graph, Gmail): by their ids it is known afterwards what became of
// each attempt.

import type { Db } from "../../../db/connect.ts";

type ProvidersDraft = { id: string; messageId: string | null; threadId: string | null };

/** Before the draft may be sent. `messageId`: by which replies will call it, where that is another id than ours. */
export function noteDraft(
  db: Db,
  teamId: string,
  attemptId: string,
  { id, messageId, threadId }: ProvidersDraft,
) {
  return db.run(
    `with attempt as (
       update send_attempts set draft_id = $3 where team_id = $1 and id = $2 and outcome is null returning message_id)
     update messages m set provider_message_id = coalesce($4, m.provider_message_id), provider_thread_id = coalesce($5, m.provider_thread_id)
       from attempt
      where m.team_id = $1 and m.id = attempt.message_id and m.attempt_id = $2 and m.delivery = 'claimed'
        and coalesce($4::text, $5::text) is not null`,
    [teamId, attemptId, id, messageId, threadId],
  );
}

/** By which Message-ID the provider sent it, found out later. */
export function noteSentAs(db: Db, teamId: string, sentAs: ReadonlyMap<string, string>) {
  if (sentAs.size === 0) return;
  return db.run(
    `update messages m set provider_message_id = n.sent_as
       from unnest($2::text[], $3::text[]) as n (id, sent_as)
      where m.team_id = $1 and m.id = n.id and m.internet_message_id <> n.sent_as`,
    [teamId, [...sentAs.keys()], [...sentAs.values()]],
  );
}

type EarlierDraft = { draftId: string | null; toEmail: string | null; token: string | null };

/** Of the attempt that is in doubt, where this email is about to be sent once more. */
export async function draftOfFirst(db: Db, teamId: string, messageId: string) {
  const row = await db.row<EarlierDraft>(
    `select a.draft_id, m.to_email, m.token from messages m
       left join send_attempts a on a.team_id = m.team_id and a.message_id = m.id and a.outcome = 'ambiguous'
      where m.team_id = $1 and m.id = $2
      order by a.started_at desc nulls last limit 1`,
    [teamId, messageId],
  );
  return row ?? { draftId: null, toEmail: null, token: null };
}
