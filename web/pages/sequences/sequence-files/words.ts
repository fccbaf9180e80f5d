// A plan in words: what will change in which part, and what happens to the contacts.

import { t } from "../../../language/t.ts";
import type { Change, Planned } from "./queries.ts";

const KINDS: Record<Planned["kind"], () => string> = {
  field: () => t("Custom field"),
  schedule: () => t("Schedule"),
  ruleset: () => t("Ruleset"),
  template: () => t("Template"),
  sequence: () => t("Sequence"),
};

export function kindOf({ kind }: Planned) {
  return KINDS[kind]();
}

/** `step 2, variant 1: subject` as a heading. Names of settings are those of the files. */
export function sayChange({ where, what }: Change) {
  const [, step, variant] = /^step (\d+)(?:, variant (\d+))?$/.exec(where) ?? [];
  const place = step
    ? variant
      ? t("Step {step}, variant {variant}", { step, variant })
      : t("Step {step}", { step })
    : where;
  return [place, WHAT[what]?.() ?? what].filter(Boolean).join(": ");
}

const WHAT: Record<string, () => string> = {
  "step added": () => t("step added"),
  "step removed": () => t("step removed"),
  "variant added": () => t("variant added"),
  "variant removed": () => t("variant removed"),
  place: () => t("position"),
  subject: () => t("subject"),
  html: () => t("text"),
  name: () => t("name"),
};

/** `isDone` tells whether it has happened, or is only planned. */
export function verdictWords({ verdict, changes }: Planned, isDone: boolean) {
  switch (verdict) {
    case "create":
      return isDone ? t("Created") : t("Will be created");
    case "update":
      return isDone
        ? t("Updated, {n, plural, one {# change} other {# changes}}", { n: changes.length })
        : t("Will be updated, {n, plural, one {# change} other {# changes}}", { n: changes.length });
    case "held":
      return isDone ? t("Left alone") : t("Will be left alone");
    case "unchanged":
      return t("Unchanged");
  }
}

export function heldWords({ held_because }: Planned) {
  if (held_because === "edited_in_app") return t("It was edited here since the file was applied.");
  if (held_because === "never_applied")
    return t("It has the same key or name, and no file has written it yet.");
  return null;
}

/** What happens to those in the middle of the sequence. Null where nobody is, or nothing of theirs changes. */
export function contactWords({ contacts, verdict }: Planned, isDone: boolean) {
  if (!contacts || verdict !== "update" || contacts.in_sequence === 0) return null;
  const { in_sequence, keep_version, move } = contacts;
  if (keep_version > 0)
    return isDone
      ? t("{n, plural, one {# contact keeps} other {# contacts keep}} the steps and texts as they were.", {
          n: keep_version,
        })
      : t("{n, plural, one {# contact} other {# contacts}} will keep the steps and texts as they are now.", {
          n: keep_version,
        });
  if (move > 0)
    return isDone
      ? t("{n, plural, one {# contact} other {# contacts}} got the new steps and texts.", { n: move })
      : t(
          "{n, plural, one {# contact} other {# contacts}} will get the new steps and texts. Contacts at a removed step will continue at the next one.",
          { n: move },
        );
  return t("The steps stay the same for {n, plural, one {# contact} other {# contacts}} in the sequence.", {
    n: in_sequence,
  });
}

export function stepWords({ contacts }: Planned) {
  return (contacts?.by_step ?? [])
    .map(({ step, contacts: n }) =>
      t("step {step}: {n, plural, one {# contact} other {# contacts}}", { step, n }),
    )
    .join(", ");
}

export function countOf(plan: readonly Planned[], verdict: Planned["verdict"]) {
  return plan.filter((one) => one.verdict === verdict).length;
}

export function summaryOf(plan: readonly Planned[], isDone: boolean) {
  const counts = {
    created: countOf(plan, "create"),
    updated: countOf(plan, "update"),
    held: countOf(plan, "held"),
    unchanged: countOf(plan, "unchanged"),
  };
  return isDone
    ? t(
        "{created, number} created, {updated, number} updated, {held, number} left alone, {unchanged, number} unchanged.",
        counts,
      )
    : t(
        "{created, number} to create, {updated, number} to update, {held, number} to leave alone, {unchanged, number} unchanged.",
        counts,
      );
}
