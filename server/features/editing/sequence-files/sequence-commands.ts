// One sequence from its file.

import type { Act } from "../../../app.ts";
import { sequenceChanges } from "../../../domain/sequences/file-changes.ts";
import { inOrderOf } from "../../../domain/sequences/file-matches.ts";
import { isSameModel, type SequenceModel } from "../../../domain/sequences/file-model.ts";
import { type FileVerdict, fileVerdict } from "../../../domain/sequences/file-verdict.ts";
import { mailFindings } from "../../../domain/sequences/mail-findings.ts";
import { say } from "../../../kernel/say.ts";
import { findVisible } from "../../sequences/sequences/finding.ts";
import { createSequence, updateSequence } from "../sequence-editing/commands.ts";
import { fileFault } from "./file-fault.ts";
import type { SequenceFromFile } from "./files-input.ts";
import { lineAt } from "./lines-of-file.ts";
import { type KnownSequence, knownSequence } from "./modelling.ts";
import { addWritten, type KnownRecord, type Names, namesakesOf, recordWithKey } from "./names.ts";
import { inFile, type PlannedRecord, type TouchedContacts } from "./planned.ts";
import { onlyOne, settledSequence } from "./resolving.ts";
import { settingsWish } from "./settings-wish.ts";
import type { ApplyWish } from "./shared-commands.ts";
import { stepWishes } from "./step-wishes.ts";
import * as store from "./store.ts";

export async function applySequence(
  act: Act,
  names: Names,
  from: SequenceFromFile,
  wish: ApplyWish,
): Promise<PlannedRecord> {
  const { key, path } = from;
  const settled = settledSequence(names, from);
  const record = recordWithKey(names, "sequence", key) ?? (await namesake(act, names, from, wish.overwrite));
  const known = record && (await visibleSequence(act, names, record, from));
  const current = known?.model ?? null;
  const wanted = current ? { ...settled, steps: inOrderOf(current.steps, settled.steps) } : settled;
  const applied = record && (await store.appliedContent(act.db, act.caller.teamId, "sequence", key));
  const verdict = fileVerdict({ current, applied, wanted }, wish.overwrite);
  if (verdict.verdict === "create" || verdict.verdict === "update") refuseUnfit(from);
  const contacts = await touched(act, known, wanted, verdict, wish);
  const id = await inFile(from, () => write(act, names, { from, known, wanted, verdict }, wish));
  if (verdict.verdict !== "held") await note(act, names, { key, id, name: wanted.name });
  return {
    ...verdict,
    kind: "sequence",
    key,
    id,
    name: wanted.name,
    path,
    changes: sequenceChanges(current, wanted),
    drift: driftOf(applied, current, verdict),
    contacts,
  };
}

/** A sequence of this name that no file has written: an export gave it another key before it or another one was renamed. */
async function namesake(
  act: Act,
  names: Names,
  { key, model, path, lines }: SequenceFromFile,
  overwrites: boolean,
) {
  const seen: KnownRecord[] = [];
  for (const one of namesakesOf(names, "sequence", key, model.name))
    if (await findVisible(act, one.id)) seen.push(one);
  return onlyOne(seen, { path, line: lineAt(lines, ["name"]) }, overwrites);
}

async function visibleSequence(act: Act, names: Names, { id }: KnownRecord, from: SequenceFromFile) {
  const seen = await findVisible(act, id);
  if (!seen)
    throw fileFault(
      from.path,
      lineAt(from.lines, ["key"]),
      say("the key `{key}` belongs to a sequence that you do not see", { key: from.key }),
    );
  return knownSequence(act, names, id);
}

/** What the sequence would be refused with, with the line of the email. */
function refuseUnfit(from: SequenceFromFile) {
  const unfit = mailFindings(from.model, [], (variant) =>
    variant.template === null ? variant : { subject: "", html: "<p>library</p>" },
  ).find(({ code }) => code === "reply_without_thread" || code === "empty_body");
  if (!unfit) return;
  const { step, variant, sentence } = unfit;
  const { path, line } = from.texts.get(`${step} ${variant}`) ?? {
    path: from.path,
    line: lineAt(from.lines, ["steps", step]),
  };
  throw fileFault(path, line, sentence);
}

type Writing = {
  from: SequenceFromFile;
  known: KnownSequence | null;
  wanted: SequenceModel;
  verdict: FileVerdict;
};

async function write(act: Act, names: Names, { from, known, wanted, verdict }: Writing, wish: ApplyWish) {
  if (known && (verdict.verdict === "unchanged" || verdict.verdict === "held")) return known.row.id;
  const settings = await settingsWish(act, names, wanted);
  const steps = stepWishes({ names, from, known }, wanted.steps);
  if (!known) return createSequence(act, { ...settings, steps });
  const isSameSteps = isSameModel(known.model.steps, wanted.steps);
  const mode = wish.move ? "live" : "frozen";
  const change = { ...settings, ...(!isSameSteps && { steps }), isForced: wish.move, mode } as const;
  return (await updateSequence(act, known.row.id, change)).id;
}

async function touched(
  act: Act,
  known: KnownSequence | null,
  wanted: SequenceModel,
  { verdict }: FileVerdict,
  { move }: ApplyWish,
): Promise<TouchedContacts | null> {
  if (!known) return { inSequence: 0, keepVersion: 0, move: 0, byStep: [] };
  const rows = await store.contactsByStep(act.db, act.caller.teamId, known.row.id);
  const inSequence = rows.reduce((sum, { contacts }) => sum + contacts, 0);
  const isOther = verdict === "update" && !isSameModel(known.model.steps, wanted.steps);
  return {
    inSequence,
    keepVersion: isOther && !move ? inSequence : 0,
    move: isOther && move ? inSequence : 0,
    byStep: rows.map(({ position, contacts }) => ({ step: position, contacts })),
  };
}

async function note(act: Act, names: Names, written: { key: string; id: string; name: string }) {
  await addWritten(act, names, "sequence", written);
  const content = (await knownSequence(act, names, written.id))?.model ?? null;
  await store.noteApplied(act.db, act.caller.teamId, { kind: "sequence", ...written, content }, act.now);
}

function driftOf(applied: unknown, current: SequenceModel | null, { heldBecause }: FileVerdict) {
  if (heldBecause !== "edited_in_app" || !current || !applied) return [];
  return sequenceChanges(applied as SequenceModel, current);
}
