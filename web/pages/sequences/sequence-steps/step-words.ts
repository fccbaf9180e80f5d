// What each type of step is called, what it is for, and how a wait is said.

import { dateFormat } from "../../../language/formats.ts";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import type { DraftStep, StepType, WaitMode } from "./draft.ts";

export const STEP_TYPES: Record<StepType, { name: string; does: string; group: string }> = perLanguage(
  () => ({
    auto_email: {
      name: t("Automatic email"),
      does: t("Sent automatically when it is due"),
      group: t("Email"),
    },
    manual_email: {
      name: t("Manual email"),
      does: t("A task to review the email and send it"),
      group: t("Email"),
    },
    call: { name: t("Phone call"), does: t("A task to call, with a script"), group: t("Tasks") },
    sms: {
      name: t("Text message (SMS)"),
      does: t("A task to send a text message, with its text"),
      group: t("Tasks"),
    },
    whatsapp: {
      name: t("WhatsApp message"),
      does: t("A task to write on WhatsApp, with its text"),
      group: t("Tasks"),
    },
    action_item: { name: t("Action item"), does: t("A task of any kind"), group: t("Tasks") },
    linkedin_step_connect: {
      name: t("LinkedIn connection request"),
      does: t("A task to ask for a connection"),
      group: t("LinkedIn"),
    },
    linkedin_step_message: {
      name: t("LinkedIn message"),
      does: t("A task to write to a connection"),
      group: t("LinkedIn"),
    },
    linkedin_step_view_profile: {
      name: t("LinkedIn profile view"),
      does: t("A task to look at the profile"),
      group: t("LinkedIn"),
    },
    linkedin_step_interact_post: {
      name: t("LinkedIn post interaction"),
      does: t("A task to like or comment on a post"),
      group: t("LinkedIn"),
    },
    branch: {
      name: t("If / else"),
      does: t("Two paths: one for contacts who match a condition, one for all others"),
      group: t("Branch"),
    },
  }),
);

export const STEP_ORDER = Object.keys(STEP_TYPES) as StepType[];

export function nameOf(type: StepType) {
  return STEP_TYPES[type].name;
}

const LATER: Record<WaitMode, (n: number) => string> = {
  minute: (n) => t("{n} {n, plural, one {minute} other {minutes}} later", { n }),
  hour: (n) => t("{n} {n, plural, one {hour} other {hours}} later", { n }),
  day: (n) => t("{n} {n, plural, one {schedule day} other {schedule days}} later", { n }),
};

const AFTER_BEING_ADDED: Record<WaitMode, (n: number) => string> = {
  minute: (n) => t("{n} {n, plural, one {minute} other {minutes}} after being added", { n }),
  hour: (n) => t("{n} {n, plural, one {hour} other {hours}} after being added", { n }),
  day: (n) => t("{n} {n, plural, one {schedule day} other {schedule days}} after being added", { n }),
};

/** "3 schedule days later"; for the first, since when they were added. */
export function sayWait(
  { waitTime, waitMode, exactAt }: Pick<DraftStep, "waitTime" | "waitMode" | "exactAt">,
  isFirst: boolean,
) {
  if (exactAt) return t("On a fixed date");
  if (waitTime === 0)
    return isFirst ? t("As soon as contacts are added") : t("Right after the previous step");
  return (isFirst ? AFTER_BEING_ADDED : LATER)[waitMode](waitTime);
}

const DAY_AND_TIME = {
  weekday: "short",
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
} as const;

/** "Thu 27 Nov, 09:00" on the clock of that zone. */
export function sayDate(at: string, timeZone: string) {
  return dateFormat({ ...DAY_AND_TIME, timeZone }).format(new Date(at));
}
