// The engine's own acts: the same transaction, team and clock that a request gets, for work without a waiting caller.
// It acts as the user who asked for it, and the history says what caused it. It no longer acts for a deactivated
// user, except to end what they had begun. As with a request, it is tried again where another change came between.

import type { Act, App } from "../../app.ts";
import { isWorthAnotherTry, MOST_TRIES } from "../../db/away.ts";
import type { Db } from "../../db/connect.ts";
import { findUser } from "../../features/identity/users/store.ts";

export type OnBehalf = {
  teamId: string;
  userId: string;
  cause: string;
  /** What is changed, where the cause does not say it: the type of a job. */
  what?: string;
  /** The workflows that led here. */
  chain?: readonly string[];
  evenIfLeft?: boolean;
};

/** The user who asked has left the team. */
export class AskerLeft extends Error {}

export async function actFor<T>(app: App, onBehalf: OnBehalf, work: (act: Act) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await once(app, onBehalf, work);
    } catch (error) {
      if (tries === MOST_TRIES || !isWorthAnotherTry(error)) throw error;
    }
  }
}

async function once<T>(
  app: App,
  { teamId, userId, cause, what = cause, chain, evenIfLeft = false }: OnBehalf,
  work: (act: Act) => Promise<T>,
): Promise<T> {
  const effects: (() => void)[] = [];
  const perform = async (db: Db): Promise<T> => {
    const [user] = await Promise.all([
      findUser(db, teamId, userId),
      // For what is done later because of it, without anybody who could say why (migration 0058).
      chain && db.run("select set_config('cadenza.chain', $1, true)", [chain.join()]),
    ]);
    if (!user) throw new Error(`user ${userId} no longer exists`);
    if (user.deactivatedAt && !evenIfLeft) throw new AskerLeft(`user ${userId} has left the team`);
    return work({
      app,
      db,
      now: app.now(),
      origin: { requestId: null, address: null, cause, ...(chain && { chain }) },
      caller: {
        teamId,
        userId,
        role: user.role,
        isOperator: false,
        credential: { kind: "engine", id: null },
      },
      isDryRun: false,
      afterCommit: (effect) => effects.push(effect),
    });
  };
  const result = await app.db.inTeam(teamId, perform, "each", { change: what });
  for (const effect of effects) effect();
  return result;
}
