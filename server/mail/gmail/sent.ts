// What a mailbox at Gmail has sent: whether these emails are among it, and what other programs sent from it.

import type { MailFromElsewhere } from "../../domain/contacts/sent-elsewhere.ts";
import type { ApiAccount, ApiCalls } from "../by-api/calls.ts";
import type { DraftState, FoundInSent } from "../by-api/mailbox.ts";
import { troubleIn } from "../by-api/trouble.ts";
import type { InboxCursor } from "../inbox.ts";
import { keyOfSent, type SentCursor, type SentLook, type SoughtMail, soughtAs } from "../sent-mails.ts";
import type { ServerClock } from "../server-clock.ts";
import { stateOf } from "./drafts.ts";
import { pageOf, takenInAt } from "./labels.ts";
import { askFor, MESSAGE, messageIdOf, read, SENT, sentByMessageId } from "./messages.ts";

/** Nothing counts for longer. */
const COUNTS_FOR = { hours: 24 };
/** Each message is a call of its own; the rest is looked at next time. */
const MOST_PAGES = 5;

/** By the draft that each was, and by its Message-ID where that one is not to be found. */
export async function findAtGmail(
  calls: ApiCalls,
  account: ApiAccount,
  mails: readonly SoughtMail[],
): Promise<FoundInSent> {
  const found = new Set<string>();
  const unsent = new Set<string>();
  const unknown = new Set<string>();
  const sentAs = new Map<string, string>();
  for (const mail of mails) {
    const key = soughtAs(mail);
    const state =
      mail.draftId === null
        ? await withoutDraft(calls, account, mail)
        : await stateOf(calls, account, mail.draftId, mail);
    if (state.is === "draft") unsent.add(key);
    if (state.is === "unknown") unknown.add(key);
    if (state.is !== "sent") continue;
    found.add(key);
    if (state.messageId !== null) sentAs.set(key, state.messageId);
  }
  return { found, unsent, unknown, sentAs };
}

async function withoutDraft(calls: ApiCalls, account: ApiAccount, mail: SoughtMail): Promise<DraftState> {
  const messages = await sentByMessageId(calls, account, mail);
  if (!messages) return { is: "unknown" };
  const [message] = messages;
  return message ? { is: "sent", messageId: messageIdOf(message), threadId: null } : { is: "gone" };
}

export async function lookThroughSentAtGmail(
  calls: ApiCalls,
  account: ApiAccount,
  known: SentCursor | null,
  clock: ServerClock,
): Promise<SentLook> {
  const isKnown = known?.path === SENT;
  let cursor: InboxCursor = {
    path: SENT,
    uidValidity: 1,
    lastUid: 0,
    readsFrom: clock.now().subtract(COUNTS_FOR),
    position: isKnown ? (known.position ?? null) : null,
  };
  const mails: MailFromElsewhere[] = [];
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const page = await pageOf(calls, account, cursor, clock);
    if (page === "lost") {
      cursor = { ...cursor, position: null };
      continue;
    }
    for (const { id } of page.rows) {
      const answer = await askFor(calls, account, id);
      if (answer.kind === "answered" && answer.status === 404) continue;
      const message = read(MESSAGE, answer);
      if (!message) throw troubleIn(answer);
      const messageId = messageIdOf(message);
      const key = messageId === null ? keyOfSent("gmail", id) : keyOfSent("id", messageId);
      mails.push({ messageId, key, sentAt: clock.cameAt(takenInAt(message.internalDate)) });
    }
    cursor = { ...cursor, position: page.position };
    if (page.isLast) break;
  }
  return { cursor, mails };
}
