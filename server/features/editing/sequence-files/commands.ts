// Sequences from files: what would change, and the change itself, by the same code. A dry run is rolled back by its caller.

import type { Act } from "../../../app.ts";
import type { FilesRead } from "./files-input.ts";
import { holdNamed } from "./holding.ts";
import { namesOf } from "./names.ts";
import type { PlannedRecord } from "./planned.ts";
import { settledRuleset } from "./resolving.ts";
import { applySequence } from "./sequence-commands.ts";
import { type ApplyWish, applyField, applyShared } from "./shared-commands.ts";
import { takeTurn } from "./store.ts";

/** What others point at comes first. */
export async function applyFiles(act: Act, files: FilesRead, wish: ApplyWish): Promise<PlannedRecord[]> {
  await takeTurn(act.db, act.caller.teamId);
  const plan: PlannedRecord[] = [];
  for (const field of files.fields) plan.push(await applyField(act, field));
  const names = await namesOf(act);
  await holdNamed(act, names, files);
  for (const one of files.schedules) plan.push(await applyShared(act, names, "schedule", one, wish));
  for (const one of files.rulesets) {
    const settled = { ...one, model: settledRuleset(names, one) };
    plan.push(await applyShared(act, names, "ruleset", settled, wish));
  }
  for (const one of files.templates) plan.push(await applyShared(act, names, "template", one, wish));
  for (const sequence of files.sequences) plan.push(await applySequence(act, names, sequence, wish));
  return plan;
}
