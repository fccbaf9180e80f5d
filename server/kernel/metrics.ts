// All Prometheus metrics, as one table. The metrics port, docs/operate/metrics.md, the dashboard and the alert rules go by it, so none of
// them can name a metric that is not there.

export type Metric = {
  type: "counter" | "gauge" | "histogram";
  help: string;
  labels?: readonly string[];
  /** Upper bounds of a histogram, in seconds. */
  buckets?: readonly number[];
  /**
   * Who measures it: this process, the database (the same figure in every process), or Node.js. Figures of the database are
   * not added up over processes.
   */
  of: "process" | "database" | "node";
};

/** Of teams and mailboxes, so many have a series of their own. The rest are added up as `other`. */
export const MOST_SERIES = 20;

/** From the time of one statement to that of a slow mail server. */
const STATEMENT = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;
const NETWORK = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300] as const;

export const METRICS = {
  cadenza_emails_claimed_total: {
    type: "counter",
    help: "Emails that this process took from a queue.",
    of: "process",
  },
  cadenza_emails_sent_total: {
    type: "counter",
    help: "Emails that a mail server accepted.",
    of: "process",
  },
  cadenza_emails_unsent_total: {
    type: "counter",
    help: "Attempts that did not send the email, by outcome: held (a rule held it), refused, refused_for_now, not_started (no connection), unconfirmed (no answer from the mail server).",
    labels: ["outcome"],
    of: "process",
  },
  cadenza_claim_duration_seconds: {
    type: "histogram",
    help: "Time to take a batch of emails from a queue and write their texts.",
    buckets: STATEMENT,
    of: "process",
  },
  cadenza_gate_duration_seconds: {
    type: "histogram",
    help: "Time of the last check before an email leaves, its wait for a batch included.",
    buckets: STATEMENT,
    of: "process",
  },
  cadenza_send_duration_seconds: {
    type: "histogram",
    help: "Time from the connection to the mail server until its answer, the last check included.",
    buckets: NETWORK,
    of: "process",
  },

  cadenza_queue_emails: {
    type: "gauge",
    help: "Emails that are due and wait in the queue of a mailbox.",
    labels: ["team", "mailbox"],
    of: "database",
  },
  cadenza_queue_oldest_age_seconds: {
    type: "gauge",
    help: "Age of the oldest email in the queue of a mailbox, since it could go.",
    labels: ["team", "mailbox"],
    of: "database",
  },
  cadenza_team_queue_emails: {
    type: "gauge",
    help: "Emails that are due and wait in the queues of a team.",
    labels: ["team"],
    of: "database",
  },
  cadenza_team_queue_oldest_age_seconds: {
    type: "gauge",
    help: "Age of the oldest email in the queues of a team, since it could go.",
    labels: ["team"],
    of: "database",
  },
  cadenza_emails_held: {
    type: "gauge",
    help: "Emails that wait because a rule holds them, by the code of the rule.",
    labels: ["reason"],
    of: "database",
  },
  cadenza_emails_unconfirmed: {
    type: "gauge",
    help: "Emails whose mail server did not answer, so nobody knows whether they arrived.",
    of: "database",
  },
  cadenza_emails_unconfirmed_oldest_age_seconds: {
    type: "gauge",
    help: "Time since the oldest unconfirmed email was let go.",
    of: "database",
  },
  cadenza_sending_paused: {
    type: "gauge",
    help: "1 while nothing is sent because the database may be a copy.",
    of: "database",
  },
  cadenza_engines: { type: "gauge", help: "Engines that are alive.", of: "database" },

  cadenza_mailboxes: {
    type: "gauge",
    help: "Mailboxes by state: active or inactive.",
    labels: ["state"],
    of: "database",
  },
  cadenza_inboxes_behind: {
    type: "gauge",
    help: "Mailboxes on hold because their inbox was last read too long ago.",
    of: "database",
  },
  cadenza_inbox_lag_seconds: {
    type: "gauge",
    help: "Time since the inbox that was read longest ago was read by IMAP.",
    of: "database",
  },

  cadenza_webhook_calls_total: {
    type: "counter",
    help: "Calls of webhooks, by outcome: delivered, retry, given_up, gone (switched off by the receiver).",
    labels: ["outcome"],
    of: "process",
  },
  cadenza_webhook_duration_seconds: {
    type: "histogram",
    help: "Time until the receiver of a webhook answered.",
    buckets: NETWORK,
    of: "process",
  },
  cadenza_webhooks_pending: {
    type: "gauge",
    help: "Deliveries of webhooks that are not done.",
    of: "database",
  },
  cadenza_webhooks_oldest_age_seconds: {
    type: "gauge",
    help: "Age of the oldest delivery that is not done.",
    of: "database",
  },

  cadenza_jobs_total: {
    type: "counter",
    help: "Background jobs that ended, by outcome: done or failed (it is tried again).",
    labels: ["queue", "outcome"],
    of: "process",
  },
  cadenza_job_duration_seconds: {
    type: "histogram",
    help: "Time that a background job took.",
    labels: ["queue"],
    buckets: [0.01, 0.1, 1, 10, 60, 600, 3600],
    of: "process",
  },
  cadenza_jobs_waiting: {
    type: "gauge",
    help: "Background jobs that could run and wait.",
    labels: ["queue"],
    of: "database",
  },
  cadenza_jobs_oldest_age_seconds: {
    type: "gauge",
    help: "Time that the oldest waiting background job has waited.",
    labels: ["queue"],
    of: "database",
  },
  cadenza_jobs_failed: {
    type: "gauge",
    help: "Background jobs that failed for good and are still kept.",
    labels: ["queue"],
    of: "database",
  },
  cadenza_set_aside_entries: {
    type: "gauge",
    help: "Entries that an engine loop skips for now because they failed.",
    labels: ["loop", "team"],
    of: "database",
  },

  cadenza_http_requests_total: {
    type: "counter",
    help: "Answered requests, by operation (as in the log) and status.",
    labels: ["operation", "status"],
    of: "process",
  },
  cadenza_http_request_duration_seconds: {
    type: "histogram",
    help: "Time to answer a request.",
    labels: ["operation"],
    buckets: [0.001, 0.005, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    of: "process",
  },

  cadenza_database_up: {
    type: "gauge",
    help: "1 if the database answered this request for metrics. At 0, its figures are missing.",
    of: "process",
  },
  cadenza_database_connections: {
    type: "gauge",
    help: "Database connections of this process, by state: busy or idle.",
    labels: ["state"],
    of: "process",
  },
  cadenza_database_connections_max: {
    type: "gauge",
    help: "Maximum number of database connections of this process.",
    of: "process",
  },
  cadenza_database_requests_waiting: {
    type: "gauge",
    help: "Transactions that wait for a free database connection.",
    of: "process",
  },
  cadenza_longest_lock_seconds: {
    type: "gauge",
    help: "Age of the oldest transaction of any session that holds a lock.",
    of: "database",
  },
  cadenza_background_migrations: {
    type: "gauge",
    help: "Background migrations that have not ended, by state: running, or stuck at rows that cannot be changed.",
    labels: ["state"],
    of: "database",
  },
  cadenza_trace_spans_total: {
    type: "counter",
    help: "Spans for the OpenTelemetry collector, by outcome: sent, or dropped because it could not be reached in time.",
    labels: ["outcome"],
    of: "process",
  },

  cadenza_backups_scheduled: {
    type: "gauge",
    help: "1 if this process has a folder for scheduled backups.",
    of: "process",
  },
  cadenza_backups_encrypted: {
    type: "gauge",
    help: "1 if scheduled backups of this process are encrypted.",
    of: "process",
  },
  cadenza_backup_last_good_timestamp_seconds: {
    type: "gauge",
    help: "Start of the last backup that was complete and read back, in Unix time. 0: none so far.",
    of: "database",
  },
  cadenza_backup_last_good_size_bytes: {
    type: "gauge",
    help: "Size of the last good backup.",
    of: "database",
  },
  cadenza_backup_last_good_duration_seconds: {
    type: "gauge",
    help: "Time that the last good backup took, the check included.",
    of: "database",
  },
  cadenza_backup_copies_scheduled: {
    type: "gauge",
    help: "1 if this process has a bucket into which scheduled backups are copied.",
    of: "process",
  },
  cadenza_backup_last_copied_timestamp_seconds: {
    type: "gauge",
    help: "Start of the newest backup whose copy in the bucket was read back, in Unix time. 0: none so far.",
    of: "process",
  },
  cadenza_backup_last_copied_size_bytes: {
    type: "gauge",
    help: "Size of the newest backup that was copied into the bucket.",
    of: "process",
  },

  cadenza_wal_archive_on: {
    type: "gauge",
    help: "1 if this process archives the WAL of the embedded database.",
    of: "process",
  },
  cadenza_wal_archive_until_timestamp_seconds: {
    type: "gauge",
    help: "Everything that was confirmed by then is in the WAL archive, in Unix time. 0: nothing since the start.",
    of: "process",
  },
  cadenza_wal_archive_last_base_timestamp_seconds: {
    type: "gauge",
    help: "Start of the last good base backup in the WAL archive, in Unix time. 0: none so far.",
    of: "process",
  },

  cadenza_event_loop_delay_seconds: {
    type: "histogram",
    help: "How late the timers of the event loop fire. Long work of one kind makes everything else wait.",
    buckets: STATEMENT,
    of: "process",
  },

  // The package sets some of these together with the first of them: without it the others stay 0.
  nodejs_heap_size_total_bytes: { type: "gauge", help: "Heap that was reserved.", of: "node" },
  nodejs_heap_size_used_bytes: { type: "gauge", help: "Heap in use.", of: "node" },
  nodejs_gc_duration_seconds: {
    type: "histogram",
    help: "Time of garbage collections, by kind.",
    labels: ["kind"],
    of: "node",
  },
  process_resident_memory_bytes: { type: "gauge", help: "Memory of the process.", of: "node" },
  process_cpu_user_seconds_total: {
    type: "counter",
    help: "Processor time of the process itself.",
    of: "node",
  },
  process_cpu_system_seconds_total: {
    type: "counter",
    help: "Processor time of the system for the process.",
    of: "node",
  },
  process_cpu_seconds_total: { type: "counter", help: "Processor time of the process.", of: "node" },
  process_open_fds: { type: "gauge", help: "Open file descriptors.", of: "node" },
  process_max_fds: { type: "gauge", help: "Maximum number of open file descriptors.", of: "node" },
  process_start_time_seconds: {
    type: "gauge",
    help: "Start of the process, in Unix time.",
    of: "node",
  },
} as const satisfies Record<string, Metric>;

type MetricName = keyof typeof METRICS;
type NameOf<Type extends Metric["type"]> = {
  [Name in MetricName]: (typeof METRICS)[Name]["type"] extends Type ? Name : never;
}[MetricName];
type LabelsOf<Name extends MetricName> = (typeof METRICS)[Name] extends {
  labels: infer Labels extends readonly string[];
}
  ? Record<Labels[number], string>
  : Record<string, never>;

/** What code that does something is handed to count it. */
export type Metrics = {
  count<Name extends NameOf<"counter">>(name: Name, labels: LabelsOf<Name>, by?: number): void;
  observe<Name extends NameOf<"histogram">>(name: Name, labels: LabelsOf<Name>, seconds: number): void;
};

/** Where nobody asks for metrics, nothing is counted. */
export const NO_METRICS: Metrics = { count() {}, observe() {} };

/** A background job, with its time and its end counted. */
export async function countJob(metrics: Metrics, queue: string, run: () => Promise<void>) {
  const since = performance.now();
  let outcome = "failed";
  try {
    await run();
    outcome = "done";
  } finally {
    metrics.count("cadenza_jobs_total", { queue, outcome });
    metrics.observe("cadenza_job_duration_seconds", { queue }, (performance.now() - since) / 1000);
  }
}

/** One value of a gauge. */
export type Figure = { name: NameOf<"gauge">; labels?: Record<string, string>; value: number };

/**
 * The largest keep their labels. The rest is one entry, for whose labels `other` stands; so a metric has as many series with a
 * thousand teams as with thirty.
 */
export function topAndOther<Row extends { value: number }>(
  rows: readonly Row[],
  labels: (row: Row) => Record<string, string>,
  together: (values: readonly number[]) => number,
  most = MOST_SERIES,
): { labels: Record<string, string>; value: number }[] {
  const ranked = rows.toSorted((a, b) => b.value - a.value);
  const [top, rest] = [ranked.slice(0, most), ranked.slice(most)];
  const shown = top.map((row) => ({ labels: labels(row), value: row.value }));
  const [first] = rest;
  if (!first) return shown;
  const other = Object.fromEntries(Object.keys(labels(first)).map((name) => [name, "other"]));
  return [...shown, { labels: other, value: together(rest.map(({ value }) => value)) }];
}
