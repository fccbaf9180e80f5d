// How much of an answer is read, and for how long it is waited for: the called server decides what it says, and one that says too
// much or never ends must cost this call alone. Every call out goes through the door (door.ts), and the door reads this table.

export type Ceiling = { bytes: number; ms: number };

export const CEILINGS = {
  /** Webhooks, calls of workflows, results of lookups: the status counts, and what is said beside it is thrown away. */
  status: { bytes: 64 * 1024, ms: 15_000 },
  /** Servers that give tokens for mailboxes. */
  words: { bytes: 64 * 1024, ms: 15_000 },
  /** Providers of people and companies; `timeout_ms` of a provider may be less. */
  provider: { bytes: 1024 * 1024, ms: 30_000 },
  /** Another server from which a team moves in: a hundred records a page. */
  source: { bytes: 16 * 1024 * 1024, ms: 120_000 },
  /** Emails that are read or handed over by HTTP: as large as one may be, and a little more. */
  mail: { bytes: 52 * 1024 * 1024, ms: 120_000 },
  /** Storage of backups: a file is sent and read in parts, and each answer has one part at most. */
  object: { bytes: 17 * 1024 * 1024, ms: 900_000 },
  /** A collector of traces; each answer is a few words. */
  traces: { bytes: 64 * 1024, ms: 10_000 },
  /** Language models; `timeout_ms` of the model may be less. */
  model: { bytes: 256 * 1024, ms: 120_000 },
} as const satisfies Record<string, Ceiling>;

export type Ceilings = Readonly<Record<keyof typeof CEILINGS, Ceiling>>;

/** Headers, of any answer. */
export const LARGEST_HEAD = 16 * 1024;
