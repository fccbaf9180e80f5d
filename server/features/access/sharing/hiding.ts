// Reasons name the sequences that block a contact. A caller who may not see such a sequence only learns that there is
// one.

import type { Act, Caller } from "../../../app.ts";
import type { IneligibleReason } from "../../../domain/enrollments/eligibility.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { hiddenAmong, visibleAmong } from "./store.ts";

/** Whose sight it is limited to; null sees all. */
export function viewerIn({ role, userId }: Pick<Caller, "role" | "userId">) {
  return role === "admin" ? null : userId;
}

export const HIDDEN = { sequenceId: "", enrollmentId: "", sequenceName: "that is hidden from you" };

/** Facts of a hidden sequence that are left out too: of a membership, and of the evidence made of one. */
export const UNTOLD = { stepPosition: null, addedAt: null, finishedAt: null, inactiveReason: null };
const UNSAID = { stepPosition: null, since: null, finishedAt: null, outcome: null };

export async function hideSequences<Told extends { reasons: readonly IneligibleReason[] | null }>(
  { db, caller }: Pick<Act, "db" | "caller">,
  told: readonly Told[],
): Promise<Told[]> {
  const named = told.flatMap(({ reasons }) =>
    (reasons ?? []).flatMap(({ evidence }) => evidence.sequenceId ?? []),
  );
  if (caller.role === "admin" || named.length === 0) return [...told];
  const ids = [...new Set(named.map(String))];
  const visible = await visibleAmong(db, caller.teamId, ids, caller.userId);
  const masked = (reason: IneligibleReason): IneligibleReason => {
    const { sequenceId } = reason.evidence;
    return sequenceId === undefined || visible.has(String(sequenceId))
      ? reason
      : { ...reason, evidence: { ...reason.evidence, ...HIDDEN, ...UNSAID } };
  };
  return told.map((one) => ({ ...one, reasons: one.reasons?.map(masked) ?? null }));
}

const AN_ID = /^[0-9a-f]{24}/; // some filters name a sequence and a standing in it as one word

/** Whether it names a sequence that this person may not see. */
export async function namesHidden({ db, caller }: Pick<Act, "db" | "caller">, said: unknown) {
  const ids = caller.role === "admin" ? [] : [...new Set(idsIn(said))];
  return ids.length > 0 && (await hiddenAmong(db, caller.teamId, ids, caller.userId)).size > 0;
}

/** What takes the place of something of which this person was not shown everything would lose what they never saw. */
export async function refuseLosing(act: Pick<Act, "db" | "caller">, kept: unknown) {
  if (await namesHidden(act, kept)) throw new Refusal("hidden_sequence_named");
}

/** What was kept as it was said (a workflow's actions, what work was asked for), as far as this person may see it. */
export async function hideNamed<Said>({ db, caller }: Pick<Act, "db" | "caller">, said: Said): Promise<Said> {
  if (caller.role === "admin") return said;
  const ids = [...new Set(idsIn(said))];
  const hidden = ids.length === 0 ? NOTHING : await hiddenAmong(db, caller.teamId, ids, caller.userId);
  return hidden.size === 0 ? said : (without(said, hidden) as Said);
}

const NOTHING: ReadonlySet<string> = new Set();

function idsIn(said: unknown): string[] {
  if (typeof said === "string") return said.match(AN_ID) ?? [];
  if (!isPlain(said)) return [];
  return [...(Array.isArray(said) ? [] : Object.keys(said)), ...Object.values(said)].flatMap(idsIn);
}

/** Removed from a list; a single value becomes null. */
function without(said: unknown, hidden: ReadonlySet<string>): unknown {
  const isHidden = (one: unknown) => typeof one === "string" && hidden.has(one.slice(0, 24));
  if (isHidden(said)) return null;
  if (Array.isArray(said)) return said.filter((one) => !isHidden(one)).map((one) => without(one, hidden));
  if (!isPlain(said)) return said;
  const kept = Object.entries(said).filter(([key]) => !isHidden(key));
  return Object.fromEntries(kept.map(([key, one]) => [key, without(one, hidden)]));
}

function isPlain(said: unknown): said is object {
  if (Array.isArray(said)) return true;
  return typeof said === "object" && said !== null && Object.getPrototypeOf(said) === Object.prototype;
}
