import { useMe } from "../../../session.ts";
import type { Workflow } from "./queries.ts";

/** Its owner, and admins. */
export function useMayChange({ user_id }: Pick<Workflow, "user_id">) {
  const { user } = useMe();
  return user.role === "admin" || user.id === user_id;
}
