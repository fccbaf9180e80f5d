// Many small wishes for the database become few large ones: while one is under way the next gather. Nobody waits for a
// clock, so a lone one goes through at once, and thirty at a time cost little more than one.

export type Batch<Ask, Answer> = (ask: Ask) => Promise<Answer>;

/** `work` answers in the order of what it was asked; its error is everybody's. One batch of a key at a time. */
export function batchedBy<Ask, Answer>(
  keyOf: (ask: Ask) => string,
  work: (key: string, asks: readonly Ask[]) => Promise<readonly Answer[]>,
  most = 100,
): Batch<Ask, Answer> {
  type Waiting = { ask: Ask; resolve(answer: Answer): void; reject(error: unknown): void };
  const lines = new Map<string, Waiting[]>();

  const run = async (key: string, line: Waiting[]) => {
    await new Promise(setImmediate); // whoever asks in the same moment comes along
    while (line.length > 0) {
      const batch = line.splice(0, most);
      try {
        const answers = await work(
          key,
          batch.map(({ ask }) => ask),
        );
        for (const [n, { resolve }] of batch.entries()) resolve(answers[n] as Answer);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    lines.delete(key);
  };

  return (ask) =>
    new Promise<Answer>((resolve, reject) => {
      const key = keyOf(ask);
      const line = lines.get(key);
      if (line) return void line.push({ ask, resolve, reject });
      const fresh = [{ ask, resolve, reject }];
      lines.set(key, fresh);
      void run(key, fresh);
    });
}
