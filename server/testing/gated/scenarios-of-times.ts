// Scenarios of mailboxes, hours and limits.

import type { Input } from "@cadenza/sdk";
import type { GateCode } from "../../domain/gate/gate.ts";
import type { Scenario } from "./scenario.ts";

const mailbox = (what: Partial<Input<"emailAccounts", "update">>): Pick<Scenario, "stop"> => ({
  stop: ({ team, mailboxId }) => team.api.emailAccounts.update({ ...what, id: mailboxId }),
});

const sequence = (what: Partial<Input<"sequences", "update">>): Pick<Scenario, "stop"> => ({
  stop: ({ team, sequenceId }) => team.api.sequences.update({ ...what, id: sequenceId }),
});

export const OF_TIMES = {
  no_active_email_account: {
    stop: ({ team, mailboxId }) => team.api.emailAccounts.disconnect({ id: mailboxId }),
  },
  outside_window: {
    stop: async ({ team, scheduleId, now }) => {
      const closed = DAYS[(now().toZonedDateTimeISO("UTC").dayOfWeek + 1) % 7] as string; // two days from now
      await team.api.schedules.update({ id: scheduleId, schedule_hash: { [closed]: [[0, 24]] } });
    },
  },
  provider_rate_limited: {
    ofWholeMailbox: true,
    unanswered: true,
    stop: ({ sql, mailboxId }) =>
      sql(
        "update mailboxes set backoff_until = cadenza_now() + interval '1 hour', backoff_reason = '421 too busy' where id = $1",
        [mailboxId],
      ),
  },
  inbox_unread: {
    ofWholeMailbox: true,
    unanswered: true, // time passes
    mailbox: { imap: { host: "127.0.0.1", port: 1, security: "none", username: "u", password: "p" } },
    before: ({ sql, mailboxId }) =>
      sql("update mailboxes set inbox_fresh_until = cadenza_now() + interval '1 hour' where id = $1", [
        mailboxId,
      ]),
    stop: ({ sql, mailboxId }) =>
      sql("update mailboxes set inbox_fresh_until = cadenza_now() where id = $1", [mailboxId]),
  },
  "limit:mailbox_day": { ...mailbox({ email_daily_threshold: 0 }), ofWholeMailbox: true },
  "limit:mailbox_hour": { ...mailbox({ max_outbound_emails_per_hour: 0 }), ofWholeMailbox: true },
  "limit:mailbox_gap": {
    ofWholeMailbox: true,
    before: ({ sentBefore }) => sentBefore(),
    ...mailbox({ seconds_delay_between_emails: 7200 }),
  },
  "limit:mailbox_new_contacts": {
    ...mailbox({ max_new_contacts_per_day: 0 }),
    kinds: ["sequence"], // a copy and what a user sends begin no sequence
  },
  "limit:recipients": {
    stop: ({ team }) => team.api.teams.update({ recipient_limits: [{ to: "domain", most: 0, per: "day" }] }),
    tidy: ({ team }) => team.api.teams.update({ recipient_limits: [] }),
    kinds: ["sequence", "copy", "by hand"],
  },
  "limit:sequence_day": sequence({ max_emails_per_day: 0 }),
  "limit:new_contacts_day": sequence({ max_new_contacts_per_day: 0 }),
  "limit:step_day": {
    stop: ({ team, stepId }) => team.api.steps.update({ id: stepId, max_emails_per_day: 0 }),
  },
  "limit:linkedin_day": {
    stop: ({ team }) => team.api.teams.update({ linkedin_tasks_per_day: { linkedin_step_connect: 1 } }),
  },
  "limit:domain_day": {
    stop: ({ team }) => team.api.teams.update({ max_emails_per_recipient_domain_per_day: 0 }),
    tidy: ({ team }) => team.api.teams.update({ max_emails_per_recipient_domain_per_day: null }),
    kinds: ["sequence", "copy", "by hand"],
  },
  "limit:touches": {
    before: ({ sentBefore }) => sentBefore(),
    stop: ({ team }) =>
      team.api.teams.update({ touch_limits: [{ scope: "person", counts: "emails", most: 1, days: 7 }] }),
    tidy: ({ team }) => team.api.teams.update({ touch_limits: [] }),
  },
} satisfies Partial<Record<GateCode, Scenario>>;

const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
