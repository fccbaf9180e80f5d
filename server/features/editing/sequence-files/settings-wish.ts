// What a file says of a sequence apart from its steps, as a wish with ids.

import { contract } from "@cadenza/contract";
import type { Act } from "../../../app.ts";
import type { SequenceModel } from "../../../domain/sequences/file-model.ts";
import { refuseOutOfReach } from "../../../http/access.ts";
import { createFolder } from "../../sequences/folders/commands.ts";
import type { FolderRow } from "../../sequences/folders/store.ts";
import type { SequenceWish } from "../sequence-editing/commands.ts";
import { type Names, recordOf } from "./names.ts";
import { plansAll } from "./planning-key.ts";
import { idsNamed, triggersOf } from "./resolving.ts";

export async function settingsWish(act: Act, names: Names, model: SequenceModel): Promise<SequenceWish> {
  const { schedule, ruleset } = model;
  return {
    name: model.name,
    description: model.description,
    folderId: await folderAt(act, names, model.folder),
    labelNames: model.labels,
    scheduleId: schedule === null ? null : (recordOf(names, "schedule", schedule)?.id ?? null),
    rulesetId: ruleset === null ? null : (recordOf(names, "ruleset", ruleset)?.id ?? null),
    rules: model.rules,
    stageTriggers: triggersOf(names, model.stageChanges),
    excludedContactStageIds: idsNamed(names.contactStages, model.excludedContactStages),
    excludedAccountStageIds: idsNamed(names.accountStages, model.excludedAccountStages),
    byExactDaytime: model.exactDates,
    allowedSendFromDomains: model.allowedSendFromDomains,
    ccEmails: model.ccEmails,
    bccEmails: model.bccEmails,
    deliveryPolicy: model.deliveryPolicy,
    onNotSent: model.onNotSent,
    priorityPolicy: model.priorityPolicy,
    sendsAtUsualHour: model.sendsAtUsualHour,
  };
}

/** The folder at the end of the path; those that are not there are created. */
async function folderAt(act: Act, { folders }: Names, path: readonly string[]) {
  let parentId: string | null = null;
  for (const name of path) {
    const above: string | null = parentId;
    const known: FolderRow | undefined = folders.find(
      (folder) => folder.parentId === above && folder.name === name,
    );
    parentId = known?.id ?? (await newFolder(act, name, above)).id;
  }
  return parentId;
}

/** A key that may apply sequences does not thereby make folders. */
function newFolder(act: Act, name: string, parentId: string | null) {
  if (!plansAll(act)) refuseOutOfReach(act.caller, contract.folders.create);
  return createFolder(act, { kind: "sequences", name, parentId });
}
