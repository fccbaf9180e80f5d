// Mailboxes, hours and limits: what passes by itself.

import { say, texts } from "../../../kernel/say.ts";
import { durationWords } from "../../basics/clock-words.ts";
import { ofWhichElsewhere } from "../../contacts/sent-elsewhere.ts";
import type { OF_TIMES } from "../../gate/gate-of-times.ts";
import { holidaySays } from "../../time/holidays.ts";
import { text, type Words } from "./words.ts";

export const WORDS_OF_TIMES = texts({
  no_active_email_account: {
    means: "There is no mailbox to send from. The step waits for one for 72 hours, then the email fails.",
    says: ({ email, reason }) =>
      email === null
        ? say("No mailbox is selected.")
        : reason === "sign in again"
          ? say(
              "The mailbox {email} is not connected: its provider rejects the sign-in. Sign in to it again.",
              { email },
            )
          : say("The mailbox {email} is not connected ({reason}).", { email, reason }),
  },
  outside_window: {
    means: "The time is outside the sending schedule.",
    says: ({ opensAt, holiday, holidayIn, holidayOn }, at) => {
      if (!opensAt) return say("The sending schedule has no hours in which emails may go out.");
      const closed = say("The sending schedule is closed until {opensAt}.", { opensAt: at(opensAt) });
      if (typeof holiday !== "string" || typeof holidayOn !== "string") return closed;
      const of = typeof holidayIn === "string" ? holidayIn : null;
      return `${holidaySays({ name: holiday, of }, Temporal.PlainDate.from(holidayOn))} ${closed}`;
    },
  },
  "limit:mailbox_day": {
    means: "The mailbox has reached its daily limit (24 hours).",
    says: ({ email, limit, sent, elsewhere, ramp }) =>
      say(
        "{email} has reached its daily limit: {sent} of {limit, plural, one {# email} other {# emails}} sent in 24 hours{elsewhere}{hasRamp, select, yes { (ramp: {ramp})} other {}}.",
        {
          email,
          sent,
          limit: Number(limit),
          elsewhere: ofWhichElsewhere(Number(elsewhere ?? 0)),
          ramp,
          hasRamp: ramp ? "yes" : "no",
        },
      ),
  },
  "limit:mailbox_hour": {
    means: "The mailbox has reached its hourly limit.",
    says: ({ email, limit, sent, elsewhere }) =>
      say(
        "{email} has reached its hourly limit: {sent} of {limit, plural, one {# email} other {# emails}} sent in an hour{elsewhere}.",
        { email, sent, limit: Number(limit), elsewhere: ofWhichElsewhere(Number(elsewhere ?? 0)) },
      ),
  },
  provider_rate_limited: {
    means: "The mail server could not be reached, or it asked Cadenza to wait. Cadenza tries again later.",
    says: ({ email, reason }) =>
      say(
        "Cadenza waits before it contacts the server of {email} again{hasReason, select, yes {: {reason}} other {}}.",
        { email, reason, hasReason: reason ? "yes" : "no" },
      ),
  },
  inbox_unread: {
    means:
      "The inbox of the mailbox was last read too long ago (`CADENZA_INBOX_AGE_MS`, default five minutes). It may contain a reply or an unsubscribe request, so emails wait until it is read.",
    says: ({ email, readAt, trouble, connectedAt, firstReading }, at) => {
      if (firstReading)
        return say(
          "Reading the inbox of {email} for the first time. This takes about a minute; emails wait until then.",
          { email },
        );
      if (!readAt && !trouble && connectedAt)
        return say(
          "The inbox of {email} has not been read since it was connected on {connectedAt}, although no error was reported. Check that an engine runs (Settings, Installation).",
          { email, connectedAt: at(connectedAt) },
        );
      return say(
        "The inbox of {email} {hasReadAt, select, yes {was last read on {readAt}} other {has not been read yet}}{hasTrouble, select, yes {, and reading it has failed since: {trouble}} other {}}. It may contain a reply, so no email goes out from this mailbox until it is read.",
        {
          email,
          readAt: at(readAt),
          hasReadAt: readAt ? "yes" : "no",
          trouble,
          hasTrouble: trouble ? "yes" : "no",
        },
      );
    },
  },
  "limit:mailbox_gap": {
    means: "The mailbox waits some time between two emails.",
    says: ({ email, gapSeconds, lastSentAt, elsewhere }, at) =>
      say(
        "{email} waits {gapSeconds} between two emails. The last one was sent {hasElsewhere, select, yes {with another program } other {}}on {lastSentAt}.",
        {
          email,
          gapSeconds: durationWords(Number(gapSeconds)),
          hasElsewhere: elsewhere ? "yes" : "no",
          lastSentAt: at(lastSentAt),
        },
      ),
  },
  "limit:domain_day": {
    means: "The team has reached its limit of emails to this company in 24 hours.",
    says: ({ domain, limit, sent }) =>
      say(
        "The team has reached its limit for {domain}: {sent} of {limit, plural, one {# email} other {# emails}} sent in 24 hours.",
        { domain, sent, limit: Number(limit) },
      ),
  },
  "limit:touches": {
    means:
      "The team has reached a contact frequency limit for this contact, company or domain. The limit counts all sequences and manual emails, or only the first emails of sequences (new contacts).",
    says: ({ scope, counts, key, limit, days, sent }) =>
      say(
        "The team has reached a contact frequency limit: {sent} of {counts} {scope} within {days, plural, one {# day} other {# days}}.",
        {
          sent,
          counts: COUNTED[String(counts)]?.(Number(limit)) ?? limit,
          scope: TOUCHED[String(scope)]?.(text(key)) ?? say("one contact"),
          days: Number(days),
        },
      ),
  },
  "limit:recipients": {
    means:
      "The mailbox has reached the team's limit of emails to one mail provider or one domain, in an hour or in 24 hours. Providers are known by the MX records of the domain, which are looked up before the first email goes there.",
    says: ({ email, domain, isLookedUp, limit, sent, per, provider, isUnknown }) => {
      if (isLookedUp)
        return say(
          "The team limits emails per mail provider. Cadenza is looking up which provider takes email for {domain}.",
          { domain },
        );
      const whom = provider ?? `${domain}${isUnknown ? say(", whose mail provider is not known") : ""}`;
      return say(
        "{email} has reached its limit of emails to {whom}: {sent} of {limit, plural, one {# email} other {# emails}} sent in {per, select, hour {an hour} other {24 hours}}.",
        { email, whom, sent, limit: Number(limit), per },
      );
    },
  },
  "limit:sequence_day": {
    means: "The sequence has reached its daily limit.",
    says: ({ limit, sent }) =>
      say(
        "The sequence has reached its daily limit: {sent} of {limit, plural, one {# email} other {# emails}} sent today.",
        { sent, limit: Number(limit) },
      ),
  },
  "limit:new_contacts_day": {
    means:
      "The sequence has reached its daily limit of new contacts. Contacts who got an email before are not counted.",
    says: ({ limit, sent }) =>
      say(
        "The sequence has reached its daily limit of new contacts: {sent} of {limit, plural, one {# contact} other {# contacts}} got their first email today.",
        { sent, limit: Number(limit) },
      ),
  },
  "limit:mailbox_new_contacts": {
    means:
      "The mailbox has reached its limit of new contacts in 24 hours. Contacts who got an email of the sequence before are not counted.",
    says: ({ email, limit, sent }) =>
      say(
        "{email} has reached its limit of new contacts: {sent} of {limit, plural, one {# contact} other {# contacts}} got their first email in 24 hours.",
        { email, sent, limit: Number(limit) },
      ),
  },
  "limit:step_day": {
    means: "The step has reached its daily limit.",
    says: ({ limit, sent, ofTasks }) =>
      say(
        "The step has reached its daily limit: {sent} of {hasOfTasks, select, yes {{limit, plural, one {# task} other {# tasks}} opened} other {{limit, plural, one {# email} other {# emails}} sent}} today.",
        { sent, limit: Number(limit), hasOfTasks: ofTasks ? "yes" : "no" },
      ),
  },
  "limit:linkedin_day": {
    means:
      "The user who does the task has reached the team's daily limit of such LinkedIn tasks. Tasks that are done today count, and open tasks that are due.",
    says: ({ userName, type, limit, done, open }) =>
      say("{userName} has reached the daily limit of {limit}: {done} done today, {open} open.", {
        userName,
        limit: (LINKEDIN[String(type)] ?? LINKEDIN.other)?.(Number(limit)),
        done,
        open,
      }),
  },
} satisfies Record<keyof typeof OF_TIMES, Words>);

