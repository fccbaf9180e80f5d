// Whom a key acts as where nobody was chosen. The server decides it at each call, by the same rule.

import { t } from "../../../language/t.ts";
import { useMe } from "../../../session.ts";
import { type TeamMember, usePeople } from "../people/queries.ts";

/** People come in the order in which they joined. */
export function useLongestAdmin(): TeamMember | null {
  const { data: people = [] } = usePeople();
  return people.find(({ role, state }) => role === "admin" && state !== "deactivated") ?? null;
}

/** "Ines Holm (you)". */
export function useNameWithYou() {
  const { user } = useMe();
  return ({ id, name }: Pick<TeamMember, "id" | "name">) =>
    id === user.id ? t("{name} (you)", { name }) : name;
}
