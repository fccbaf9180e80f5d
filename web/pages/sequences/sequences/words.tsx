// A sequence's state and numbers, in words.

import { t } from "../../../language/t.ts";
import { State, type StateKind } from "../../../parts/State.tsx";
import type { Sequence } from "./queries.ts";

type Stateful = Pick<
  Sequence,
  "active" | "archived" | "status_reason" | "num_contacts" | "auto_pause_warning_level"
>;

export function stateOf(sequence: Stateful): { kind: StateKind; word: string } {
  const { active, archived, status_reason, num_contacts, auto_pause_warning_level: brake } = sequence;
  if (archived) return { kind: "off", word: t("Archived") };
  if (active && brake === "paused") return { kind: "bad", word: t("Paused by a brake") };
  if (active && brake) return { kind: "waiting", word: t("First emails held by a brake") };
  if (active) return { kind: "good", word: t("Active") };
  // Never activated, so nothing could be paused.
  const isDraft = status_reason === null && num_contacts === 0;
  return isDraft ? { kind: "off", word: t("Draft") } : { kind: "waiting", word: t("Inactive") };
}

export function SequenceState({ sequence }: { sequence: Stateful }) {
  const { kind, word } = stateOf(sequence);
  return <State kind={kind}>{word}</State>;
}

/** Who is still on the way. */
export function underWay({ contact_statuses: { active, paused } }: Pick<Sequence, "contact_statuses">) {
  return active + paused;
}

export function sayPeople({ num_contacts, contact_statuses }: Sequence) {
  if (num_contacts === 0) return t("No contacts yet");
  const { active, paused, finished, failed } = contact_statuses;
  const parts = [
    active && t("{active, number} active", { active }),
    paused && t("{paused, number} paused", { paused }),
    finished && t("{finished, number} finished", { finished }),
    failed && t("{failed, number} failed", { failed }),
  ].filter(Boolean);
  return t("{num_contacts, plural, one {# contact} other {# contacts}}: {parts}", {
    num_contacts,
    parts: parts.join(", "),
  });
}
