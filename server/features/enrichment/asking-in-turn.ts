// Providers asked one after the other until one has an answer that will do, about some at once.
//
// Easy to get wrong: whoever stood still may have lost the question to somebody who goes on with it, and asks nobody any
// more; and whoever goes on says the same request id, so that a provider that heeds it charges once. Before each call it is
// written down who is asked: one that heeds no request id is not asked again where we are killed before its answer is kept.

import type { App } from "../../app.ts";
import type { ProviderAnswer } from "../../domain/provider-answers.ts";
import { askProvider, longestAsk, type Question } from "../providers/asking.ts";
import type { WithKey } from "../providers/store.ts";
import type { Lease } from "./lease.ts";

const AT_ONCE = 10;

/** `isLost`: somebody may have been paid for an answer that nobody has, and is not asked again by itself. */
export type Plan = {
  question: Question;
  digest: Buffer;
  id: string | null;
  asks: WithKey[];
  isLost: boolean;
};
export type Said = { provider: WithKey; answer: ProviderAnswer };
export type Answered = Plan & { said: Said[] };

export async function askAll(
  app: App,
  teamId: string,
  plans: readonly Plan[],
  asksAll: boolean,
  lease: Lease,
): Promise<Answered[]> {
  const answered = plans.map((one): Answered => ({ ...one, said: [] }));
  const waiting = answered.filter(({ asks }) => asks.length > 0);
  const resting = new Set<string>(); // whoever asked for peace a moment ago
  const lane = async () => {
    for (let one = waiting.shift(); one; one = waiting.shift()) {
      const requestId = lease.requests.get(one.digest.toString("hex")) ?? "";
      for (const provider of one.asks) {
        if (resting.has(provider.id)) continue;
        const found = one.said.filter(({ answer }) => answer.outcome === "hit");
        const providerIds = [...found.map(({ provider: { id } }) => id), provider.id];
        if (!(await lease.asks({ question: one.digest, providerIds, longestMs: longestAsk(provider) })))
          break;
        const answer = await askProvider(app, teamId, provider, one.question, requestId);
        one.said.push({ provider, answer });
        if (answer.outcome === "failed" && answer.retryAfterMs !== null) resting.add(provider.id);
        if (answer.outcome === "hit" && (!asksAll || isWhole(one.question, answer))) break;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, waiting.length) }, lane));
  return answered;
}

/** Whether nobody else need be asked. */
function isWhole(question: Question, { person }: Extract<ProviderAnswer, { outcome: "hit" }>) {
  if (question.about === "organization") return true;
  return Boolean(person?.email) && (!question.wantsPhone || (person?.phones?.length ?? 0) > 0);
}
