// Mailboxes, hours and limits: what passes by itself.

import { durationWords, plural } from "../../basics/clock-words.ts";
import { ofWhichElsewhere } from "../../contacts/sent-elsewhere.ts";
import type { OF_TIMES } from "../../gate/gate-of-times.ts";
import { holidaySays } from "../../time/holidays.ts";
import { text, type Words } from "./words.ts";

export const WORDS_OF_TIMES = {
  no_active_email_account: {
    means: "There is no mailbox to send from. The step waits for one for 72 hours, then the email fails.",
    says: ({ email, reason }) =>
      email === null
        ? "No mailbox is selected."
        : reason === "sign in again"
          ? `The mailbox ${email} is not connected: its provider rejects the sign-in. Sign in to it again.`
          : `The mailbox ${email} is not connected (${reason}).`,
  },
  outside_window: {
    means: "The time is outside the sending schedule.",
    says: ({ opensAt, holiday, holidayIn, holidayOn }, at) => {
      if (!opensAt) return "The sending schedule has no hours in which emails may go out.";
      const closed = `The sending schedule is closed until ${at(opensAt)}.`;
      if (typeof holiday !== "string" || typeof holidayOn !== "string") return closed;
      const of = typeof holidayIn === "string" ? holidayIn : null;
      return `${holidaySays({ name: holiday, of }, Temporal.PlainDate.from(holidayOn))} ${closed}`;
    },
  },
  "limit:mailbox_day": {
    means: "The mailbox has reached its daily limit (24 hours).",
    says: ({ email, limit, sent, elsewhere, ramp }) =>
      `${email} has reached its daily limit: ${sent} of ${plural(Number(limit), "email")} sent in 24 hours${ofWhichElsewhere(Number(elsewhere ?? 0))}${ramp ? ` (ramp: ${ramp})` : ""}.`,
  },
  "limit:mailbox_hour": {
    means: "The mailbox has reached its hourly limit.",
    says: ({ email, limit, sent, elsewhere }) =>
      `${email} has reached its hourly limit: ${sent} of ${plural(Number(limit), "email")} sent in an hour${ofWhichElsewhere(Number(elsewhere ?? 0))}.`,
  },
  provider_rate_limited: {
    means: "The mail server could not be reached, or it asked Cadenza to wait. Cadenza tries again later.",
    says: ({ email, reason }) =>
      `The mail server of ${email} is not contacted for now${reason ? `: ${reason}` : ""}.`,
  },
  inbox_unread: {
    means:
      "The inbox of the mailbox was last read too long ago (`CADENZA_INBOX_AGE_MS`, default five minutes). It may contain a reply or an unsubscribe request, so emails wait until it is read.",
    says: ({ email, readAt, trouble }, at) =>
      `The inbox of ${email} ${readAt ? `was last read on ${at(readAt)}` : "has not been read yet"}${trouble ? `, and reading it has failed since: ${trouble}` : ""}. It may contain a reply, so no email goes out from this mailbox until it is read.`,
  },
  "limit:mailbox_gap": {
    means: "The mailbox waits some time between two emails.",
    says: ({ email, gapSeconds, lastSentAt, elsewhere }, at) =>
      `${email} waits ${durationWords(Number(gapSeconds))} between two emails. The last one was sent ${elsewhere ? "with another program " : ""}on ${at(lastSentAt)}.`,
  },
  "limit:domain_day": {
    means: "The team has reached its limit of emails to this company in 24 hours.",
    says: ({ domain, limit, sent }) =>
      `The team has reached its limit for ${domain}: ${sent} of ${plural(Number(limit), "email")} sent in 24 hours.`,
  },
  "limit:touches": {
    means:
      "The team has reached a contact frequency limit for this contact, company or domain. The limit counts all sequences and manual emails, or only the first emails of sequences (new contacts).",
    says: ({ scope, counts, key, limit, days, sent }) =>
      `The team has reached a contact frequency limit: ${sent} of ${COUNTED[String(counts)]?.(Number(limit)) ?? limit} ${TOUCHED[String(scope)]?.(text(key)) ?? "one contact"} within ${plural(Number(days), "day")}.`,
  },
  "limit:recipients": {
    means:
      "The mailbox has reached the team's limit of emails to one mail provider or one domain, in an hour or in 24 hours. Providers are known by the MX records of the domain, which are looked up before the first email goes there.",
    says: ({ email, domain, isLookedUp, limit, sent, per, provider, isUnknown }) => {
      if (isLookedUp)
        return `The team limits emails per mail provider. Cadenza is looking up which provider takes email for ${domain}.`;
      const whom = provider ?? `${domain}${isUnknown ? ", whose mail provider is not known" : ""}`;
      return `${email} has reached its limit of emails to ${whom}: ${sent} of ${plural(Number(limit), "email")} sent in ${per === "hour" ? "an hour" : "24 hours"}.`;
    },
  },
  "limit:sequence_day": {
    means: "The sequence has reached its daily limit.",
    says: ({ limit, sent }) =>
      `The sequence has reached its daily limit: ${sent} of ${plural(Number(limit), "email")} sent today.`,
  },
  "limit:new_contacts_day": {
    means:
      "The sequence has reached its daily limit of new contacts. Contacts who got an email before are not counted.",
    says: ({ limit, sent }) =>
      `The sequence has reached its daily limit of new contacts: ${sent} of ${plural(Number(limit), "contact")} got their first email today.`,
  },
  "limit:mailbox_new_contacts": {
    means:
      "The mailbox has reached its limit of new contacts in 24 hours. Contacts who got an email of the sequence before are not counted.",
    says: ({ email, limit, sent }) =>
      `${email} has reached its limit of new contacts: ${sent} of ${plural(Number(limit), "contact")} got their first email in 24 hours.`,
  },
  "limit:step_day": {
    means: "The step has reached its daily limit.",
    says: ({ limit, sent, ofTasks }) =>
      `The step has reached its daily limit: ${sent} of ${ofTasks ? `${plural(Number(limit), "task")} opened` : `${plural(Number(limit), "email")} sent`} today.`,
  },
  "limit:linkedin_day": {
    means:
      "The user who does the task has reached the team's daily limit of such LinkedIn tasks. Tasks that are done today count, and open tasks that are due.",
    says: ({ userName, type, limit, done, open }) =>
      `${userName} has reached the daily limit of ${plural(Number(limit), LINKEDIN[String(type)] ?? "LinkedIn task")}: ${done} done today, ${open} open.`,
  },
} satisfies Record<keyof typeof OF_TIMES, Words>;

const COUNTED: Record<string, (limit: number) => string> = {
  emails: (limit) => `${plural(limit, "email")} to`,
  touches: (limit) => `${plural(limit, "touch", "touches")} with`,
  new_contacts: (limit) => `${plural(limit, "first email")} of sequences to`,
};

const TOUCHED: Record<string, (key: string | null) => string> = {
  person: () => "one contact",
  company: () => "one company",
  domain: (key) => `addresses at ${key ?? "one domain"}`,
};

const LINKEDIN: Record<string, string> = {
  linkedin_step_connect: "LinkedIn invitation",
  linkedin_step_message: "LinkedIn message",
  linkedin_step_view_profile: "LinkedIn profile view",
  linkedin_step_interact_post: "LinkedIn post interaction",
};
