// What is added to a test email as it leaves: the same as to an email of a sequence. Its token belongs to no message, so opens and
// clicks are counted for nobody, and its unsubscribe link unsubscribes nobody.

import type { Db } from "../../../db/connect.ts";
import { dressMail } from "../../../domain/templates/dressing.ts";
import type { MailboxForSending } from "../../mailboxes/mailboxes/store.ts";
import { optOutLineOf } from "../links/store.ts";
import { keepTestLinks } from "./store.ts";

type UndressedTest = {
  html: string;
  text: string;
  token: string;
  linksAt: string;
  tracksOpens: boolean;
};

type Sender = Pick<MailboxForSending, "userId" | "clickTracking">;

export async function dressTestMail(
  { db, teamId, now }: { db: Db; teamId: string; now: Temporal.Instant },
  mail: UndressedTest,
  sender: Sender,
) {
  const line = await optOutLineOf(db, teamId, sender.userId);
  const unsubscribe = { line, plusAddress: null };
  const untracked = { tracksOpens: false, tracksClicks: false };
  // First the line, so that a link of its own is counted as in every email.
  const { html, text } = dressMail({ ...mail, ...untracked, unsubscribe });
  const dressed = dressMail({
    ...mail,
    html,
    text,
    tracksClicks: sender.clickTracking,
    unsubscribe: { line: null, plusAddress: null },
  });
  await keepTestLinks(db, teamId, { token: mail.token, urls: dressed.links }, now);
  return dressed;
}
