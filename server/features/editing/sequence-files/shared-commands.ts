// What sequences share, applied from files: schedules, rulesets, templates and custom fields.

import type { Act } from "../../../app.ts";
import { type FieldType, isSameName } from "../../../domain/contacts/custom-fields.ts";
import { changesOf } from "../../../domain/sequences/file-changes.ts";
import type {
  FieldModel,
  FileKind,
  Models,
  RulesetModel,
  ScheduleModel,
  TemplateModel,
} from "../../../domain/sequences/file-model.ts";
import { fileVerdict } from "../../../domain/sequences/file-verdict.ts";
import { printWindows } from "../../../domain/time/windows.ts";
import { say } from "../../../kernel/say.ts";
import { changeFields, createField } from "../../contacts/custom-fields/commands.ts";
import { type FieldRow, listAllFields } from "../../contacts/custom-fields/store.ts";
import { findRuleset } from "../../sequences/rulesets/store.ts";
import { findSchedule } from "../../sequences/schedules/store.ts";
import { createRuleset, updateRuleset } from "../ruleset-editing/commands.ts";
import { createSchedule, updateSchedule } from "../schedule-editing/commands.ts";
import { createTemplate, findTemplate, updateTemplate } from "../template-editing/commands.ts";
import { fileFault } from "./file-fault.ts";
import type { FromFile } from "./files-input.ts";
import { lineAt } from "./lines-of-file.ts";
import { rulesetModel, scheduleModel, templateModel } from "./modelling.ts";
import { addWritten, type Names, namesakesOf, recordWithKey } from "./names.ts";
import { inFile, type PlannedRecord } from "./planned.ts";
import { onlyOne, triggersOf } from "./resolving.ts";
import { appliedContent, noteApplied } from "./store.ts";

export type ApplyWish = { move: boolean; overwrite: boolean };

type SharedKind = Exclude<FileKind, "sequence">;

/** How one kind is read and written. */
type Way<Model> = {
  current(act: Act, names: Names, id: string): Promise<Model | null>;
  write(act: Act, names: Names, id: string | null, model: Model, wish: ApplyWish): Promise<string>;
};

const WAYS: { [Kind in SharedKind]: Way<Models[Kind]> } = {
  schedule: {
    async current({ db, caller }, _names, id) {
      const row = await findSchedule(db, caller.teamId, id);
      return row && scheduleModel(row);
    },
    async write(act, _names, id, model: ScheduleModel) {
      const wish = {
        name: model.name,
        timeZone: model.timeZone,
        useContactsTimeZone: model.useContactsTimeZone,
        skipHolidays: model.skipHolidays,
        hours: printWindows(model.windows),
      };
      return (id === null ? await createSchedule(act, wish) : await updateSchedule(act, id, wish)).id;
    },
  },
  ruleset: {
    async current({ db, caller }, names, id) {
      const row = await findRuleset(db, caller.teamId, id);
      return row && rulesetModel(names, row);
    },
    async write(act, names, id, model: RulesetModel) {
      const { name, rules, stageChanges } = model;
      const wish = { name, rules, stageTriggers: triggersOf(names, stageChanges) };
      return (id === null ? await createRuleset(act, wish) : await updateRuleset(act, id, wish)).id;
    },
  },
  template: {
    async current(act, _names, id) {
      const row = await findTemplate(act, id);
      return row && templateModel(row);
    },
    async write(act, _names, id, model: TemplateModel, { move }) {
      const { name, subject, html, global } = model;
      const wish = { name, subject, bodyHtml: html, isGlobal: global };
      if (id === null) return (await createTemplate(act, wish)).id;
      return (await updateTemplate(act, id, wish, move ? "live" : "frozen")).id;
    },
  },
};

export async function applyShared<Kind extends SharedKind>(
  act: Act,
  names: Names,
  kind: Kind,
  from: FromFile<Models[Kind]>,
  wish: ApplyWish,
): Promise<PlannedRecord> {
  const { key, path, model } = from;
  const way: Way<Models[Kind]> = WAYS[kind];
  const known =
    recordWithKey(names, kind, key) ??
    onlyOne(namesakesOf(names, kind, key, model.name), { path, line: 1 }, wish.overwrite);
  const current = known && (await way.current(act, names, known.id));
  if (known && !current)
    throw fileFault(path, 1, say("belongs to a {kind} that you may not change", { kind }));
  const applied = known && (await appliedContent(act.db, act.caller.teamId, kind, key));
  const verdict = fileVerdict({ current, applied, wanted: model }, wish.overwrite);
  const isWritten = verdict.verdict === "create" || verdict.verdict === "update";
  const id =
    known && !isWritten
      ? known.id
      : await inFile(from, () => way.write(act, names, known?.id ?? null, model, wish));
  if (verdict.verdict !== "held") await note(act, names, { kind, key, id, name: model.name }, way);
  return {
    ...verdict,
    kind,
    key,
    id,
    name: model.name,
    path,
    changes: changesOf(current, model),
    drift: verdict.verdict === "held" && applied ? changesOf(applied as object, current ?? {}) : [],
    contacts: null,
  };
}

async function note<Kind extends SharedKind>(
  act: Act,
  names: Names,
  written: { kind: Kind; key: string; id: string; name: string },
  way: Way<Models[Kind]>,
) {
  const content = await way.current(act, names, written.id);
  await noteApplied(act.db, act.caller.teamId, { ...written, content }, act.now);
  await addWritten(act, names, written.kind, written);
}

/** A field is the one of its name. Choices are added and never removed, because contacts have them. */
export async function applyField(act: Act, from: FromFile<FieldModel>): Promise<PlannedRecord> {
  const { key, path, model, lines } = from;
  const all = await listAllFields(act.db, act.caller.teamId);
  const known = all.find(({ modality, name }) => modality === model.of && isSameName(name, model.name));
  if (known && known.type !== model.type)
    throw fileFault(
      path,
      lineAt(lines, ["type"]),
      say('the team has the field "{name}" with the type {type}', { name: known.name, type: known.type }),
    );
  const added = known ? missingOptions(known, model) : [];
  const verdict = !known ? "create" : added.length > 0 ? "update" : "unchanged";
  const id = await inFile(from, () => writeField(act, known ?? null, model, added));
  return {
    kind: "field",
    key,
    id,
    name: model.name,
    path,
    verdict,
    heldBecause: null,
    changes: added.map((name) => ({ where: "", what: say("option added"), before: null, after: name })),
    drift: [],
    contacts: null,
  };
}

function missingOptions(known: FieldRow, { options }: FieldModel) {
  return options.filter((name) => !known.options.some((option) => isSameName(option.name, name)));
}

async function writeField(act: Act, known: FieldRow | null, model: FieldModel, added: readonly string[]) {
  if (known && added.length === 0) return known.id;
  if (!known) {
    const { of: modality, name, maxLength: textMaxLength, options: optionNames } = model;
    return (
      await createField(act, { modality, name, type: model.type as FieldType, textMaxLength, optionNames })
    ).id;
  }
  const kept = known.options.map(({ id, name }) => ({ id, name, reassignFrom: [] }));
  const options = [...kept, ...added.map((name) => ({ id: null, name, reassignFrom: [] }))];
  const unchanged = { name: undefined, type: undefined, textMaxLength: undefined };
  await changeFields(act, [{ id: known.id, ...unchanged, options }]);
  return known.id;
}
