// What is not well with the installation, from the figures that its metrics are made of. Each check is an alert rule of
// deploy/prometheus/alerts.yaml in words, with the same limit.

import { say, toSay } from "../../kernel/say.ts";

export type CheckFacts = {
  engines: number;
  /** Of the email that has been free to go for the longest time. */
  oldestQueuedSeconds: number;
  unconfirmed: { count: number; oldestSeconds: number };
  inboxes: { behind: number; longestSeconds: number };
  webhooks: { pending: number; oldestSeconds: number };
  /** `failedLately`: within the last hour. */
  jobs: readonly { queue: string; failedLately: number; oldestSeconds: number }[];
  skipped: number;
  longestLockSeconds: number;
  background: readonly { name: string; share: number; error: string | null }[];
};

type Verdict = "well" | "unsure" | "trouble";

export type InstallationCheck = {
  code: CheckCode;
  name: string;
  verdict: Verdict;
  says: string;
  todo: string | null;
};

type Rule = {
  alert: string;
  /** As the alert rule has it. */
  limit: number;
  look(facts: CheckFacts, limit: number): Omit<InstallationCheck, "code" | "name">;
};

const well = (says: string) => ({ verdict: "well", says, todo: null }) as const;
const trouble = (says: string, todo: string) => ({ verdict: "trouble", says, todo }) as const;
const minutes = (seconds: number) => Math.round(seconds / 60);
const hours = (seconds: number) => Math.round(seconds / 3600);

export const CHECKS = {
  engines: {
    alert: "CadenzaNoEngine",
    limit: 0,
    look: ({ engines }, limit) =>
      engines > limit
        ? well(say("{engines, plural, one {# engine is} other {# engines are}} running.", { engines }))
        : trouble(
            say("No engine is running, so no email is sent and no inbox is read."),
            say("Start a process with the role engine or all."),
          ),
  },
  queue: {
    alert: "CadenzaEmailsStuck",
    limit: 900,
    look: ({ oldestQueuedSeconds: oldest }, limit) =>
      oldest > limit
        ? trouble(
            say("The oldest email that may be sent has waited for {minutes} minutes.", {
              minutes: minutes(oldest),
            }),
            say("See which mailbox is slow in the log of the engine, or run another engine."),
          )
        : well(say("Emails that may be sent are sent within 15 minutes.")),
  },
  unconfirmed: {
    alert: "CadenzaEmailsUnconfirmed",
    limit: 86_400,
    look: ({ unconfirmed: { count, oldestSeconds } }, limit) =>
      count > 0 && oldestSeconds > limit
        ? trouble(
            say(
              "{count, plural, one {# email is} other {# emails are}} not confirmed, the oldest for {hours} hours.",
              { count, hours: hours(oldestSeconds) },
            ),
            say("Decide about them in Outbox, under Not confirmed."),
          )
        : well(say("No email has been unconfirmed for more than a day.")),
  },
  inboxes: {
    alert: "CadenzaInboxesBehind",
    limit: 0,
    look: ({ inboxes: { behind, longestSeconds } }, limit) =>
      behind > limit
        ? trouble(
            say(
              "{count, plural, one {# inbox was} other {# inboxes were}} read too long ago, the oldest {minutes} minutes ago. Their contacts get no email meanwhile.",
              { count: behind, minutes: minutes(longestSeconds) },
            ),
            say("See the error of the mailbox, or run another engine."),
          )
        : well(say("All inboxes are read in time.")),
  },
  webhooks: {
    alert: "CadenzaWebhooksLate",
    limit: 3_600,
    look: ({ webhooks: { pending, oldestSeconds } }, limit) =>
      pending > 0 && oldestSeconds > limit
        ? trouble(
            say(
              "{count, plural, one {# webhook call waits} other {# webhook calls wait}}, one for {minutes} minutes.",
              {
                count: pending,
                minutes: minutes(oldestSeconds),
              },
            ),
            say("See in Settings, Webhooks which receiver does not answer."),
          )
        : well(say("Webhook calls are sent in time.")),
  },
  jobs: {
    alert: "CadenzaJobsLate",
    limit: 600,
    look({ jobs }, limit) {
      const [latest] = jobs.toSorted((one, other) => other.oldestSeconds - one.oldestSeconds);
      if (!latest || latest.oldestSeconds <= limit) return well(say("Background jobs begin in time."));
      const { queue, oldestSeconds } = latest;
      return trouble(
        say("A job of the queue {queue} has waited for {minutes} minutes.", {
          queue,
          minutes: minutes(oldestSeconds),
        }),
        say("See the log of the engine, or run another engine."),
      );
    },
  },
  failed_jobs: {
    alert: "CadenzaJobsFailed",
    limit: 0,
    look({ jobs }, limit) {
      const count = jobs.reduce((sum, { failedLately }) => sum + failedLately, 0);
      if (count <= limit) return well(say("No background job has failed in the last hour."));
      const says = say(
        "{count, plural, one {# background job has} other {# background jobs have}} failed in the last hour.",
        {
          count,
        },
      );
      return { verdict: "unsure", says, todo: say("The log of the engine says why.") };
    },
  },
  skipped: {
    alert: "CadenzaEntrySetAside",
    limit: 0,
    look: ({ skipped: count }, limit) =>
      count > limit
        ? trouble(
            say(
              "{count, plural, one {# entry is} other {# entries are}} skipped because of an error, and tried again later.",
              {
                count,
              },
            ),
            say("The log of the engine says why."),
          )
        : well(say("No entry is skipped because of an error.")),
  },
  locks: {
    alert: "CadenzaLongLock",
    limit: 60,
    look: ({ longestLockSeconds: seconds }, limit) =>
      seconds > limit
        ? trouble(
            say("A session of the database has held a lock for {seconds} seconds. Emails may wait for it.", {
              seconds: Math.round(seconds),
            }),
            say("“Why?” of an email that waits names the session."),
          )
        : well(say("No session of the database has held a lock for more than a minute.")),
  },
  background_migrations: {
    alert: "CadenzaBackgroundMigrationStuck",
    limit: 0,
    look({ background }, limit) {
      const stuck = background.filter(({ error }) => error !== null);
      const [first] = stuck;
      if (first && stuck.length > limit)
        return trouble(
          say("The background migration {name} cannot change some rows: {error}", {
            name: first.name,
            error: first.error,
          }),
          say("Correct these rows before the next upgrade, which may wait for them."),
        );
      const [running] = background;
      if (!running) return well(say("No background migration is unfinished."));
      const percent = Math.floor(running.share * 100);
      return well(
        say("The background migration {name} is running: {percent} %.", { name: running.name, percent }),
      );
    },
  },
} as const satisfies Record<string, Rule>;

export type CheckCode = keyof typeof CHECKS;

const NAMES = {
  engines: toSay("Engines"),
  queue: toSay("Emails to send"),
  unconfirmed: toSay("Unconfirmed emails"),
  inboxes: toSay("Inboxes"),
  webhooks: toSay("Webhooks"),
  jobs: toSay("Background jobs"),
  failed_jobs: toSay("Failed jobs"),
  skipped: toSay("Skipped entries"),
  locks: toSay("Database locks"),
  background_migrations: toSay("Background migrations"),
} as const satisfies Record<CheckCode, string>;

export function checksOf(facts: CheckFacts): InstallationCheck[] {
  return (Object.entries(CHECKS) as [CheckCode, Rule][]).map(([code, { limit, look }]) => ({
    code,
    name: say(NAMES[code]),
    ...look(facts, limit),
  }));
}
