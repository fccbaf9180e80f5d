// Many small wishes for the database become few large ones: while one is under way the next gather. A lone one goes through
// at once, and thirty at a time cost little more than one.
//
// A change to a large sequence locks its enrollments for seconds, and one locked enrollment would hold up every mail of a batch. So
// each waits for a moment only: then every sequence goes by itself, and those that are still locked are told apart.

import { setTimeout as sleep } from "node:timers/promises";
import { isLockTimeout } from "../../db/lock-waits.ts";

type BatchedCall<Ask, Answer> = (ask: Ask) => Promise<Answer>;

type Gathering = {
  /** In one go at most. */
  most?: number;
  /** Another caller will ask in a moment, so that a batch without them is worth a few milliseconds' wait. */
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
): BatchedCall<Ask, Answer> {
  type Waiting = { ask: Ask; resolve(answer: Answer): void; reject(error: unknown): void };
  const lines = new Map<string, Waiting[]>();

  const run = async (key: string, line: Waiting[]) => {
    await new Promise(setImmediate); // callers that ask in the same moment join
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

/** Longer than rows are locked in ordinary work, and shorter than anybody notices. */
export const LOCK_PATIENCE_MS = 200;
/** How long a sequence that was found locked is not tried again. */
const REMEMBERED_MS = 1_000;

type BusySequences = {
  /** Does the work for those it can be done for, and answers which those were not. */
  workPast<Ask>(
    asks: readonly Ask[],
    sequenceOf: (ask: Ask) => string | null,
    work: (asks: readonly Ask[]) => Promise<void>,
  ): Promise<Ask[]>;
};

export function openBusySequences(): BusySequences {
  const busyUntil = new Map<string, number>();
  const isBusy = (id: string | null) => id !== null && (busyUntil.get(id) ?? 0) > performance.now();
  const tried = async <Ask>(asks: readonly Ask[], work: (asks: readonly Ask[]) => Promise<void>) => {
    try {
      await work(asks);
      return true;
    } catch (error) {
      if (!isLockTimeout(error)) throw error;
      return false;
    }
  };
  return {
    async workPast(asks, sequenceOf, work) {
      const left = asks.filter((ask) => isBusy(sequenceOf(ask)));
      const open = asks.filter((ask) => !left.includes(ask));
      if (open.length === 0 || (await tried(open, work))) return left;
      for (const [id, own] of Map.groupBy(open, sequenceOf)) {
        if (await tried(own, work)) continue;
        if (id !== null) busyUntil.set(id, performance.now() + REMEMBERED_MS);
        left.push(...own);
      }
      for (const [id, until] of busyUntil) if (until <= performance.now()) busyUntil.delete(id);
      return left;
    },
  };
}
