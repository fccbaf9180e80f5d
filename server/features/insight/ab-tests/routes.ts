import { contract } from "@cadenza/contract";
import { route } from "../../../http/route.ts";
import { readMoment } from "../../../kernel/moments.ts";
import { showAbTest, startAbTest, stopAbTest } from "./commands.ts";
import { presentAbTest } from "./present.ts";

export const routes = [
  route(contract.abTests.show, async ({ input, ...act }) => {
    const test = await showAbTest(act, input.id);
    return { ab_test: test && presentAbTest(test) };
  }),

  route(contract.abTests.start, async ({ input, ...act }) => {
    const endsAt = input.ends_at ? readMoment(input.ends_at) : null;
    return { ab_test: presentAbTest(await startAbTest(act, input.id, { metric: input.metric, endsAt })) };
  }),

  route(contract.abTests.stop, async ({ input, ...act }) => ({
    ab_test: presentAbTest(await stopAbTest(act, input.id)),
  })),
];
