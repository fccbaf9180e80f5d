import { contract } from "@cadenza/contract";
import { openRoute } from "../../../http/route.ts";

export const routes = [
  // Always 200: clients ask this to learn whether their key is good, and test is_logged_in.
  openRoute(contract.auth.health, async ({ identify }) => {
    const caller = identify();
    return { healthy: true, is_logged_in: (caller instanceof Promise ? await caller : caller) !== null };
  }),
];
