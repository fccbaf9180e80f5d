import { t } from "../../../language/t.ts";
import { capital } from "../../../parts/capital.ts";
import type { TeamMove } from "./queries.ts";

/** What is moved, as the page of it is called. What a later version adds is shown by its own name. */
export function kindWord(kind: string) {
  return KINDS[kind]?.() ?? capital(kind.replaceAll("_", " "));
}

const KINDS: Record<string, () => string> = {
  users: () => t("Users"),
  mailboxes: () => t("Mailboxes"),
  contact_stages: () => t("Contact stages"),
  account_stages: () => t("Company stages"),
  deal_stages: () => t("Deal stages"),
  fields: () => t("Fields"),
  lists: () => t("Lists"),
  schedules: () => t("Schedules"),
  accounts: () => t("Companies"),
  contacts: () => t("Contacts"),
  sequences: () => t("Sequences"),
  enrollments: () => t("Contacts in sequences"),
  deals: () => t("Deals"),
  tasks: () => t("Tasks"),
  calls: () => t("Calls"),
  notes: () => t("Notes"),
  "sequences with their contacts": () => t("Contacts in sequences"),
};

/** The server's name: api.apollo.io. */
export function sourceWord(source: string) {
  return URL.parse(source)?.host ?? source;
}

export function stateWord({ phase, status }: TeamMove) {
  if (status === "failed") return { kind: "bad" as const, says: t("Failed") };
  if (status === "cancelled") return { kind: "off" as const, says: t("Stopped") };
  if (status === "done") {
    if (phase === "look") return { kind: "good" as const, says: t("Read, nothing copied yet") };
    return { kind: "good" as const, says: phase === "undo" ? t("Undone") : t("Copied") };
  }
  if (phase === "look") return { kind: "waiting" as const, says: t("Reading") };
  return { kind: "waiting" as const, says: phase === "undo" ? t("Undoing") : t("Copying") };
}
