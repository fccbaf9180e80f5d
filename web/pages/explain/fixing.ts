// The call that mends what holds somebody, as the API hands it over: what it would touch, how it is made, and how it is
// taken back. One contact is mended at a click; what touches many, or mails somebody at once, is asked first.

import { Refused } from "@cadenza/sdk";
import type { Fix, Hold } from "./queries.ts";

export type Answered = {
  change?: { id: string; undo_until: string | null } | null;
  contacts?: unknown[];
  skipped_contact_ids?: Record<string, string>;
  entity_progress_job?: { params?: Record<string, unknown>; entity_ids?: unknown[] };
};

/** Made by hand, not by the SDK's names, because the API says method, path and body itself. */
export async function callFix(fix: Pick<Fix, "method" | "path" | "body">, isRehearsal = false) {
  const response = await fetch(fix.path, {
    method: fix.method,
    headers: {
      accept: "application/json",
      ...(fix.method !== "DELETE" && { "content-type": "application/json" }),
      ...(isRehearsal && { "dry-run": "true" }),
    },
    ...(fix.method !== "DELETE" && { body: JSON.stringify(fix.body ?? {}) }),
  });
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw new Refused(response.status, body, response.headers);
  return body as Answered;
}

/** Whether it is about people chosen by a filter, whom a dry run can count. */
export function isAboutMany({ path, body }: Fix) {
  return /_contact_ids$/.test(path) && !Array.isArray(body?.contact_ids);
}

const WARNINGS: readonly [pattern: RegExp, says: string][] = [
  [/\/restart_contact_ids$/, "They begin again at the first step, and are mailed again what they have had."],
  [/\/send_now$/, "The mail goes out at once. It cannot be called back."],
  [/\/approve$/, "Whoever waits for it goes on, and their mails go out as the schedule allows."],
  [/\/emailer_campaigns\/[^/]+$/, "This holds for everybody in the sequence."],
  [/\/emailer_steps\//, "This holds for everybody who comes to the step."],
  [/\/emailer_touches\//, "This holds for everybody who gets this mail."],
  [/\/email_accounts\//, "This holds for every mail of the mailbox."],
  [/\/teams\/current$/, "This holds for every sequence and mailbox of the team."],
  [/\/suppressions\//, "Whoever was barred by it can be mailed again."],
  [/\/accounts\//, "This is the stage of everybody at that company."],
  [
    /\/sending\/confirm$/,
    "Only confirm it if the other copy of this database is switched off for good: otherwise people get mails twice.",
  ],
  [/\/resolve$/, "The mail counts as sent, and the sequence goes on from there. It cannot be undone."],
];

/** What whoever clicks should know before; null where it is about one contact and can be taken back. */
export function warningOf(fix: Fix): string | null {
  if (isAboutMany(fix)) return "";
  return WARNINGS.find(([pattern]) => pattern.test(fix.path))?.[1] ?? null;
}

/** How many go along, and how many are left alone. A job has not counted yet. */
export function countOf(rehearsed: Answered): { going: number; left: number } | null {
  const { contacts, skipped_contact_ids: skipped = {}, entity_progress_job: job } = rehearsed;
  if (contacts) {
    const left = Object.keys(skipped).length;
    return { going: contacts.length - left, left };
  }
  const named = job?.entity_ids?.length;
  return named ? { going: named, left: 0 } : null;
}

/** The call that puts it back, where we know what was there before; null where the change itself can be undone, or nothing can. */
export function reverseOf({ method, path, body }: Fix, { evidence }: Pick<Hold, "evidence">) {
  if (/\/emailer_campaigns\/[^/]+\/approve$/.test(path))
    return { method: "POST" as const, path: path.replace(/approve$/, "abort"), body: null };
  const before = body && whatStoodIn(body, evidence);
  return before ? { method, path, body: before } : null;
}

function whatStoodIn(body: Record<string, unknown>, evidence: Record<string, unknown>) {
  const [[name, value] = ["", null], ...more] = Object.entries(body);
  if (more.length > 0) return null;
  if (name === "email_status" && typeof evidence.email_status === "string")
    return { email_status: evidence.email_status };
  if (name === "do_not_contact" || name === "enabled" || name === "archived") return { [name]: !value };
  if (/email_daily_threshold|max_/.test(name) && typeof evidence.limit === "number")
    return { [name]: evidence.limit };
  return null;
}
