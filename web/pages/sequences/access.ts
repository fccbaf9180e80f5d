import { useMe } from "../../session.ts";
import { rightTo, type Shared } from "./right.ts";

export { type Right, rightTo } from "./right.ts";

export function useRights(sequence: Shared) {
  const right = rightTo(sequence, useMe());
  return { mayEdit: right !== "can_view", mayManage: right === "full_access" };
}

export const ASK_OWNER = {
  edit: "You may look at this sequence. Its owner, or an admin, can let you change it.",
  manage: "Only its owner, admins, and people with full access do this.",
};
