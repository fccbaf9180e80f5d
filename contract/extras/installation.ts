// Whether this installation sends: a database that woke up elsewhere, or from a back-up, waits for a person's word.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

const shown = z.strictObject({
  version: z.string().nullable(),
  database_version: z.string().describe("Of PostgreSQL"),
  sending: z.strictObject({
    held: z.boolean(),
    held_since: fields.stamp.nullable(),
    may_confirm: z
      .boolean()
      .describe("True if the caller may confirm: the operator, or an admin of the only team"),
    reasons: z.array(
      z.strictObject({
        code: z.enum([
          "other_database",
          "copied_folder",
          "other_folder",
          "older_state",
          "other_address",
          "not_replicated",
        ]),
        says: z.string(),
      }),
    ),
    failover: z.strictObject({
      mode: z
        .enum(["confirm", "synchronous"])
        .describe(
          "`confirm`: after a failover of the database a person confirms; `synchronous`: it is trusted by proof",
        ),
      replicated: z
        .boolean()
        .nullable()
        .describe("True if a standby confirms each commit; null if `mode` is `confirm`"),
      switches: z.int().describe("Number of failovers that were trusted"),
      last_switch_at: fields.stamp.nullable(),
    }),
  }),
});

export const backupRun = z.strictObject({
  requested_at: fields.stamp.nullable().describe("null: by the schedule"),
  started_at: fields.stamp.nullable(),
  ended_at: fields.stamp.nullable(),
  file: z.string().nullable(),
  bytes: z.number().nullable(),
  sha256: z.string().nullable(),
  verified_at: fields.stamp.nullable().describe("When it was read back; only then it is good"),
  error: z.string().nullable(),
  deleted: z.number().nullable().describe("How many older backups were deleted after it"),
  copied_to: z.string().nullable().describe("The bucket that has a copy of it"),
  copied_at: fields.stamp.nullable().describe("When the copy was read back"),
  copy_tried_at: fields.stamp.nullable().describe("When the last attempt to copy it began, or failed"),
  copy_error: z.string().nullable(),
  copies_deleted: z.number().nullable().describe("How many older copies were deleted after it"),
});

const walArchive = z.strictObject({
  folder: z.string(),
  keep_days: z.number(),
  from: fields.stamp
    .nullable()
    .describe("From then on the database can be recovered to any time; null: no base backup so far"),
  until: fields.stamp
    .nullable()
    .describe("Everything that was confirmed by then is archived; null: nothing since the start"),
  last_base_at: fields.stamp.nullable().describe("Start of the last good base backup"),
  base_running: z.boolean(),
  trouble: z
    .enum(["archive_failed", "base_failed"])
    .nullable()
    .describe("archive_failed: the last attempt to archive WAL; base_failed: the last base backup"),
  error: z.string().nullable(),
});

const backups = z.strictObject({
  backups: z.strictObject({
    scheduled: z.boolean(),
    folder: z.string().nullable(),
    hour: z.number().nullable().describe("UTC"),
    keep: z.string().nullable(),
    recipients: z.array(z.string()).describe("Public keys of age that they are encrypted for"),
    running: z.boolean(),
    next_at: fields.stamp.nullable(),
    trouble: z.enum(["failed", "late"]).nullable().describe("late: the last good one is older than 36 hours"),
    last_good: backupRun.nullable(),
    copied_to: z
      .string()
      .nullable()
      .describe("The bucket of an S3-compatible storage into which each is copied; null: none"),
    copy_trouble: z
      .enum(["failed", "late"])
      .nullable()
      .describe("late: the newest copy is of a backup that is older than 36 hours"),
    last_copied: backupRun.nullable().describe("The newest one that this bucket has"),
    runs: z.array(backupRun).describe("The last 100, newest first"),
    wal_archive: walArchive
      .nullable()
      .describe("Point-in-time recovery of the embedded database; null: off, or in another process"),
  }),
});

