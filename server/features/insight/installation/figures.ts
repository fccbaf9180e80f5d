// The figures of the whole installation as values of metrics (kernel/metrics.ts).

import { type Figure, topAndOther } from "../../../kernel/metrics.ts";
import type { FigureRow, JobRow } from "./figures-store.ts";

export type InstallationFacts = {
  rows: readonly FigureRow[];
  jobs: readonly JobRow[];
  aside: readonly { loop: string; teamId: string; subjects: number }[];
  lag: { behind: number; longestSeconds: number };
  /** Those that have begun and not ended. */
  background: readonly { name: string; share: number; error: string | null }[];
  longestLockSeconds: number;
  isPaused: boolean;
};

export function figuresOf(facts: InstallationFacts): Figure[] {
  const of = (figure: FigureRow["figure"]) => facts.rows.filter((row) => row.figure === figure);
  const [unconfirmed] = of("unconfirmed");
  const [webhooks] = of("webhooks");
  return [
    ...queueFigures(of("queue")),
    ...topAndOther(facts.aside.map(entryOf), ({ loop, team }) => ({ loop, team }), sum).map((one) => ({
      name: "cadenza_set_aside_entries" as const,
      ...one,
    })),
    ...of("held").map(({ subject, amount }) => ({
      name: "cadenza_emails_held" as const,
      labels: { reason: subject ?? "" },
      value: amount,
    })),
    ...["active", "inactive"].map((state) => ({
      name: "cadenza_mailboxes" as const,
      labels: { state },
      value: of("mailboxes").find(({ subject }) => subject === state)?.amount ?? 0,
    })),
    { name: "cadenza_emails_unconfirmed", value: unconfirmed?.amount ?? 0 },
    { name: "cadenza_emails_unconfirmed_oldest_age_seconds", value: unconfirmed?.oldestSeconds ?? 0 },
    { name: "cadenza_webhooks_pending", value: webhooks?.amount ?? 0 },
    { name: "cadenza_webhooks_oldest_age_seconds", value: webhooks?.oldestSeconds ?? 0 },
    { name: "cadenza_engines", value: of("engines")[0]?.amount ?? 0 },
    { name: "cadenza_sending_paused", value: facts.isPaused ? 1 : 0 },
    { name: "cadenza_inboxes_behind", value: facts.lag.behind },
    { name: "cadenza_inbox_lag_seconds", value: facts.lag.longestSeconds },
    { name: "cadenza_longest_lock_seconds", value: facts.longestLockSeconds },
    ...[false, true].map((isStuck) => ({
      name: "cadenza_background_migrations" as const,
      labels: { state: isStuck ? "stuck" : "running" },
      value: facts.background.filter(({ error }) => (error !== null) === isStuck).length,
    })),
    ...facts.jobs.flatMap(jobFiguresOf),
  ];
}

function queueFigures(queues: readonly FigureRow[]): Figure[] {
  const teams = [...Map.groupBy(queues, ({ teamId }) => teamId ?? "")];
  const mailbox = (row: FigureRow) => ({ team: row.teamId ?? "", mailbox: row.subject ?? "" });
  const team = ({ id }: { id: string }) => ({ team: id });
  const named = (name: Figure["name"], shown: ReturnType<typeof topAndOther>) =>
    shown.map((one) => ({ name, ...one }));
  return [
    ...named("cadenza_queue_emails", topAndOther(queues.map(byAmount), mailbox, sum)),
    ...named("cadenza_queue_oldest_age_seconds", topAndOther(queues.map(byAge), mailbox, largest)),
    ...named(
      "cadenza_team_queue_emails",
      topAndOther(
        teams.map(([id, own]) => ({ id, value: sum(own.map(({ amount }) => amount)) })),
        team,
        sum,
      ),
    ),
    ...named(
      "cadenza_team_queue_oldest_age_seconds",
      topAndOther(
        teams.map(([id, own]) => ({ id, value: largest(own.map(ageOf)) })),
        team,
        largest,
      ),
    ),
  ];
}

function jobFiguresOf({ queue, waiting, failed, oldestSeconds }: JobRow): Figure[] {
  const labels = { queue };
  return [
    { name: "cadenza_jobs_waiting", labels, value: waiting },
    { name: "cadenza_jobs_failed", labels, value: failed },
    { name: "cadenza_jobs_oldest_age_seconds", labels, value: oldestSeconds },
  ];
}

const entryOf = ({ loop, teamId, subjects }: InstallationFacts["aside"][number]) => ({
  loop,
  team: teamId,
  value: subjects,
});
const byAmount = (row: FigureRow) => ({ ...row, value: row.amount });
const byAge = (row: FigureRow) => ({ ...row, value: ageOf(row) });
/** A clock that is a moment apart makes no age below zero. */
const ageOf = ({ oldestSeconds }: FigureRow) => Math.max(0, oldestSeconds ?? 0);
const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0);
const largest = (values: readonly number[]) => values.reduce((most, one) => Math.max(most, one), 0);
