// What differs between two models, in words of the files.

import { say } from "../../kernel/say.ts";
import { type Match, matchSteps, matchVariants } from "./file-matches.ts";
import { isSameModel, type SequenceModel, type StepModel } from "./file-model.ts";

export type FileChange = { where: string; what: string; before: string | null; after: string | null };

/** Of a record without steps. */
export function changesOf(before: object | null, after: object, where = ""): FileChange[] {
  if (!before) return [];
  const old = before as Record<string, unknown>;
  const names = [...new Set([...Object.keys(old), ...Object.keys(after)])];
  return names.flatMap((name): FileChange[] => {
    const [was, is] = [old[name], (after as Record<string, unknown>)[name]];
    if (isSameModel(was, is)) return [];
    if (isRecord(was) && isRecord(is)) return changesOf(was, is, where);
    return [{ where, what: spoken(name), before: shown(was), after: shown(is) }];
  });
}

export function sequenceChanges(before: SequenceModel | null, after: SequenceModel): FileChange[] {
  if (!before) return [];
  const { steps: old, ...settings } = before;
  const { steps: now, ...wished } = after;
  return [...changesOf(settings, wished), ...stepChanges(old, now)];
}

function stepChanges(before: readonly StepModel[], after: readonly StepModel[]): FileChange[] {
  const matches = matchSteps(before, after);
  return matches.flatMap(({ from, to }): FileChange[] => {
    const [was, is] = [from === null ? null : before[from], to === null ? null : after[to]];
    if (!was && is)
      return [
        {
          where: say("step {to}", { to: (to ?? 0) + 1 }),
          what: say("step added"),
          before: null,
          after: titleOf(is),
        },
      ];
    if (was && !is)
      return [
        {
          where: say("step {from}", { from: (from ?? 0) + 1 }),
          what: say("step removed"),
          before: titleOf(was),
          after: null,
        },
      ];
    if (!was || !is) return [];
    const where = say("step {to}", { to: (to ?? 0) + 1 });
    return [...moved(matches, { from, to }, where), ...insideStep(was, is, where)];
  });
}

/** A step that another one has passed. */
function moved(matches: readonly Match[], { from, to }: Match, where: string): FileChange[] {
  const isPassed = matches.some(
    (one) => one.from !== null && one.to !== null && one.from > (from ?? 0) && one.to < (to ?? 0),
  );
  return isPassed
    ? [{ where, what: say("place"), before: `${(from ?? 0) + 1}`, after: `${(to ?? 0) + 1}` }]
    : [];
}

function insideStep(
  { variants: old, ...was }: StepModel,
  { variants: now, ...is }: StepModel,
  where: string,
) {
  const changes = changesOf(was, is, where);
  for (const { from, to } of matchVariants(old, now)) {
    const [before, after] = [from === null ? null : old[from], to === null ? null : now[to]];
    const place = say("{where}, variant {to}", { where, to: (to ?? from ?? 0) + 1 });
    if (before && after) changes.push(...changesOf(before, after, place));
    else if (after)
      changes.push({ where: place, what: say("variant added"), before: null, after: after.subject || null });
    else if (before)
      changes.push({
        where: place,
        what: say("variant removed"),
        before: before.subject || null,
        after: null,
      });
  }
  return changes;
}

function titleOf({ type, variants }: StepModel) {
  const subject = variants[0]?.subject;
  return subject ? `${type}: ${subject}` : type;
}

function isRecord(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !("step" in value);
}

/** `maxEmailsPerDay` as the files write it. */
function spoken(name: string) {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function shown(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === "string" ? value : JSON.stringify(value);
}
