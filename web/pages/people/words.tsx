// A person's state and role, in words.

import { IconShield, IconUser } from "@tabler/icons-react";
import { State, type StateKind } from "../../parts/State.tsx";
import type { Person } from "./queries.ts";

const STATES: Record<Person["state"], { kind: StateKind; word: string }> = {
  active: { kind: "good", word: "Active" },
  invited: { kind: "waiting", word: "Invited" },
  deactivated: { kind: "off", word: "Deactivated" },
};

export function PersonState({ state }: Pick<Person, "state">) {
  const { kind, word } = STATES[state];
  return <State kind={kind}>{word}</State>;
}

export const ROLES: Record<Person["role"], { word: string; may: string }> = {
  admin: { word: "Admin", may: "May invite people, make API keys, and read the history." },
  member: { word: "Member", may: "Works with everything but people, keys and the history." },
};

export function PersonRole({ role }: Pick<Person, "role">) {
  const Icon = role === "admin" ? IconShield : IconUser;
  return (
    <span className="row" style={{ gap: 6, flexWrap: "nowrap" }}>
      <Icon size="0.875rem" stroke={1.75} aria-hidden style={{ color: "var(--soft)" }} />
      {ROLES[role].word}
    </span>
  );
}

export const ROLE_CHOICES = [
  { value: "member", label: "Member" },
  { value: "admin", label: "Admin" },
];

export function countPeople(people: readonly Person[]) {
  const count = (state: Person["state"]) => people.filter((person) => person.state === state).length;
  const parts = [`${count("active")} active`];
  if (count("invited")) parts.push(`${count("invited")} invited`);
  if (count("deactivated")) parts.push(`${count("deactivated")} deactivated`);
  return `${parts.join(", ")}.`;
}
