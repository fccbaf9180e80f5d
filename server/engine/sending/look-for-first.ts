// The first copy of a mail that is about to be sent once more, looked for in the mailbox's sent mail. Right before
// the gate, for it may have turned up since the last look. A copy that is found settles the mail, and the gate
// releases nothing.
//
// Where the provider still keeps the first copy as a draft, it is removed: from then on nothing can send it. Until that is certain,
// the second copy is not sent.

import type { ClaimedOutgoingMail } from "../../features/sending/outbox/claiming.ts";
import { draftOfFirst, noteSentAs } from "../../features/sending/outbox/drafts-store.ts";
import { proveSent } from "../../features/sending/outbox/reconciliation.ts";
import { soughtAs } from "../../mail/sent-mails.ts";
import { byEngine, type Engine } from "../running/engine.ts";
import { lookInSent, openForLooking } from "./reconcile.ts";

/** Whether the second copy may go to the gate. */
export async function lookForFirst(
  { app }: Pick<Engine, "app">,
  teamId: string,
  { slot, claim }: ClaimedOutgoingMail,
): Promise<boolean> {
  const { internetMessageId } = claim;
  if (internetMessageId === null) return true;
  const { draftId, toEmail, token } = await app.db.inTeam(teamId, (db) => draftOfFirst(db, teamId, slot.id));
  const mail = { hasImap: true, internetMessageId, draftId, toEmail, token };
  const sought = await lookInSent({ app }, teamId, slot.mailboxId, [mail]).catch((error) => {
    app.log.warn({ err: error, mailboxId: slot.mailboxId }, "the Sent folder could not be read");
    return null;
  });
  const key = soughtAs({ draftId, internetMessageId });
  if (sought?.found.has(key)) {
    const sentAs = sought.sentAs?.get(key);
    await app.db.inTeam(teamId, async (db) => {
      if (sentAs) await noteSentAs(db, teamId, new Map([[slot.id, sentAs]]));
      await proveSent(byEngine(app, db, teamId), [slot.id], "sent_folder");
    });
    return false;
  }
  if (draftId === null) return true;
  if (!sought || sought.unknown.has(key)) return false;
  if (!sought.unsent.has(key)) return true;
  const server = await openForLooking({ app }, teamId, slot.mailboxId);
  return server !== null && (await app.mail.removeDraft(server, draftId));
}
