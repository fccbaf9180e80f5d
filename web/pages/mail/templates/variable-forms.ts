// A variable as it is written into a mail (docs/guides/variables.md).

import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import type { api } from "../../../session.ts";

export type TemplateVariable = Awaited<ReturnType<typeof api.rehearsals.variables>>["variables"][number];
export type Form = "plain" | "instead" | "if";

export const GROUPS: readonly { source: TemplateVariable["source"]; label: string }[] = perLanguage(() => [
  { source: "contact", label: t("Contact") },
  { source: "account", label: t("Company") },
  { source: "sender", label: t("Sender") },
  { source: "sequence", label: t("Sequence") },
  { source: "now", label: t("Send date") },
]);

export function asWritten(name: string, form: Form, instead: string) {
  if (form === "if") return `{{#if ${name}}}{{${name}}}{{#endif}}`;
  // A bar or a brace in it would end it early.
  const said = instead.replace(/[{}|]/g, "").trim();
  return form === "instead" && said ? `{{${name}|${said}}}` : `{{${name}}}`;
}
