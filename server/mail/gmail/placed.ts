// Under which labels of a mailbox at Gmail an email lies: the inbox, one of its tabs, spam, or none of them.

import type { ApiAccount, ApiCalls } from "../by-api/calls.ts";
import type { Fetched } from "../by-api/mailbox.ts";
import { troubleIn } from "../by-api/trouble.ts";
import type { PlacedMail } from "../placed-mails.ts";
import type { ServerClock } from "../server-clock.ts";
import { INBOX, SPAM, takenInAt, wholeOf } from "./labels.ts";
import { bare, LISTED, MESSAGE, type Message, messageIdOf, read } from "./messages.ts";

const TABS = ["promotions", "social", "updates", "forums"];
const HEADERS = ["Message-ID", "Authentication-Results"].map((name) => `metadataHeaders=${name}`).join("&");
const ARCHIVED = "All Mail"; // as Gmail calls it where an email has no label

export async function findPlacedAtGmail(
  calls: ApiCalls,
  account: ApiAccount,
  messageIds: readonly string[],
  clock: ServerClock,
): Promise<ReadonlyMap<string, PlacedMail>> {
  const found = new Map<string, PlacedMail>();
  for (const id of messageIds) {
    const message = await findOne(calls, account, id);
    if (message) found.set(id, placed(message, clock));
  }
  return found;
}

/** Wherever it lies now, in spam and trash too. */
export async function readKeptAtGmail(
  calls: ApiCalls,
  account: ApiAccount,
  messageId: string,
): Promise<Fetched> {
  const message = await findOne(calls, account, messageId);
  return message ? wholeOf(calls, account, { id: message.id, receivedAt: undefined }) : { is: "gone" };
}

async function findOne(calls: ApiCalls, account: ApiAccount, messageId: string) {
  const query = new URLSearchParams({
    maxResults: "10",
    includeSpamTrash: "true",
    q: `rfc822msgid:${bare(messageId)}`,
  });
  const answer = await calls.ask(account, { path: `/users/me/messages?${query}` });
  const listed = read(LISTED, answer);
  if (!listed) throw troubleIn(answer);
  for (const { id } of listed.messages ?? []) {
    const shown = await calls.ask(account, { path: `/users/me/messages/${id}?format=metadata&${HEADERS}` });
    if (shown.kind === "answered" && shown.status === 404) continue;
    const message = read(MESSAGE, shown);
    if (!message) throw troubleIn(shown);
    if (messageIdOf(message) === messageId) return message;
  }
  return null;
}

function placed({ labelIds, internalDate, payload }: Message, clock: ServerClock): PlacedMail {
  const labels = labelIds ?? [];
  const isInbox = labels.includes(INBOX);
  const isJunk = labels.includes(SPAM);
  const results = payload?.headers?.filter(({ name }) => name.toLowerCase() === "authentication-results");
  return {
    path: isInbox ? INBOX : isJunk ? SPAM : labels.includes("TRASH") ? "TRASH" : ARCHIVED,
    isInbox,
    isJunk,
    labels: [],
    tab: (isInbox && TABS.find((tab) => labels.includes(`CATEGORY_${tab.toUpperCase()}`))) || null,
    arrivedAt: clock.cameAt(takenInAt(internalDate)),
    authResults: (results ?? []).map(({ value }) => value),
  };
}
