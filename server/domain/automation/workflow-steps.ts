// A workflow's actions as a tree, and the way through it. A position is a path: `2.yes.0`, `3.paths.1.0`. A candidate's
// row stores only that, so another process can continue from there.

type KeptTerms = {
  sequenceId: string;
  mailboxIds: readonly string[];
  sendFromAddress: string | null;
  waived: readonly string[];
  skipsVerification: boolean;
  adderId: string | null;
  startsPaused: boolean;
  startsAt: string | null;
  startStep: number;
  reEnrolls: boolean;
  /** Nothing is said of it by workflows that were saved before it could be. */
  waitsForOthers?: boolean;
};

export type WorkflowAction =
  | { is: "enrich" }
  | { is: "save_as_contact"; labelNames: readonly string[]; stageId: string | null; ownerId: string | null }
  | { is: "add_to_sequence"; terms: KeptTerms }
  | {
      is: "remove_from_sequence";
      sequenceIds: readonly string[];
      how: "finish" | "remove" | "stop";
      reason: string | null;
    }
  | { is: "add_to_list" | "remove_from_list"; labelNames: readonly string[] }
  | { is: "set_stage"; stageId: string }
  | { is: "set_field"; values: Readonly<Record<string, unknown>> }
  | { is: "set_owner"; ownerIds: readonly string[] }
  | {
      is: "create_task";
      kind: string;
      title: string | null;
      note: string | null;
      priority: "high" | "medium" | "low";
      userId: string | null;
      dueInHours: number;
    }
  | {
      is: "create_deal";
      name: string;
      amount: number | null;
      stageId: string | null;
      ownerId: string | null;
      closesInDays: number | null;
    }
  | { is: "notify"; userIds: readonly string[]; text: string }
  | { is: "call_webhook"; url: string }
  | { is: "wait"; minutes: number }
  | {
      is: "branch";
      filters: Readonly<Record<string, unknown>>;
      yes: readonly WorkflowAction[];
      no: readonly WorkflowAction[];
    }
  | { is: "split"; paths: readonly { weight: number; actions: readonly WorkflowAction[] }[] };

export type Entity = "contact" | "person" | "account";

const ABOUT_CONTACTS: ReadonlySet<WorkflowAction["is"]> = new Set([
  "add_to_sequence",
  "remove_from_sequence",
]);

/** Whether an action can be done to such records at all. A person is a contact from where it is saved as one. */
export function suits({ is }: WorkflowAction, entity: Entity) {
  if (is === "save_as_contact") return entity === "person";
  return !(entity === "account" && ABOUT_CONTACTS.has(is));
}

/** How many it is done for at once. What is done one by one, or asks others, is done for fewer. */
export function mostAtOnce(action: WorkflowAction | null) {
  if (action?.is === "create_deal") return 100;
  return asksTheNetwork(action) ? 40 : 999;
}

export function asksTheNetwork(action: WorkflowAction | null) {
  return action?.is === "enrich" || action?.is === "call_webhook";
}

/** All actions with their paths, in the order in which they are written. */
export function everyStep(
  actions: readonly WorkflowAction[],
  before = "",
): { step: string; action: WorkflowAction }[] {
  return actions.flatMap((action, place) => {
    const step = `${before}${place}`;
    return [
      { step, action },
      ...ways(action).flatMap(({ word, inside }) => everyStep(inside, `${step}.${word}.`)),
    ];
  });
}

function ways(action: WorkflowAction) {
  if (action.is === "branch")
    return [
      { word: "yes", inside: action.yes },
      { word: "no", inside: action.no },
    ];
  if (action.is === "split")
    return action.paths.map(({ actions }, place) => ({ word: `paths.${place}`, inside: actions }));
  return [];
}

export function stepAt(actions: readonly WorkflowAction[], step: string): WorkflowAction | null {
  return everyStep(actions).find((one) => one.step === step)?.action ?? null;
}

/** Where everybody begins. */
export const FIRST_STEP = "0";

export function firstActionStep(actions: readonly WorkflowAction[]): string | null {
  return actions.length > 0 ? FIRST_STEP : null;
}

/** What comes after this one: beside it, or beside what it is inside of. Null: it was the last. */
export function stepAfter(actions: readonly WorkflowAction[], step: string): string | null {
  const known = new Set(everyStep(actions).map((one) => one.step));
  for (let path = step; path !== ""; path = outside(path)) {
    const [, before = "", place] = /^(.*?)(?<!\d)(\d+)$/.exec(path) ?? [];
    const next = `${before}${Number(place) + 1}`;
    if (known.has(next)) return next;
  }
  return null;
}

/** `2.yes.0` is inside `2`, and so is `2.paths.1.0`. */
function outside(path: string) {
  return /^(.*)\.(?:yes|no|paths\.\d+)\.\d+$/.exec(path)?.[1] ?? "";
}

/** The first step of one way out of a branch or a split, or what comes after both where there is nothing on it. */
export function stepInto(actions: readonly WorkflowAction[], step: string, word: string): string | null {
  const inside = `${step}.${word}.0`;
  return stepAt(actions, inside) ? inside : stepAfter(actions, step);
}

/** Which path of a split: by a number that the candidate keeps, so that it is the same one however often it is asked. */
export function pathFor(paths: readonly { weight: number }[], lot: number) {
  const total = paths.reduce((sum, { weight }) => sum + weight, 0);
  let left = lot % total;
  for (const [place, { weight }] of paths.entries()) {
    if (left < weight) return place;
    left -= weight;
  }
  return 0;
}

/** A whole number out of an id of ours, whose end is random. */
export function lotOf(id: string) {
  return Number.parseInt(id.slice(-8), 16);
}
