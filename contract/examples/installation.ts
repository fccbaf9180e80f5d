import type { Example } from "../endpoint.ts";

const versions = { version: "0.1.0", database_version: "18.1" };

const backups = {
  scheduled: true,
  folder: "/var/backups/cadenza",
  hour: 3,
  keep: "7d 4w 6m",
  recipients: [],
  running: false,
  next_at: "2026-03-03T03:00:00Z",
  trouble: null,
  last_good: null,
  copied_to: "https://s3.eu-central-1.amazonaws.com/acme-backups/cadenza",
  copy_trouble: null,
  last_copied: null,
  runs: [],
  wal_archive: null,
};

const size = { bytes: 41_000_000, index_bytes: 24_000_000, rows: 5200, dead_rows: 130 };

const storage = {
  measured_at: "2026-03-31T08:00:00Z",
  database_bytes: 96_000_000,
  kinds: [{ kind: "emails", ...size, tables: [{ name: "messages", ...size }] }],
  disk: { total_bytes: 40_000_000_000, free_bytes: 22_000_000_000, full_on: null },
  growth: { since: "2026-03-01", bytes_per_day: 310_000 },
  days: [{ day: "2026-03-31", bytes: 95_800_000 }],
  emails: { count: 5200, bytes_each: 11_400 },
};

const BY_A_PERSON = { mode: "confirm" as const, replicated: null, switches: 0, last_switch_at: null };

export const installation: Record<string, readonly Example[]> = {
  "installation.show": [
    {
      title: "The database may be a copy",
      input: {},
      answer: {
        installation: {
          ...versions,
          sending: {
            held: true,
            held_since: "2026-03-02T08:00:00.000Z",
            may_confirm: true,
            reasons: [{ code: "copied_folder", says: "the data folder was copied or restored" }],
            failover: BY_A_PERSON,
          },
        },
      },
    },
  ],
  "installation.backups": [{ title: "Before the first one", input: {}, answer: { backups } }],
  "installation.checks": [
    {
      title: "An inbox is read too late",
      input: {},
      answer: {
        checks: [
          { code: "engines", name: "Engines", verdict: "well", says: "2 engines are running.", todo: null },
          {
            code: "inboxes",
            name: "Inboxes",
            verdict: "trouble",
            says: "1 inbox was read too long ago, the oldest 12 minutes ago. Their contacts get no email meanwhile.",
            todo: "See the error of the mailbox, or run another engine.",
          },
        ],
      },
    },
  ],
  "installation.storage": [{ title: "Emails take most", input: {}, answer: { storage } }],
  "installation.backUp": [
    {
      title: "One now",
      isShownElsewhere: true,
      input: {},
      answer: { backups: { ...backups, running: true, next_at: null } },
    },
  ],
  "installation.confirmSending": [
    {
      isShownElsewhere: true,
      title: "Confirm that it is not a copy",
      input: {},
      answer: {
        installation: {
          ...versions,
          sending: { held: false, held_since: null, may_confirm: true, reasons: [], failover: BY_A_PERSON },
        },
      },
    },
  ],
};
