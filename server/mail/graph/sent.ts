// What a mailbox at Microsoft has sent: whether these emails are among it, and what other programs sent from it.

import { z } from "zod";
import type { MailFromElsewhere } from "../../domain/contacts/sent-elsewhere.ts";
import type { ApiAccount, ApiCalls } from "../by-api/calls.ts";
import type { FoundInSent } from "../by-api/mailbox.ts";
import { troubleIn } from "../by-api/trouble.ts";
import { messageIdsIn } from "../header-block.ts";
import { keyOfSent, type SentCursor, type SentLook, type SoughtMail, soughtAs } from "../sent-mails.ts";
import type { ServerClock } from "../server-clock.ts";
import { withLastingIds } from "./dialect.ts";
import { isInSent, stateOf } from "./drafts.ts";

/** Nothing counts for longer. */
const COUNTS_FOR = { hours: 24 };
/** More than that at once no mailbox is allowed anyway. */
const MOST_PAGES = 25;
const AT_ONCE = 200;
/** Exchange may file an email a while after it was sent. */
const OVERLAP = { minutes: 10 };

const PAGE = z.object({
  value: z
    .array(
      z.object({
        id: z.string(),
        internetMessageId: z.string().nullish(),
        sentDateTime: z.string().max(40).nullish(),
      }),
    )
    .max(1_000),
  "@odata.nextLink": z.string().max(20_000).optional(),
});

/** By the draft that each was, and by its Message-ID where that one is not to be found. */
export async function findAtGraph(
  calls: ApiCalls,
  account: ApiAccount,
  mails: readonly SoughtMail[],
): Promise<FoundInSent> {
  const found = new Set<string>();
  const unsent = new Set<string>();
  const unknown = new Set<string>();
  const sentAs = new Map<string, string>();
  for (const mail of mails) {
    const state = mail.draftId === null ? null : await stateOf(calls, account, mail.draftId);
    if (state?.is === "draft") unsent.add(soughtAs(mail));
    if (state?.is === "sent") {
      found.add(soughtAs(mail));
      if (state.messageId !== null) sentAs.set(soughtAs(mail), state.messageId);
    }
    if (state?.is === "unknown") unknown.add(soughtAs(mail));
    if (state && state.is !== "gone") continue;
    const isThere = await isInSent(calls, account, mail);
    if (isThere) found.add(soughtAs(mail));
    if (isThere === null) unknown.add(soughtAs(mail));
  }
  return { found, unsent, unknown, sentAs };
}

export async function lookThroughSentAtGraph(
  calls: ApiCalls,
  account: ApiAccount,
  known: SentCursor | null,
  clock: ServerClock,
): Promise<SentLook> {
  const longAgo = clock.now().subtract(COUNTS_FOR);
  const seenTo = known?.position ? Temporal.Instant.from(known.position).subtract(OVERLAP) : longAgo;
  const from = Temporal.Instant.compare(seenTo, longAgo) > 0 ? seenTo : longAgo;
  const asked = from.subtract({ milliseconds: Math.round(clock.aheadMs()) });
  const at = asked.round({ smallestUnit: "second", roundingMode: "floor" });
  let path: string | undefined =
    `/me/mailFolders/sentitems/messages?$select=id,internetMessageId,sentDateTime&$filter=sentDateTime+ge+${at}&$orderby=sentDateTime&$top=${AT_ONCE}`;
  const mails: MailFromElsewhere[] = [];
  for (let pages = 0; path !== undefined && pages < MOST_PAGES; pages++) {
    const answer = await calls.ask(account, { path, headers: withLastingIds() });
    const isAnswered = answer.kind === "answered" && answer.status === 200;
    const page = isAnswered ? PAGE.safeParse(answer.body).data : undefined;
    if (!page) throw troubleIn(answer);
    for (const { id, internetMessageId, sentDateTime } of page.value) {
      const messageId = messageIdsIn([internetMessageId ?? ""], 2)[0] ?? null;
      const key = messageId === null ? keyOfSent("graph", id) : keyOfSent("id", messageId);
      mails.push({ messageId, key, sentAt: clock.cameAt(sentDateTime ?? undefined) });
    }
    path = page["@odata.nextLink"];
  }
  const last = mails.at(-1)?.sentAt ?? from;
  return { cursor: { path: "sentitems", uidValidity: 1, lastUid: 0, position: last.toString() }, mails };
}
