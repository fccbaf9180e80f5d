// A person's state and role, in words.

import { IconShield, IconUser } from "@tabler/icons-react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { State, type StateKind } from "../../../parts/State.tsx";
import type { TeamMember } from "./queries.ts";

const STATES: Record<TeamMember["state"], { kind: StateKind; word: string }> = perLanguage(() => ({
  active: { kind: "good", word: t("Active") },
  invited: { kind: "waiting", word: t("Invited") },
  deactivated: { kind: "off", word: t("Deactivated") },
}));

export function PersonState({ state }: Pick<TeamMember, "state">) {
  const { kind, word } = STATES[state];
  return <State kind={kind}>{word}</State>;
}

export const ROLES: Record<TeamMember["role"], { word: string; may: string }> = perLanguage(() => ({
  admin: { word: t("Admin"), may: t("Can invite users, create API keys and read the history.") },
  member: { word: t("Member"), may: t("Can use everything except users, keys and the history.") },
}));

export function PersonRole({ role }: Pick<TeamMember, "role">) {
  const Icon = role === "admin" ? IconShield : IconUser;
  return (
    <span className="row" style={{ gap: 6, flexWrap: "nowrap" }}>
      <Icon size="0.875rem" stroke={1.75} aria-hidden style={{ color: "var(--soft)" }} />
      {ROLES[role].word}
    </span>
  );
}

export const ROLE_CHOICES = perLanguage(() => [
  { value: "member", label: t("Member") },
  { value: "admin", label: t("Admin") },
]);

export function countPeople(people: readonly TeamMember[]) {
  const count = (state: TeamMember["state"]) => people.filter((person) => person.state === state).length;
  const parts = [t("{count} active", { count: count("active") })];
  if (count("invited")) parts.push(t("{count} invited", { count: count("invited") }));
  if (count("deactivated")) parts.push(t("{count} deactivated", { count: count("deactivated") }));
  return `${parts.join(", ")}.`;
}
