import { useMe } from "../../../session.ts";
import type { Copilot } from "./queries.ts";

/** Its owner changes a copilot and decides on its proposals, and admins. */
export function useMayChange({ user_id }: Pick<Copilot, "user_id">) {
  const { user } = useMe();
  return user.role === "admin" || user.id === user_id;
}
