// Asks providers one after the other until one gives a usable answer, about some people at once.
//
// Easy to get wrong: a holder whose process was suspended may have lost the question to another, and then must ask no
// provider. The new holder sends the same request id, so that a provider that recognizes it charges once. Before each
// call it is recorded which provider is asked. A provider that ignores request ids is not asked again if we are killed
// before its answer is kept.

import type { App } from "../../../app.ts";
import type { ProviderAnswer } from "../../../domain/prospecting/provider-answers.ts";
import { askProvider, longestAsk, type ProviderQuestion } from "../providers/asking.ts";
import type { WithKey } from "../providers/store.ts";
import type { Lease } from "./lease.ts";

const AT_ONCE = 10;

/** `isLost`: a provider may have been paid for an answer that we don't have. It is not asked again automatically. */
export type ProviderPlan = {
  question: ProviderQuestion;
  digest: Buffer;
  id: string | null;
  asks: WithKey[];
  isLost: boolean;
};
type ProviderReply = { provider: WithKey; answer: ProviderAnswer };
export type Answered = ProviderPlan & { said: ProviderReply[] };

export async function askAll(
  app: App,
  teamId: string,
  plans: readonly ProviderPlan[],
  asksAll: boolean,
  lease: Lease,
): Promise<Answered[]> {
  const answered = plans.map((one): Answered => ({ ...one, said: [] }));
  const waiting = answered.filter(({ asks }) => asks.length > 0);
  const resting = new Set<string>(); // providers that asked us to wait a moment ago
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
function isWhole(question: ProviderQuestion, { person }: Extract<ProviderAnswer, { outcome: "hit" }>) {
  if (question.about === "organization") return true;
  return Boolean(person?.email) && (!question.wantsPhone || (person?.phones?.length ?? 0) > 0);
}
