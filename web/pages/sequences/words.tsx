// A sequence's state and numbers, in words.

import { count, figure } from "../../parts/figures.ts";
import { State, type StateKind } from "../../parts/State.tsx";
import type { Sequence } from "./queries.ts";

type Stateful = Pick<Sequence, "active" | "archived" | "status_reason" | "num_contacts">;

export function stateOf(sequence: Stateful): { kind: StateKind; word: string } {
  const { active, archived, status_reason, num_contacts } = sequence;
  if (archived) return { kind: "off", word: "Archived" };
  if (active) return { kind: "good", word: "Active" };
  // Nobody has turned it on yet, so there is nothing that could be paused.
  const isDraft = status_reason === null && num_contacts === 0;
  return isDraft ? { kind: "off", word: "Draft" } : { kind: "waiting", word: "Paused" };
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
  if (num_contacts === 0) return "Nobody is in it yet";
  const { active, paused, finished, failed } = contact_statuses;
  const parts = [
    active && `${figure(active)} active`,
    paused && `${figure(paused)} paused`,
    finished && `${figure(finished)} finished`,
    failed && `${figure(failed)} failed`,
  ].filter(Boolean);
  return `${count(num_contacts, "contact")}: ${parts.join(", ")}`;
}
