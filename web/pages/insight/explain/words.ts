// The states of everything that can be explained, and the other codes of an explanation, in words.

import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import type { StateKind } from "../../../parts/State.tsx";

type Words = { kind: StateKind; word: string };

const STATES: Record<string, Words> = perLanguage(() => ({
  waiting: { kind: "good", word: t("Active") },
  due: { kind: "good", word: t("Due") },
  held: { kind: "waiting", word: t("On hold") },
  active: { kind: "good", word: t("Active") },
  paused: { kind: "waiting", word: t("Paused") },
  finished: { kind: "off", word: t("Finished") },
  failed: { kind: "bad", word: t("Failed") },
  removed: { kind: "off", word: t("Removed") },
  reachable: { kind: "good", word: t("Can be emailed") },
  in_sequence: { kind: "good", word: t("In a sequence") },
  barred: { kind: "bad", word: t("Do not email") },
  running: { kind: "good", word: t("Active") },
  off: { kind: "off", word: t("Inactive") },
  archived: { kind: "off", word: t("Archived") },
  empty: { kind: "off", word: t("Empty") },
  ready: { kind: "good", word: t("Ready") },
  resting: { kind: "waiting", word: t("On hold") },
  disconnected: { kind: "bad", word: t("Not connected") },
  drafted: { kind: "off", word: t("Draft") },
  scheduled: { kind: "good", word: t("Scheduled") },
  sending: { kind: "good", word: t("Sending") },
  unconfirmed: { kind: "waiting", word: t("Delivery not confirmed") },
  completed: { kind: "good", word: t("Sent") },
  skipped: { kind: "off", word: t("Skipped") },
  cancelled: { kind: "off", word: t("Canceled") },
}));

export function stateWords(state: string): Words {
  return STATES[state] ?? { kind: "off", word: asWords(state) };
}

const NEXT: Record<string, string> = perLanguage(() => ({
  auto_email: t("Automatic email"),
  manual_email: t("Manual email"),
  call: t("Call"),
  sms: t("Text message"),
  whatsapp: t("WhatsApp message"),
  action_item: t("Task"),
  linkedin_step_connect: t("LinkedIn connection request"),
  linkedin_step_message: t("LinkedIn message"),
  linkedin_step_view_profile: t("View LinkedIn profile"),
  linkedin_step_interact_post: t("Interact with LinkedIn post"),
  resume: t("Resume"),
  branch: t("Decides the path"),
  not_sent: t("The email will not be sent"),
}));

export function nextWords(what: string) {
  return NEXT[what] ?? asWords(what);
}

const CAUSES: Record<string, string> = perLanguage(() => ({
  api: t("through the API"),
  web: t("in the app"),
  clock: t("on schedule"),
  engine: t("automatic"),
  job: t("by a background job"),
  mail: t("by an incoming email"),
  visitor: t("by the recipient"),
  "operator-key": t("by a command on the server"),
  sample: t("sample data"),
}));

export function causeWords(cause: string) {
  return CAUSES[cause] ?? asWords(cause);
}

/** A code without words of its own still reads as words. */
export function asWords(code: string) {
  const text = code.replaceAll(/[_.:]+/g, " ").trim();
  return text.charAt(0).toUpperCase() + text.slice(1);
}
