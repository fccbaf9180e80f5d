// Conversations of a period as one file. It is made when it is fetched, for the caller who fetches it: nobody reads what
// they may not see, and what was deleted meanwhile is not in it.

import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Act } from "../../../app.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { viewerIn } from "../../access/sharing/hiding.ts";
import { byCaller, record } from "../../events/events/store.ts";
import * as store from "./exports-store.ts";
import { conversationsShown } from "./shown.ts";

const MOST = 1_000;
const MOST_MEGABYTES = 50;

export async function askForExport(
  act: Act,
  { since, until, email }: { since: Temporal.Instant; until: Temporal.Instant; email: string },
) {
  const { db, now, caller } = act;
  if (Temporal.Instant.compare(since, until) >= 0) throw new Refusal("export_period_backwards");
  const forUserId = await store.userOfAddress(db, caller.teamId, email);
  if (!forUserId) throw new Refusal("export_address_unknown", { email });
  await refuseTooLarge(act, { since, until });
  const id = newId();
  await store.writeExport(db, caller.teamId, { id, since, until, userId: caller.userId, forUserId }, now);
  await record(byCaller(act), {
    type: "conversation.exported",
    subject: { type: "team", id: caller.teamId },
  });
  return id;
}

type Asking = Pick<Act, "db" | "caller" | "now">;

export async function exportSeen({ db, caller }: Pick<Asking, "db" | "caller">, id: string) {
  const known = await store.findExport(db, caller.teamId, id, viewerIn(caller));
  if (!known) throw new Refusal("record_not_found");
  return known;
}

export async function exportFile(asking: Asking, id: string) {
  const { db, caller } = asking;
  const period = await exportSeen(asking, id);
  await refuseTooLarge(asking, period); // since it was asked for, more may have been added
  const ids = await store.idsOfPeriod(db, caller.teamId, { ...period, viewerId: viewerIn(caller) }, MOST);
  const text = JSON.stringify({ conversations: await conversationsShown(asking, ids) });
  const [from, to] = [period.since, period.until].map((at) => at.toString().slice(0, 10));
  return {
    fileName: `conversations-${from}-to-${to}.json.gz`,
    contentType: "application/gzip",
    content: await compressed(text),
  };
}

const compressed = promisify(gzip);

async function refuseTooLarge(
  { db, caller }: Pick<Asking, "db" | "caller">,
  period: { since: Temporal.Instant; until: Temporal.Instant },
) {
  const wish = { ...period, viewerId: viewerIn(caller) };
  const { conversations: count, bytes } = await store.sizeOfPeriod(db, caller.teamId, wish);
  const megabytes = Math.ceil(bytes / 1_000_000);
  if (count > MOST || megabytes > MOST_MEGABYTES)
    throw new Refusal("export_too_large", { count, megabytes, most: MOST, mostMegabytes: MOST_MEGABYTES });
}
