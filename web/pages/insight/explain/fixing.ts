// The call that fixes a hold, as the API gives it: what it would touch, how it is made, and how it is undone. A fix for one
// contact runs at a click; a fix that touches many, or sends mail at once, asks first.

import { Refused } from "@cadenza/sdk";
import { inOurLanguage } from "../../../language/asked-language.ts";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { dayAndTime } from "../../../parts/when.ts";
import type { Hold, HoldFix } from "./queries.ts";

export type Answered = {
  change?: { id: string; undo_until: string | null } | null;
  contacts?: unknown[];
  skipped_contact_ids?: Record<string, string>;
  entity_progress_job?: { params?: Record<string, unknown>; entity_ids?: unknown[] };
};

/** Made by hand, not by the SDK's names, because the API says method, path and body itself. */
export async function callFix(fix: Pick<HoldFix, "method" | "path" | "body">, isRehearsal = false) {
  const response = await fetch(fix.path, {
    method: fix.method,
    headers: {
      ...inOurLanguage,
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
export function isAboutMany({ path, body }: HoldFix) {
  return /_contact_ids$/.test(path) && !Array.isArray(body?.contact_ids);
}

const WARNINGS: readonly [pattern: RegExp, says: string][] = perLanguage(() => [
  [/\/restart_contact_ids$/, t("The contacts will restart at the first step and get the same emails again.")],
  [/\/send_now$/, t("The email will be sent now. This cannot be undone.")],
  [/\/approve$/, t("Waiting contacts will continue, and their emails will be sent on schedule.")],
  [/\/emailer_campaigns\/[^/]+$/, t("This applies to all contacts in the sequence.")],
  [/\/emailer_steps\//, t("This applies to all contacts who reach the step.")],
  [/\/emailer_touches\//, t("This applies to all contacts who get this email.")],
  [/\/email_accounts\//, t("This applies to all emails from the mailbox.")],
  [/\/teams\/current$/, t("This applies to all sequences and mailboxes of the team.")],
  [/\/sql_logins\//, t("Programs that use this login will lose access for good.")],
  [/\/brakes\/[^/]+\/lift$/, t("Emails that wait for this brake will be sent on schedule.")],
  [/\/suppressions\//, t("The contacts can be emailed again.")],
  [/\/accounts\//, t("This changes the stage of the whole company.")],
  [
    /\/sending\/confirm$/,
    t("Confirm only if the other copy of this database is shut down. Otherwise contacts get emails twice."),
  ],
  [/\/resolve$/, t("The email will count as sent, and the sequence will continue. This cannot be undone.")],
]);

/** What the user should know before the click; null when the fix is about one contact and can be undone. */
export function warningOf(fix: HoldFix, { code, until }: Pick<Hold, "code" | "until">): string | null {
  if (isAboutMany(fix)) return "";
  if (code === "enrollment_paused" && until)
    return t("The pause ends by itself on {until}. If you resume now, emails may go out before that.", {
      until: dayAndTime(until, currentTime()),
    });
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
export function reverseOf({ method, path, body }: HoldFix, { evidence }: Pick<Hold, "evidence">) {
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
