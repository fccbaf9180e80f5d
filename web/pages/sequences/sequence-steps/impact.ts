// Whom a change to the steps touches, in sentences: said before a sequence that people are in is saved.

import { t } from "../../../language/t.ts";
import type { Step } from "../sequences/queries.ts";
import type { DraftStep, StepsDraft } from "./draft.ts";
import { nameOf } from "./step-words.ts";

type StepCounts = Pick<Step, "id" | "counts">;

/** By step, how many wait there, active or paused. */
export function waitingAt(steps: readonly StepCounts[]) {
  return new Map(steps.map(({ id, counts }) => [id, counts.active + counts.paused]));
}

export function impactOf(draft: StepsDraft, saved: StepsDraft, steps: readonly StepCounts[]): string[] {
  const waiting = waitingAt(steps);
  const at = (step: DraftStep) => waiting.get(step.id ?? "") ?? 0;
  const kept = new Map(draft.flatMap((step) => (step.id ? [[step.id, step] as const] : [])));
  const sentences: string[] = [];
  saved.forEach((before, index) => {
    const name = t("Step {index} ({type})", { index: index + 1, type: nameOf(before.type) });
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
      t("The order changes: contacts stay at their current step and continue from there in the new order."),
    );
  draft.forEach((step, index) => {
    if (!step.id)
      sentences.push(
        t(
          "Step {index} ({type}) is new: contacts who have not passed it will get it. Finished contacts will not.",
          { index: index + 1, type: nameOf(step.type) },
        ),
      );
  });
  return sentences;
}

/** What is said of contacts on the way when the changes do not apply to them. */
export function leftAlone(people: string) {
  return [
    t("The current {people} keep the old steps and texts until they finish.", { people }),
    t(
      "New contacts get the new steps. Statistics of the new steps start at zero; the totals of the sequence continue.",
    ),
  ];
}

/** Whether anything is left or new behind a step that is taken away. */
function hasNext(draft: StepsDraft, saved: StepsDraft, index: number) {
  const before = new Set(saved.slice(0, index).map(({ id }) => id));
  const last = draft.findLastIndex(({ id }) => before.has(id));
  return draft.length > last + 1;
}

function sayRemoved(name: string, here: number, goesOn: boolean) {
  if (here === 0) return t("{name} will be deleted. No contacts are waiting there.", { name });
  return goesOn
    ? t(
        "{name} will be deleted: {here, plural, one {# contact} other {# contacts}} waiting there will move on to the next step.",
        { name, here },
      )
    : t(
        "{name} will be deleted: {here, plural, one {# contact} other {# contacts}} waiting there will finish, because no step follows.",
        { name, here },
      );
}

function sayChanged(name: string, before: DraftStep, after: DraftStep, here: number, ahead: number) {
  const said: string[] = [];
  if (before.isOn && !after.isOn)
    said.push(
      ahead === 0
        ? t("{name} will be turned off. All current contacts have passed it.", { name })
        : t("{name} will be turned off: {ahead, plural, one {# contact} other {# contacts}} will skip it.", {
            name,
            ahead,
          }),
    );
  if (!before.isOn && after.isOn)
    said.push(
      ahead === 0
        ? t("{name} will be turned on. All current contacts have passed it.", { name })
        : t("{name} will be turned on for {ahead, plural, one {# contact} other {# contacts}}.", {
            name,
            ahead,
          }),
    );
  const waits = (step: DraftStep) => [step.waitTime, step.waitMode, step.exactAt].join();
  if (waits(before) !== waits(after))
    said.push(
      here > 0
        ? t(
            "{name}: the waiting time changes: {here, plural, one {# contact} other {# contacts}} waiting for it will get a new date.",
            { name, here },
          )
        : t("{name}: the waiting time changes for contacts who reach it from now on.", { name }),
    );
  const texts = (step: DraftStep) => JSON.stringify([step.type, step.note, step.mails]);
  if (texts(before) !== texts(after))
    said.push(
      ahead === 0
        ? t("{name} changes for new contacts only. All current contacts have passed it.", { name })
        : t(
            "{name} changes for {ahead, plural, one {# contact} other {# contacts}} who have not passed it. Emails already sent stay as they are.",
            { name, ahead },
          ),
    );
  return said;
}
