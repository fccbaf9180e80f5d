// Guessing passwords is slow after ten wrong ones, whoever guesses and from wherever. Nobody is ever
// locked out: the right password still gets in, a few seconds later. Attempts from one address on
// one account wait for each other, so parallel guesses gain nothing and delay nobody else.

const FREE_FAILURES = 10;
const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 4_000;

export const FAILURES_LAST = { minutes: 15 };

export function delayAfter(failures: number) {
  if (failures < FREE_FAILURES) return 0;
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (failures - FREE_FAILURES));
}

const turns = new Map<string, Promise<void>>();

/** Runs `work` after `delayMs`, and after whoever came before with the same key. */
export async function inTurn<T>(key: string, delayMs: number, work: () => Promise<T>): Promise<T> {
  if (delayMs === 0) return work();
  const previous = turns.get(key) ?? Promise.resolve();
  const result = previous.then(() => pause(delayMs)).then(work);
  const turn = result.then(ignore, ignore);
  turns.set(key, turn);
  try {
    return await result;
  } finally {
    if (turns.get(key) === turn) turns.delete(key);
  }
}

function pause(ms: number) {
  return new Promise<void>((resolve) => setTimeout(resolve, ms));
}

function ignore() {}
