// What the files name is held before it is read. So an edit in the app is done before, and then it is drift; or it comes after the apply.

import type { Act } from "../../../app.ts";
import type { FileKind } from "../../../domain/sequences/file-model.ts";
import { lockRuleset } from "../../sequences/rulesets/store.ts";
import { lockSchedule } from "../../sequences/schedules/store.ts";
import { lockFor } from "../../sequences/sequences/finding.ts";
import { lockTemplates, sequencesUsing } from "../../sequences/templates/store.ts";
import type { FilesRead } from "./files-input.ts";
import { type Names, recordWithKey } from "./names.ts";

/** In the order in which an edit in the app takes them: sequences by their ids, then templates. A dry run keeps nobody waiting. */
export async function holdNamed(act: Act, names: Names, files: FilesRead) {
  if (act.isDryRun) return;
  const { db, caller } = act;
  const { teamId } = caller;
  const idsOf = (kind: FileKind, all: readonly { key: string }[]) =>
    all.flatMap(({ key }) => recordWithKey(names, kind, key)?.id ?? []).sort();
  const templateIds = idsOf("template", files.templates);
  const sequenceIds = new Set(idsOf("sequence", files.sequences));
  for (const id of templateIds)
    for (const user of await sequencesUsing(db, teamId, id)) sequenceIds.add(user);
  // A template can be in a sequence that the caller may not change: the edit applies there too.
  const asAdmin = { db, caller: { ...caller, role: "admin" as const } };
  for (const id of [...sequenceIds].sort()) await lockFor(asAdmin, id, "edit");
  await lockTemplates(db, teamId, templateIds);
  for (const id of idsOf("ruleset", files.rulesets)) await lockRuleset(db, teamId, id);
  for (const id of idsOf("schedule", files.schedules)) await lockSchedule(db, teamId, id);
}
