// In which folder of a mailbox at Microsoft an email lies, and whether the inbox shows it beside the first tab.

import { z } from "zod";
import type { ApiAccount, ApiCalls } from "../by-api/calls.ts";
import type { Fetched } from "../by-api/mailbox.ts";
import { troubleIn } from "../by-api/trouble.ts";
import type { PlacedMail } from "../placed-mails.ts";
import type { ServerClock } from "../server-clock.ts";
import { withLastingIds } from "./dialect.ts";
import { pathOf } from "./drafts.ts";
import { wholeOf } from "./folders.ts";

const FOLDERS = ["inbox", "junkemail", "archive", "deleteditems"] as const;
const ASKED_FOR =
  "$select=id,internetMessageId,receivedDateTime,inferenceClassification,internetMessageHeaders";

const PAGE = z.object({
  value: z
    .array(
      z.object({
        id: z.string().min(1).max(1000),
        internetMessageId: z.string().nullish(),
        receivedDateTime: z.string().max(40).nullish(),
        inferenceClassification: z.string().nullish(),
        internetMessageHeaders: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
      }),
    )
    .max(100),
});

export async function findPlacedAtGraph(
  calls: ApiCalls,
  account: ApiAccount,
  messageIds: readonly string[],
  clock: ServerClock,
): Promise<ReadonlyMap<string, PlacedMail>> {
  const found = new Map<string, PlacedMail>();
  for (const folder of FOLDERS)
    for (const id of messageIds.filter((one) => !found.has(one))) {
      const mail = await findOne(calls, account, folder, id);
      if (!mail) continue;
      const written = mail.internetMessageHeaders ?? [];
      const isResult = ({ name }: { name: string }) => name.toLowerCase() === "authentication-results";
      const isInbox = folder === "inbox";
      found.set(id, {
        authResults: written.filter(isResult).map(({ value }) => value),
        path: folder,
        isInbox,
        isJunk: folder === "junkemail",
        labels: [],
        tab: isInbox && mail.inferenceClassification === "other" ? "other" : null,
        arrivedAt: clock.cameAt(mail.receivedDateTime ?? undefined),
      });
    }
  return found;
}

/** Wherever it lies now. */
export async function readKeptAtGraph(
  calls: ApiCalls,
  account: ApiAccount,
  messageId: string,
): Promise<Fetched> {
  const mail = await findOne(calls, account, null, messageId);
  return mail ? wholeOf(calls, account, pathOf(mail.id)) : { is: "gone" };
}

/** `folder` null: in all of them. */
async function findOne(calls: ApiCalls, account: ApiAccount, folder: string | null, id: string) {
  const filter = encodeURIComponent(`internetMessageId eq '${id.replaceAll("'", "''")}'`);
  const place = folder === null ? "/me/messages" : `/me/mailFolders/${folder}/messages`;
  const answer = await calls.ask(account, {
    path: `${place}?$filter=${filter}&${ASKED_FOR}`,
    headers: withLastingIds(),
  });
  if (answer.kind === "answered" && answer.status === 404) return null; // not every mailbox has an archive
  const page =
    answer.kind === "answered" && answer.status === 200 ? PAGE.safeParse(answer.body).data : undefined;
  if (!page) throw troubleIn(answer);
  return page.value.find((one) => one.internetMessageId === id) ?? null;
}
