import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { useMe } from "../../../session.ts";
import { rightTo, type Shared } from "./right.ts";

export { type Right, rightTo } from "./right.ts";

export function useRights(sequence: Shared) {
  const right = rightTo(sequence, useMe());
  return { mayEdit: right !== "can_view", mayManage: right === "full_access" };
}

export const ASK_OWNER = perLanguage(() => ({
  edit: t("You can view this sequence. To edit it, ask its owner or an admin."),
  manage: t("Only the owner, admins and users with full access can do this."),
}));
