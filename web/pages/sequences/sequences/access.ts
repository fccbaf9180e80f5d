import { useQuery } from "@tanstack/react-query";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { useMe } from "../../../session.ts";
import { sequenceQuery } from "./queries.ts";
import { rightTo, type Shared } from "./right.ts";

export { type Right, rightTo } from "./right.ts";

export function useRights(sequence: Shared) {
  const right = rightTo(sequence, useMe());
  return { mayEdit: right !== "can_view", mayManage: right === "full_access" };
}

/** The same for a record of a sequence, of which only the id is known; false until it is. */
export function useMayEdit(sequenceId: string | null) {
  const me = useMe();
  const isAsked = sequenceId !== null && me.user.role !== "admin";
  const { data } = useQuery({ ...sequenceQuery(sequenceId ?? ""), enabled: isAsked });
  if (!isAsked) return { mayEdit: true, isKnown: true };
  const sequence = data?.emailer_campaign;
  return { mayEdit: !!sequence && rightTo(sequence, me) !== "can_view", isKnown: !!sequence };
}

export const ASK_OWNER = perLanguage(() => ({
  edit: t("You can view this sequence. To edit it, ask its owner or an admin."),
  manage: t("Only the owner, admins and users with full access can do this."),
}));
