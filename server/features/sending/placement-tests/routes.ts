import { contract } from "@cadenza/contract";
import { route } from "../../../http/route.ts";
import { getPlacementTest, listPlacementTests, startPlacementTest } from "./commands.ts";
import { presentPlacement } from "./present.ts";

export const routes = [
  route(contract.placementTests.list, async ({ input, ...act }) => ({
    placement_tests: (await listPlacementTests(act, input.email_account_id ?? null)).map(presentPlacement),
  })),

  route(contract.placementTests.show, async ({ input, ...act }) => ({
    placement_test: presentPlacement(await getPlacementTest(act, input.id)),
  })),

  route(contract.placementTests.start, async ({ input, ...act }) => {
    const test = await startPlacementTest(act, {
      mailboxId: input.email_account_id ?? null,
      touchId: input.emailer_touch_id ?? null,
      subject: input.subject ?? null,
      bodyHtml: input.body_html ?? null,
      likeId: input.like_id ?? null,
      seedIds: input.seed_ids ?? null,
    });
    return { placement_test: presentPlacement(test) };
  }),
];
