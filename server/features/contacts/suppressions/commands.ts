import { setImmediate } from "node:timers/promises";
import type { Act } from "../../../app.ts";
import { LISTED, OPT_OUTS } from "../../../domain/contacts/address-claims.ts";
import { readSuppression, type SuppressionKind } from "../../../domain/contacts/suppression.ts";
import { type ListError, type ListRow, suppressionsIn } from "../../../domain/contacts/suppression-list.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { digestsAmong } from "./barring.ts";
import { claimAddresses } from "./claims.ts";
import { refuseToLiftOptOut } from "./claims-lifting.ts";
import { liftOfAddresses } from "./claims-store.ts";
import * as store from "./store.ts";

/** Bars a value; one that is barred already stays as it is. */
export async function suppress(
  act: Act,
  wish: { kind: SuppressionKind; value: string; reason: string | null },
) {
  const { db, now, caller } = act;
  const value = readSuppression(wish.kind, wish.value);
  if (value === null)
    throw new Refusal("suppression_invalid", { value: wish.value.slice(0, 100), kind: wish.kind });
  const row = { id: newId(), kind: wish.kind, value, reason: wish.reason };
  await store.holdSuppressions(db, caller.teamId);
  // A user's own claim too: it stays when the earlier claims are removed.
  if (row.kind === "email")
    await claimAddresses(byCaller(act), { source: "person", sourceId: caller.userId }, [
      { address: value, kind: "suppressed" },
    ]);
  const [isNew] = await store.insertSuppressions(db, caller.teamId, [row], {
    source: "person",
    userId: caller.userId,
    now,
  });
  const suppression = await store.findSuppression(db, caller.teamId, row);
  if (!suppression) throw new Refusal("record_not_found");
  if (isNew) {
    await record(byCaller(act), {
      type: "suppression.created",
      subject: subject(suppression.id),
      data: tellable(row.kind, value),
    });
  }
  return suppression;
}

/** Lifts an entry with all that was said of its address alone. Where that includes an opt-out, only an admin may. */
export async function liftSuppression(act: Act, id: string) {
  const { db, now, caller } = act;
  const { teamId, userId } = caller;
  await store.holdSuppressions(db, teamId);
  const suppression = await store.deleteSuppression(db, teamId, id);
  if (!suppression) throw new Refusal("record_not_found");
  const { kind, value, source } = suppression;
  const because = { userId, because: "suppression_deleted", now };
  const digests = kind === "email" ? digestsAmong(db, teamId, [value]) : [];
  const lifted = await liftOfAddresses(db, teamId, digests, LISTED, because);
  const hasOptOut = OPT_OUT_SOURCES.has(source) || lifted.some((one) => OPT_OUTS.includes(one.kind));
  if (hasOptOut) refuseToLiftOptOut(act);
  const marked = hasOptOut ? await store.contactsAt(db, teamId, value) : [];
  await record(
    byCaller(act),
    { type: "suppression.deleted", subject: subject(id), data: { ...tellable(kind, value), source } },
    ...marked.map((contactId) => ({
      type: "contact.resubscribed" as const,
      subject: { type: "contact" as const, id: contactId },
      data: { suppression_id: id, source },
    })),
  );
  return suppression;
}

const OPT_OUT_SOURCES: ReadonlySet<string> = new Set(["unsubscribe", "complaint"]);

const MOST_ERRORS = 100;
const AT_ONCE = 1_000;

export async function importSuppressions(
  act: Act,
  wish: { text: string; kind: SuppressionKind | null; reason: string | null },
) {
  const { db, caller } = act;
  const { rows, errors } = await readList(wish);
  await store.holdSuppressions(db, caller.teamId);
  let created = 0;
  for (let from = 0; from < rows.length; from += AT_ONCE)
    created += await listSome(act, rows.slice(from, from + AT_ONCE));
  const total = rows.length + errors.length;
  await record(byCaller(act), {
    type: "suppression.imported",
    subject: { type: "team", id: caller.teamId },
    data: { total, created, invalid: errors.length },
  });
  return {
    total,
    created,
    existing: rows.length - created,
    invalid: errors.length,
    errors: errors.slice(0, MOST_ERRORS),
  };
}

async function readList(wish: { text: string; kind: SuppressionKind | null; reason: string | null }) {
  const [rows, errors]: [ListRow[], ListError[]] = [[], []];
  for (const line of suppressionsIn(wish.text, wish.kind, wish.reason)) {
    if ("entry" in line) rows.push(line.entry);
    else errors.push(line.fault);
    if ((rows.length + errors.length) % AT_ONCE === 0) await setImmediate(); // others are served meanwhile
  }
  return { rows, errors };
}

/** Answers how many are new. */
async function listSome(act: Act, some: readonly ListRow[]) {
  const { db, now, caller } = act;
  const addresses = some.flatMap(({ kind, value }) =>
    kind === "email" ? [{ address: value, kind: "suppressed" as const }] : [],
  );
  await claimAddresses(byCaller(act), { source: "import", sourceId: "" }, addresses);
  const listed = some.map((row) => ({ ...row, id: newId() }));
  const by = { source: "import", userId: caller.userId, now } as const;
  return (await store.insertSuppressions(db, caller.teamId, listed, by)).length;
}

function subject(id: string) {
  return { type: "suppression", id } as const;
}

// An address or a pattern is personal data, and events outlive it.
function tellable(kind: string, value: string) {
  return kind === "domain" ? { kind, value } : { kind };
}
