// The same call for several, one after another: the server would take them at once, and one that fails stops no other.

import { t } from "../../../language/t.ts";
import { accountFor } from "../../../parts/trouble.ts";

export type Failed = { id: string; why: string };

export async function onEach<Answer>(ids: readonly string[], call: (id: string) => Promise<Answer>) {
  const done: string[] = [];
  const answers = new Map<string, Answer>();
  const failed: Failed[] = [];
  for (const id of ids) {
    try {
      answers.set(id, await call(id));
      done.push(id);
    } catch (error) {
      failed.push({ id, why: accountFor(error, "writing").happened });
    }
  }
  return { done, answers, failed };
}

export function sayFailed(failed: readonly Failed[]) {
  const [first] = failed;
  return first ? t(" {failed, number} failed: {why}", { failed: failed.length, why: first.why }) : "";
}