const size = {
  bytes: z.number(),
  index_bytes: z.number().describe("Of `bytes`, the indexes"),
  rows: z.number().describe("Estimated by PostgreSQL"),
  dead_rows: z.number().describe("Old versions that PostgreSQL has not cleaned up yet"),
};

const storage = z.strictObject({
  storage: z.strictObject({
    measured_at: fields.stamp,
    database_bytes: z.number(),
    kinds: z.array(
      z.strictObject({
        kind: z.string(),
        ...size,
        tables: z.array(z.strictObject({ name: z.string(), ...size })),
      }),
    ),
    disk: z
      .strictObject({
        total_bytes: z.number(),
        free_bytes: z.number(),
        full_on: z
          .string()
          .nullable()
          .describe("The day, at the present growth; null if more than ten years away"),
      })
      .nullable()
      .describe("null: the database is on another machine"),
    growth: z
      .strictObject({ since: z.string(), bytes_per_day: z.number() })
      .nullable()
      .describe("Over the last 30 days; null until three days are known"),
    days: z.array(z.strictObject({ day: z.string(), bytes: z.number() })).describe("By day (UTC), up to 800"),
    emails: z
      .strictObject({
        count: z.number(),
        bytes_each: z.number().describe("With enrollments, replies and events"),
      })
      .nullable()
      .describe("null: fewer than 1,000 emails"),
  }),
});

const check = z.strictObject({
  code: z.enum([
    "engines",
    "queue",
    "unconfirmed",
    "inboxes",
    "webhooks",
    "jobs",
    "failed_jobs",
    "skipped",
    "locks",
    "background_migrations",
  ]),
  name: z.string(),
  verdict: z.enum(["well", "unsure", "trouble"]),
  says: z.string(),
  todo: z.string().nullable().describe("What to do about it; null if it is well"),
});

export const installation = {
  show: endpoint({
    method: "GET",
    path: "/installation",
    scope: "installation/show",
    access: "admin",
    effect: "read",
    summary: "Show the version, and whether sending is paused because the database may be a copy",
    input: z.object({}),
    output: z.strictObject({ installation: shown }),
  }),

  confirmSending: endpoint({
    method: "POST",
    path: "/installation/sending/confirm",
    scope: "installation/confirm_sending",
    access: "admin",
    effect: "write",
    summary: "Confirm that this database sends",
    description:
      "Make sure that no other installation sends from a copy of it. Allowed for the operator and for an admin of the only team. Emails a copy has sent are unknown here and are sent again.",
    input: z.object({}),
    output: z.strictObject({ installation: shown }),
  }),

  backups: endpoint({
    method: "GET",
    path: "/installation/backups",
    scope: "installation/backups",
    access: "admin",
    effect: "read",
    summary: "Show the scheduled backups and the WAL archive",
    description: "Allowed for the operator and for an admin of the only team.",
    input: z.object({}),
    output: backups,
  }),

  checks: endpoint({
    method: "GET",
    path: "/installation/checks",
    scope: "installation/checks",
    access: "admin",
    effect: "read",
    summary: "Check engines, queues, inboxes, webhooks, jobs and the database",
    description:
      "As the alert rules for Prometheus do, with the same limits. Allowed for the operator and for an admin of the only team.",
    input: z.object({}),
    output: z.strictObject({ checks: z.array(check) }),
  }),

  storage: endpoint({
    method: "GET",
    path: "/installation/storage",
    scope: "installation/storage",
    access: "admin",
    effect: "read",
    summary: "Show what the database holds, and what takes the space",
    description: "Allowed for the operator and for an admin of the only team.",
    input: z.object({}),
    output: storage,
  }),

  backUp: endpoint({
    method: "POST",
    path: "/installation/backups",
    scope: "installation/back_up",
    access: "admin",
    effect: "write",
    summary: "Start a backup into the folder of backups",
    description:
      "An engine begins it within seconds. Allowed for the operator and for an admin of the only team.",
    input: z.object({}),
    output: backups,
  }),
};
