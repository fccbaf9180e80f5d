// What an engine let go, as it remembers it outside the database, against what a database knows of it.

/** Emails of one transaction. */
export type Released = {
  /** The process that let them go. */
  by: string;
  teamId: string;
  attemptIds: readonly string[];
  /** Its place among what this process began and ended: when the transaction began, and when its commit was answered. */
  begun: number;
  ended: number;
};

/**
 * Whether the database lacks one of them. A database has what it has in the order of the commits: where it knows a release that
 * began after another had ended, it has had that one, too, even if it is gone by now, because its contact was erased.
 */
export function isAnyLost(released: readonly Released[], known: ReadonlySet<string>) {
  const isKnown = ({ attemptIds }: Released) => attemptIds.every((id) => known.has(id));
  return [...Map.groupBy(released, ({ by }) => by).values()].some((own) => {
    const lastKnown = Math.max(...own.filter(isKnown).map(({ begun }) => begun), 0);
    return own.some((one) => !isKnown(one) && one.ended >= lastKnown);
  });
}
