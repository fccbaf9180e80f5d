// The file that wrote a sequence last, and what was edited in the app since.

import type { Act } from "../../../app.ts";
import { sequenceChanges } from "../../../domain/sequences/file-changes.ts";
import { isEdited } from "../../../domain/sequences/file-verdict.ts";
import { stored } from "../../../kernel/moments.ts";
import { getVisible } from "../../sequences/sequences/finding.ts";
import { knownSequence } from "./modelling.ts";
import { namesOf } from "./names.ts";
import * as store from "./store.ts";

/** Null where no file has written it: then nothing else of the team is read. */
export async function appliedFile(act: Pick<Act, "db" | "caller">, id: string) {
  await getVisible(act, id);
  const applied = await store.appliedTo(act.db, act.caller.teamId, id);
  if (!applied) return null;
  const { key, content, appliedAt } = applied;
  const model = (await knownSequence(act, await namesOf(act), id))?.model;
  const drift = content && model && isEdited(content, model) ? sequenceChanges(content, model) : [];
  return { key, applied_at: stored(appliedAt), drift };
}
