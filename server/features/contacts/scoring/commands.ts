// Scores follow what they are made of. Whatever changes a fact marks the contact in the same transaction; the engine takes
// the marks in batches, scores whom they are about in one statement, and tells which of the team's marks were crossed. After
// a formula was replaced everybody is scored anew as long work, page by page.

import type { Act } from "../../../app.ts";
import { type By, type Happening, record } from "../../events/events/store.ts";
import { completeProgress } from "../../events/progress/commands.ts";
import { carryInstructions, lockWork, noteDone } from "../../events/progress/store.ts";
import { type BatchMode, inParts } from "../../events/set-aside/commands.ts";
import { crossingsOf } from "./crossings.ts";
import { readFormula } from "./formula.ts";
import { type ContactToScore, lockAging, markAgain, markAged, takeMarks } from "./marks-store.ts";
import { rescore, rescorePage } from "./store.ts";

const MARKS_AT_ONCE = 1_000;
const PAGE = 5_000;

/** One batch. Answers whether there was anything to do. */
export async function followScores(by: By, manner: BatchMode = "together"): Promise<boolean> {
  const { db, teamId, now } = by;
  const aging = await lockAging(db, teamId, now);
  if (aging) await markAged(db, teamId, aging, now);
  const { marked, hadAny } = await takeMarks(db, teamId, MARKS_AT_ONCE);
  if (marked.length === 0) return hadAny;
  const formula = await readFormula(db, teamId);
  const failed = await inParts(by, { loop: "follow-scores", manner }, marked, async (some) => {
    const ids = some.map(({ id }) => id);
    const crossings = crossingsOf(formula.marks, await rescore(db, teamId, formula, ids));
    if (crossings.length > 0) await tell(by, crossings, some);
  });
  if (failed.length > 0) await markAgain(db, teamId, failed);
  return true;
}

/** What led to a crossing is what led to the change that the score follows, so that a loop through scores is seen as one. */
async function tell(by: By, crossings: readonly Happening[], marked: readonly ContactToScore[]) {
  const chains = new Map(marked.map(({ id, chain }) => [id, chain]));
  const chainOf = ({ subject }: Happening) => chains.get(subject.id) ?? null;
  for (const alike of Map.groupBy(crossings, (one) => chainOf(one)?.join() ?? "").values()) {
    const chain = alike[0] && chainOf(alike[0]);
    await record({ ...by, origin: { ...by.origin, ...(chain && { chain }) } }, ...alike);
  }
}

/** One page of everybody. A formula that was replaced meanwhile has a run of its own, and this one ends. */
export async function scoreBatch(act: Act, progressId: string): Promise<"more" | "over"> {
  const { db, now, caller } = act;
  const { teamId } = caller;
  const work = await lockWork(db, teamId, progressId);
  if (!work || work.finishedAt) return "over";
  const { version, after = "" } = work.instructions as { version: string | null; after?: string };
  const formula = await readFormula(db, teamId);
  const isReplaced = formula.version !== version;
  const page = isReplaced ? null : await rescorePage(db, teamId, formula, after, PAGE);
  if (!page || page.lastId === null) {
    await completeProgress(act, work);
    return "over";
  }
  const counts = { changed: page.changed, same: page.looked - page.changed };
  await noteDone(db, teamId, progressId, { done: page.looked, counts }, now);
  await carryInstructions(db, teamId, progressId, { after: page.lastId });
  return "more";
}
