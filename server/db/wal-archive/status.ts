/** How the archive of the WAL is doing, as the process that writes it knows. */
export type WalArchiveStatus = {
  folder: string;
  keepDays: number;
  /** Everything that was confirmed by then is in the archive. Null: nothing was archived since the start. */
  until: Temporal.Instant | null;
  failure: { since: Temporal.Instant; says: string } | null;
  bases: {
    /** From then on each time can be recovered. */
    from: Temporal.Instant | null;
    lastAt: Temporal.Instant | null;
    failure: { at: Temporal.Instant; says: string } | null;
    isRunning: boolean;
  };
};
