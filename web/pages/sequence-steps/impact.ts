// Whom a change to the steps touches, in sentences: said before a sequence that people are in is saved.

import { count } from "../../parts/figures.ts";
import type { Step } from "../sequences/queries.ts";
import { type Draft, type DraftStep, isEmail } from "./draft.ts";
import { nameOf } from "./step-words.ts";

export type Waiting = Pick<Step, "id" | "counts">;

/** By step, how many wait there, active or paused. */
export function waitingAt(steps: readonly Waiting[]) {
  return new Map(steps.map(({ id, counts }) => [id, counts.active + counts.paused]));
}

export function impactOf(draft: Draft, saved: Draft, steps: readonly Waiting[]): string[] {
  const waiting = waitingAt(steps);
  const at = (step: DraftStep) => waiting.get(step.id ?? "") ?? 0;
  const kept = new Map(draft.flatMap((step) => (step.id ? [[step.id, step] as const] : [])));
  const sentences: string[] = [];
  saved.forEach((before, index) => {
    const name = `Step ${index + 1} (${nameOf(before.type)})`;
    const after = kept.get(before.id ?? "");
    const here = at(before);
    const ahead = saved.slice(0, index + 1).reduce((sum, step) => sum + at(step), 0);
    sentences.push(
      ...(after
        ? sayChanged(name, before, after, here, ahead)
        : [sayRemoved(name, here, hasNext(draft, saved, index))]),
    );
  });
  const order = draft.flatMap(({ id }) => id ?? []);
  const orderBefore = saved.flatMap(({ id }) => (id && kept.has(id) ? [id] : []));
  if (order.join() !== orderBefore.join())
    sentences.push(
      "The order changes: everybody stays at the step they wait for, and goes on from there in the new order.",
    );
  draft.forEach((step, index) => {
    if (!step.id)
      sentences.push(
        `Step ${index + 1} (${nameOf(step.type)}) is new: whoever has not come that far gets it, whoever has finished does not.`,
      );
  });
  return sentences;
}

/** Of whoever is on the way, where the changes are not for them. */
export function leftAlone(people: string) {
  return [
    `The ${people} on the way keep the steps and texts as they were, and go through them to the end.`,
    "Whoever joins from now on goes through the new ones. Their figures begin anew; the whole sequence's go on.",
  ];
}

/** Whether anything is left or new behind a step that is taken away. */
function hasNext(draft: Draft, saved: Draft, index: number) {
  const before = new Set(saved.slice(0, index).map(({ id }) => id));
  const last = draft.findLastIndex(({ id }) => before.has(id));
  return draft.length > last + 1;
}

function sayRemoved(name: string, here: number, goesOn: boolean) {
  return here === 0
    ? `${name} is taken away. Nobody waits there.`
    : `${name} is taken away: ${count(here, "contact who waits", "contacts who wait")} there ${goesOn ? "move on to the next step" : "finish, as nothing comes behind it"}.`;
}

function sayChanged(name: string, before: DraftStep, after: DraftStep, here: number, ahead: number) {
  const said: string[] = [];
  if (before.isOn && !after.isOn)
    said.push(`${name} is switched off: ${count(ahead, "contact")} will pass over it.`);
  if (!before.isOn && after.isOn) said.push(`${name} is switched on for ${count(ahead, "contact")}.`);
  const waits = (step: DraftStep) => [step.waitTime, step.waitMode, step.exactAt].join();
  if (waits(before) !== waits(after))
    said.push(
      here > 0
        ? `${name} waits differently: ${count(here, "contact")} who wait for it get a new date.`
        : `${name} waits differently, for whoever comes to it from now on.`,
    );
  const texts = (step: DraftStep) => JSON.stringify([step.type, step.note, step.mails]);
  if (texts(before) !== texts(after))
    said.push(
      `${name} ${isEmail(after.type) ? "reads" : "is done"} differently for ${count(ahead, "contact")} who have yet to come to it. What was sent stays as it was.`,
    );
  return said;
}
