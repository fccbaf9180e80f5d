import type { Act } from "../../../app.ts";
import { LISTED, OPT_OUTS } from "../../../domain/contacts/address-claims.ts";
import { readSuppression, type SuppressionKind } from "../../../domain/contacts/suppression.ts";
import { readSuppressionList } from "../../../domain/contacts/suppression-list.ts";
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

export async function importSuppressions(
  act: Act,
  wish: { text: string; kind: SuppressionKind | null; reason: string | null },
) {
  const { db, now, caller } = act;
  const { rows, errors, total } = readSuppressionList(wish.text, wish.kind, wish.reason);
  const listed = rows.map((row) => ({ ...row, id: newId() }));
  await store.holdSuppressions(db, caller.teamId);
  await claimAddresses(
    byCaller(act),
    { source: "import", sourceId: "" },
    listed.flatMap((row) =>
      row.kind === "email" ? [{ address: row.value, kind: "suppressed" as const }] : [],
    ),
  );
  const created = await store.insertSuppressions(db, caller.teamId, listed, {
    source: "import",
    userId: caller.userId,
    now,
  });
  await record(byCaller(act), {
    type: "suppression.imported",
    subject: { type: "team", id: caller.teamId },
    data: { total, created: created.length, invalid: errors.length },
  });
  return {
    total,
    created: created.length,
    existing: rows.length - created.length,
    invalid: errors.length,
    errors: errors.slice(0, MOST_ERRORS),
  };
}

function subject(id: string) {
  return { type: "suppression", id } as const;
}

// An address or a pattern is personal data, and events outlive it.
function tellable(kind: string, value: string) {
  return kind === "domain" ? { kind, value } : { kind };
}
