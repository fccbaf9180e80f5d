// A variable as it is written into a mail (docs/variables.md).

import type { api } from "../../session.ts";

export type Variable = Awaited<ReturnType<typeof api.rehearsals.variables>>["variables"][number];
export type Form = "plain" | "instead" | "if";

export const GROUPS: readonly { source: Variable["source"]; label: string }[] = [
  { source: "contact", label: "The contact" },
  { source: "account", label: "Their company" },
  { source: "sender", label: "Who sends" },
  { source: "sequence", label: "The sequence" },
  { source: "now", label: "The day it is sent" },
];

export function asWritten(name: string, form: Form, instead: string) {
  if (form === "if") return `{{#if ${name}}}{{${name}}}{{#endif}}`;
  // A bar or a brace in it would end it early.
  const said = instead.replace(/[{}|]/g, "").trim();
  return form === "instead" && said ? `{{${name}|${said}}}` : `{{${name}}}`;
}
