// Statements that take long, told as they are written: their values are sent apart from them, so none is in the log.

/** For whom a transaction works: named where one of its statements is slow. */
export type Purpose = {
  /** What is changed, as explanations of its locks name it. */
  change?: string | null;
  call?: string;
  request?: string | null;
};

export type SlowStatement = Purpose & { teamId: string | null; statement: string; ms: number };

const LONGEST = 2_000; // signs of a statement; a search may have tens of thousands

/** Of one transaction. Its statements are answered in order, so each is timed from the answer before it. */
export function statementTimer(
  fromMs: number,
  tell: (slow: SlowStatement) => void,
  { teamId, change, call, request }: Purpose & { teamId: string | null },
) {
  let answeredAt = Number.NEGATIVE_INFINITY;
  return (sql: string, sentAt: number) => {
    const now = performance.now();
    const ms = now - Math.max(sentAt, answeredAt);
    answeredAt = now;
    if (ms < fromMs) return;
    const statement = sql.replaceAll(/\s+/g, " ").trim().slice(0, LONGEST);
    tell({
      teamId,
      ...(change && { change }),
      ...(call && { call }),
      ...(request && { request }),
      ms: Math.round(ms),
      statement,
    });
  };
}
