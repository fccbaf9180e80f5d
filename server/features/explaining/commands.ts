// Why: where somebody in a sequence stands, what comes next and when, what holds it.

import { explainStanding, type HeldBy, type Next } from "../../domain/explaining.ts";
import type { Means } from "../../domain/means.ts";
import type { VariantTold } from "../../domain/variant-words.ts";
import { Refusal } from "../../refusal.ts";
import { historyOf, type PastEvent } from "../history/store.ts";
import { hideSequences } from "../sharing/hiding.ts";
import type { Asking } from "./around.ts";
import { withEstimates } from "./estimating.ts";
import { meansOf } from "./means.ts";
import { placeAll } from "./standings.ts";
import * as store from "./store.ts";
import { variantAhead } from "./variant.ts";
import { withTasks } from "./waiting.ts";

export type Explanation = {
  subject: {
    type: "contact" | "enrollment" | "sequence" | "mailbox" | "message";
    id: string;
    name: string | null;
  };
  state: string;
  sentence: string;
  next: Next | null;
  heldBy: readonly HeldBy[];
  means: Means;
  history: readonly PastEvent[];
};

export type EnrollmentExplanation = Explanation & { variant: VariantTold | null };

export async function explainEnrollment(asking: Asking, id: string): Promise<EnrollmentExplanation> {
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

export async function place(asking: Asking, enrollmentId: string) {
  const rows = await store.readStandings(asking.db, asking.caller.teamId, [enrollmentId]);
  const [placed] = await withEstimates(asking, await withTasks(asking, await placeAll(asking, rows)));
  if (!placed) throw new Refusal("record_not_found");
  return placed;
}

export async function past(asking: Asking, about: "subjects" | "contact", ids: readonly string[]) {
  const { db, caller } = asking;
  const viewer = { userId: caller.userId, isAdmin: caller.role === "admin" };
  return hideSequences(asking, await historyOf(db, caller.teamId, about, ids, viewer));
}