const COUNTED: Record<string, (limit: number) => string> = {
  emails: (limit) => say("{limit, plural, one {# email} other {# emails}} to", { limit }),
  touches: (limit) => say("{limit, plural, one {# touch} other {# touches}} with", { limit }),
  new_contacts: (limit) =>
    say("{limit, plural, one {# first email} other {# first emails}} of sequences to", { limit }),
};

const TOUCHED: Record<string, (key: string | null) => string> = {
  person: () => say("one contact"),
  company: () => say("one company"),
  domain: (key) => say("addresses at {key}", { key: key ?? say("one domain") }),
};

const LINKEDIN: Record<string, (n: number) => string> = {
  linkedin_step_connect: (n) =>
    say("{n, plural, one {# LinkedIn invitation} other {# LinkedIn invitations}}", { n }),
  linkedin_step_message: (n) =>
    say("{n, plural, one {# LinkedIn message} other {# LinkedIn messages}}", { n }),
  linkedin_step_view_profile: (n) =>
    say("{n, plural, one {# LinkedIn profile view} other {# LinkedIn profile views}}", { n }),
  linkedin_step_interact_post: (n) =>
    say("{n, plural, one {# LinkedIn post interaction} other {# LinkedIn post interactions}}", { n }),
  other: (n) => say("{n, plural, one {# LinkedIn task} other {# LinkedIn tasks}}", { n }),
};
