// How much of what others wrote is read: counted while it is read, so that no length, depth or number stops everybody.
// What has more is refused or set aside with a sentence. Lists and texts of the API have their limits in the contract,
// and records whose names are not ours too (FREE_FORM in contract/fields.ts).

export const BUDGETS = {
  /** A mail as a user writes it, with variables and conditions. */
  template: {
    /** Variables and tags; the longest mails seen have 60. */
    tags: 2_000,
    depth: 20,
    /** Operators behind one variable, `->plus_2->upcase`. */
    operators: 20,
    /** Days, months or years that `->plus_2` may move, all of one variable together. */
    shift: 9_999,
    /** Characters before a variable inside of one HTML tag, of all variables together. */
    insideTags: 5_000_000,
    /** Of the engine that fills it. */
    steps: 20_000,
    memory: 2_000_000,
  },
  /** A mail of a sequence file. Each sign of emphasis is sought its end in all of its paragraph: both multiply. */
  markdown: { characters: 100_000, emphasis: 20_000_000 },
  /** What a call sends. */
  body: {
    bytes: 10 * 1024 * 1024,
    /** Of callers who have not said who they are. */
    bytesOfUnknown: 64 * 1024,
    /** An id list of 100,000 in a form body is legitimate. */
    pairs: 120_000,
    /** All names and values. */
    values: 250_000,
    depth: 30,
    /** Steps through names such as `a[b][c]`, of a whole form. */
    nameSteps: 500_000,
    parts: 100,
  },
  /** A mail that came in, read in a thread of its own. */
  mail: {
    ms: 10_000,
    heapMegabytes: 512,
    /** How many the reading thread is handed at once. */
    together: 50,
  },
  /** A file that is imported, read in a thread of its own: so much, and more for each megabyte. */
  file: { ms: 10_000, msPerMegabyte: 500, heapMegabytes: 256 },
  /** Files of a sequence, read in a thread of its own: so much for each of them. */
  sequenceFiles: { ms: 10_000, heapMegabytes: 256 },
  /** Passwords that are hashed: each takes 19 MB and a core for a twentieth of a second. */
  hashing: { atOnce: 1, waiting: 32 },
} as const;
