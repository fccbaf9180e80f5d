// The names of the advisory locks that a gate and a change share, each in one place: the code that takes a lock and the
// explanation that looks for its holder use the same name.

export const LOCK_NAMES = {
  /** Gates share it; a change of a rule waits until those that hold it have ended (`open_gates` in SQL uses the same name). */
  gates: (teamId: string) => `gates ${teamId}`,
  addresses: (teamId: string) => `suppressions ${teamId}`,
  /** `key`: a sequence, the host of a company, a contact or company of the contact frequency limits, or tasks that are limited. */
  caps: (teamId: string, key: string) => `sends of ${teamId} ${key}`,
  answers: (teamId: string, addressKey: string) => `answers of ${teamId} ${addressKey}`,
} as const;
