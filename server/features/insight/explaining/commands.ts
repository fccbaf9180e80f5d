// Why: where a contact is in a sequence, what comes next and when, what holds it.

import { explainStanding, type HeldBy, type NextAction } from "../../../domain/insight/explaining.ts";
import type { Means } from "../../../domain/insight/means.ts";
import type { VariantTold } from "../../../domain/insight/variant-words.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { hideSequences } from "../../access/sharing/hiding.ts";
import type { ReadContext } from "../../gate/facts/around.ts";
import * as store from "../../gate/facts/facts-store.ts";
import { placeAll } from "../../gate/facts/standings.ts";
import { historyOf, type PastEvent } from "../history/store.ts";
import { withEstimates } from "./estimating.ts";
import { withLocks } from "./locks.ts";
import { meansOf } from "./means.ts";
import { withUsualHours } from "./usual-hours.ts";
import { variantAhead } from "./variant.ts";
import { withWaits } from "./waiting.ts";

export type Explanation = {
  subject: {
    type: "contact" | "enrollment" | "sequence" | "mailbox" | "message";
    id: string;
    name: string | null;
  };
  state: string;
  sentence: string;
  next: NextAction | null;
  heldBy: readonly HeldBy[];
  means: Means;
  history: readonly PastEvent[];
};

type EnrollmentExplanation = Explanation & { variant: VariantTold | null };

export async function explainEnrollment(asking: ReadContext, id: string): Promise<EnrollmentExplanation> {
  const placed = await place(asking, id);
  const mails = await store.mailIdsOf(asking.db, asking.caller.teamId, id);
  const { row, standing } = placed;
  return {
    subject: { type: "enrollment", id, name: `${standing.who} in ${standing.sequenceName}` },
    ...explainStanding(standing),
    means: await meansOf(asking, placed),
    history: await past(asking, "subjects", [row.id, ...mails]),
    variant: await variantAhead(asking, placed),
  };
}

export async function place(asking: ReadContext, enrollmentId: string) {
  const rows = await store.readStandings(asking.db, asking.caller.teamId, [enrollmentId]);
  const all = await withLocks(
    asking,
    await withUsualHours(asking, await withWaits(asking, await placeAll(asking, rows))),
  );
  const [placed] = await withEstimates(asking, all);
  if (!placed) throw new Refusal("record_not_found");
  return placed;
}

export async function past(asking: ReadContext, about: "subjects" | "contact", ids: readonly string[]) {
  const { db, caller } = asking;
  const viewer = { userId: caller.userId, isAdmin: caller.role === "admin" };
  return hideSequences(asking, await historyOf(db, caller.teamId, about, ids, viewer));
}
