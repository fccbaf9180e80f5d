// Many small wishes for the database become few large ones: while one is under way the next gather. A lone one goes through
// at once, and thirty at a time cost little more than one.

import { setTimeout as sleep } from "node:timers/promises";

export type Batch<Ask, Answer> = (ask: Ask) => Promise<Answer>;

export type Gathering = {
  /** In one go at most. */
  most?: number;
  /** Somebody will ask in a moment, so that a batch without them is worth a few milliseconds' wait. */
  isAnybodyComing?: (key: string) => boolean;
  /** Whether an error may be one ask's own: then each is tried by itself, and the others get their answers. */
  isOfOne?: (error: unknown) => boolean;
};

const LONGEST_WAIT_MS = 4;

/** `work` answers in the order of what it was asked. One batch of a key at a time. */
export function batchedBy<Ask, Answer>(
  keyOf: (ask: Ask) => string,
  work: (key: string, asks: readonly Ask[]) => Promise<readonly Answer[]>,
  { most = 100, isAnybodyComing = () => false, isOfOne = () => false }: Gathering = {},
): Batch<Ask, Answer> {
  type Waiting = { ask: Ask; resolve(answer: Answer): void; reject(error: unknown): void };
  const lines = new Map<string, Waiting[]>();

  const run = async (key: string, line: Waiting[]) => {
    await new Promise(setImmediate); // whoever asks in the same moment comes along
    while (line.length > 0) {
      for (let ms = 0; ms < LONGEST_WAIT_MS && line.length < most && isAnybodyComing(key); ms++)
        await sleep(1);
      const batch = line.splice(0, most);
      try {
        const answers = await work(
          key,
          batch.map(({ ask }) => ask),
        );
        for (const [n, { resolve }] of batch.entries()) resolve(answers[n] as Answer);
      } catch (error) {
        if (batch.length > 1 && isOfOne(error)) for (const one of batch) await alone(key, one);
        else for (const { reject } of batch) reject(error);
      }
    }
    lines.delete(key);
  };

  const alone = (key: string, { ask, resolve, reject }: Waiting) =>
    work(key, [ask]).then(([answer]) => resolve(answer as Answer), reject);

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
