// Names in a file as the team writes them, and as the ids they stand for. A name that the team does not have is refused with its line.

import {
  type FileKind,
  placesOf,
  type RulesetModel,
  type SequenceModel,
} from "../../../domain/sequences/file-model.ts";
import type { StageTriggers } from "../../../domain/sequences/rules.ts";
import { inTreeOrder } from "../../../domain/sequences/step-paths.ts";
import { nearestWord } from "../../../kernel/nearest-word.ts";
import { say } from "../../../kernel/say.ts";
import { fileFault } from "./file-fault.ts";
import type { FromFile, SequenceFromFile } from "./files-input.ts";
import { lineAt, type YamlPath } from "./lines-of-file.ts";
import { byLetters, type Names, recordOf } from "./names.ts";

type Named = { id: string; name: string };
type Known = FromFile<unknown>;

/** With stages and lists as the team writes them. Everything it names is there. */
export function settledSequence(names: Names, from: SequenceFromFile): SequenceModel {
  const { model } = from;
  refuseUnknownKey(names, from, "schedule", model.schedule, ["schedule"]);
  refuseUnknownKey(names, from, "ruleset", model.ruleset, ["ruleset"]);
  for (const [step, { variants }] of model.steps.entries())
    for (const [n, { template, attachments }] of variants.entries()) {
      const at = ["steps", step, "variants", n];
      refuseUnknownKey(names, from, "template", template, [...at, "template"]);
      for (const name of attachments) refuseUnknownFile(names, from, name, [...at, "attachments"]);
    }
  refuseDisorder(from);
  const { contactStages, accountStages, labels } = names;
  return {
    ...model,
    labels: settled(model.labels.map((name) => sameName(labels, name)?.name ?? name)),
    stageChanges: settledStages(names, from, model.stageChanges),
    excludedContactStages: settled(
      model.excludedContactStages.map(
        (name) => stageNamed(contactStages, from, name, ["excluded_contact_stages"]).name,
      ),
    ),
    excludedAccountStages: settled(
      model.excludedAccountStages.map(
        (name) => stageNamed(accountStages, from, name, ["excluded_account_stages"]).name,
      ),
    ),
  };
}

/** The numbers of steps say what they name, so they stand as they will be numbered. */
function refuseDisorder({ path, lines, model }: SequenceFromFile) {
  const fault = (at: number, why: string) =>
    fileFault(path, lineAt(lines, ["steps", at]), say("step {at} {why}", { at: at + 1, why }));
  for (const [at, { branch }] of model.steps.entries())
    if (branch && (branch.step > at || model.steps[branch.step - 1]?.type !== "branch"))
      throw fault(at, say("names step {step} as its branch, and no branch is there", { step: branch.step }));
  const places = placesOf(model.steps);
  const inOrder = inTreeOrder(places);
  const at = places.findIndex(({ id }, n) => inOrder[n]?.id !== id);
  if (at >= 0)
    throw fault(
      at,
      say(
        "is out of order: the steps of a branch's paths stand right behind the branch, first the yes path, then the no path",
      ),
    );
}

/** Two spellings in a file can be one name of the team. */
function settled(names: readonly string[]) {
  return [...new Map(names.map((name) => [name.toLowerCase(), name])).values()].sort(byLetters);
}

export function settledRuleset(names: Names, from: FromFile<RulesetModel>): RulesetModel {
  return { ...from.model, stageChanges: settledStages(names, from, from.model.stageChanges) };
}

function settledStages({ contactStages }: Names, from: Known, stages: Record<string, string>) {
  return Object.fromEntries(
    Object.entries(stages).map(([event, name]) => [
      event,
      stageNamed(contactStages, from, name, ["stage_changes", event]).name,
    ]),
  );
}

export function fieldNamed<One extends Named>(
  fields: readonly One[],
  { path, lines }: Known,
  name: string,
  at: YamlPath,
) {
  const field = sameName(fields, name);
  const known = fields.map((one) => one.name);
  if (!field)
    throw fileFault(
      path,
      lineAt(lines, at),
      say('the team has no contact field "{name}"{hint}', { name, hint: hint(name, known) }),
    );
  return field;
}

export function stageNamed(stages: readonly Named[], { path, lines }: Known, name: string, at: YamlPath) {
  const stage = sameName(stages, name);
  const known = stages.map((one) => one.name);
  if (!stage)
    throw fileFault(
      path,
      lineAt(lines, at),
      say('the team has no stage "{name}"{hint}', { name, hint: hint(name, known) }),
    );
  return stage;
}

function refuseUnknownKey(
  names: Names,
  { path, lines }: Known,
  kind: FileKind,
  key: string | null,
  at: YamlPath,
) {
  if (key === null || recordOf(names, kind, key)) return;
  const known = names.records[kind].filter(({ isSeen }) => isSeen).map(({ fileKey }) => fileKey);
  const why = say("there is no {kind} `{key}`, neither in the files nor in the team{hint}", {
    kind,
    key,
    hint: hint(key, known),
  });
  throw fileFault(path, lineAt(lines, at), why);
}

function refuseUnknownFile({ files }: Names, { path, lines }: Known, name: string, at: YamlPath) {
  if (files.some(({ fileName }) => fileName === name)) return;
  const known = files.map(({ fileName }) => fileName);
  const why = say('the team has no file "{name}" to attach{hint}', { name, hint: hint(name, known) });
  throw fileFault(path, lineAt(lines, at), why);
}

function hint(name: string, known: readonly string[]) {
  const meant = nearestWord(name, known);
  return meant ? say('. Did you mean "{meant}"?', { meant }) : "";
}

function sameName<One extends Named>(all: readonly One[], name: string): One | null {
  return (
    all.find((one) => one.name === name) ??
    all.find((one) => one.name.toLowerCase() === name.toLowerCase()) ??
    null
  );
}

/** Of names that are settled. */
export function idsNamed(all: readonly Named[], given: readonly string[]) {
  return given.flatMap((name) => sameName(all, name)?.id ?? []);
}

export function triggersOf({ contactStages }: Names, stages: Record<string, string>): StageTriggers {
  return Object.fromEntries(
    Object.entries(stages).flatMap(([event, name]) => {
      const stage = sameName(contactStages, name);
      return stage ? [[event, stage.id]] : [];
    }),
  );
}

/** What is left alone need not be the only one; what is overwritten must be. */
export function onlyOne<One extends Named>(
  found: readonly One[],
  { path, line }: { path: string; line: number },
  overwrites: boolean,
): One | null {
  if (overwrites && found.length > 1)
    throw fileFault(
      path,
      line,
      say(
        '{length} records that no file has written are named "{name}". Rename all but the one that you mean',
        { length: found.length, name: found[0]?.name },
      ),
    );
  return found[0] ?? null;
}

/** A file that is attached stays, and is not taken for another one of the same name. */
export function fileIds(
  { files }: Names,
  { path, lines }: Known,
  fileNames: readonly string[],
  { kept, at }: { kept: readonly string[]; at: YamlPath },
) {
  const taken = new Set<string>();
  return fileNames.flatMap((name) => {
    const named = files.filter(({ id, fileName }) => fileName === name && !taken.has(id));
    const known = named.find(({ id }) => kept.includes(id));
    if (!known && named.length > 1)
      throw fileFault(
        path,
        lineAt(lines, at),
        say(
          '{length} files of the team are named "{name}". Attach the one you mean in the app: it then stays',
          { length: named.length, name },
        ),
      );
    const id = (known ?? named[0])?.id;
    if (id !== undefined) taken.add(id);
    return id ?? [];
  });
}
