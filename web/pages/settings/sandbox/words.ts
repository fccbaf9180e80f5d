import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import type { Fault, Prospect } from "./queries.ts";

export const DOES: readonly { value: Prospect["does"]; label: string }[] = perLanguage(() => [
  { value: "reply", label: t("Replies") },
  { value: "out_of_office", label: t("Out of office") },
  { value: "auto_reply", label: t("Automatic reply") },
  { value: "hard_bounce", label: t("Hard bounce") },
  { value: "soft_bounce", label: t("Soft bounce") },
  { value: "unsubscribe", label: t("Asks to unsubscribe") },
  { value: "one_click", label: t("Clicks unsubscribe") },
  { value: "complain", label: t("Reports spam") },
  { value: "open", label: t("Opens the email") },
  { value: "click", label: t("Clicks a link") },
  { value: "forward", label: t("A colleague replies") },
  { value: "nothing", label: t("Does nothing") },
]);

/** By which one of these an entry picks its recipients. */
export type Picks = "all" | "email" | "domain" | "label";

export const PICKS: readonly { value: Picks; label: string }[] = perLanguage(() => [
  { value: "all", label: t("Every recipient") },
  { value: "email", label: t("Email address") },
  { value: "domain", label: t("Domain") },
  { value: "label", label: t("List") },
]);

type Preset = "lively" | "silent" | "hostile" | "holiday_season";

export const PRESETS: readonly { value: Preset; label: string }[] = perLanguage(() => [
  { value: "lively", label: t("Lively") },
  { value: "silent", label: t("Silent") },
  { value: "hostile", label: t("Hostile") },
  { value: "holiday_season", label: t("Holiday season") },
]);

export const isPreset = (value: string): value is Preset => PRESETS.some((one) => one.value === value);

export type ReadyFault = { label: string; fault: Fault };

/** What can be switched on without the API. */
export const READY_FAULTS: readonly ReadyFault[] = perLanguage(() => [
  {
    label: t("Mail servers ask to try again later, for every fifth email"),
    // texts: not translated, a mail server says it
    fault: { on: "smtp", at: "data", reply: "451 4.7.1 Try again later", share: 20 },
  },
  {
    label: t("The connection ends while an inbox is read, every fifth time"),
    fault: { on: "imap", does: "drop", share: 20 },
  },
  { label: t("Inboxes are slow"), fault: { on: "imap", does: "slow", latency_ms: 2_000 } },
  { label: t("Emails arrive with broken characters"), fault: { on: "imap", does: "bad_utf8" } },
  {
    label: t("Every fifth webhook is lost and sent again"),
    fault: { on: "webhook", does: "lost", share: 20 },
  },
  { label: t("Every fifth webhook arrives twice"), fault: { on: "webhook", does: "doubled", share: 20 } },
  {
    label: t("Every fifth webhook arrives out of order"),
    fault: { on: "webhook", does: "out_of_order", share: 20 },
  },
  {
    label: t("Data providers are not available, every second time"),
    fault: { on: "provider", status: 503, share: 50 },
  },
  {
    label: t("Calls about contacts are refused with 429, every tenth time"),
    fault: { on: "api", path: "/contacts", status: 429, share: 10 },
  },
  {
    label: t("Calls about sequences lose their answer, every tenth time"),
    fault: { on: "api", path: "/emailer_campaigns", lost: true, share: 10 },
  },
]);

/** The same, however the keys are ordered; a fault with a limited number of times is another. */
export function isSameFault(one: Fault, other: Fault) {
  const print = (fault: Fault) => JSON.stringify(Object.entries(fault).sort(([a], [b]) => (a < b ? -1 : 1)));
  return print(one) === print(other);
}
