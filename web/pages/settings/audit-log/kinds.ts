// What the history can be narrowed to, and which events that is.

import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";

export const KINDS = perLanguage(
  () =>
    [
      { value: "refused", label: t("Refused calls"), types: ["access.refused"] },
      { value: "signing-in", label: t("Sign-ins"), types: ["session.*", "password.*"] },
      {
        value: "access",
        label: t("Users, keys and applications"),
        types: ["user.*", "subteam.*", "api_key.*", "application.*", "sql_login.*"],
      },
      { value: "left-out", label: t("Skipped when added to sequences"), types: ["enrollment.skipped"] },
    ] as const,
);

/** None for everything, as for an address that names what there is not. */
export function typesOf(kind: string | undefined): readonly string[] {
  return KINDS.find(({ value }) => value === kind)?.types ?? [];
}
