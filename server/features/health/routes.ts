import { contract } from "@cadenza/contract";
import { openRoute } from "../../http/route.ts";

export const routes = [
  // Always 200: clients ask this to learn whether their key is good, and test is_logged_in.
  openRoute(contract.auth.health, async ({ identify }) => ({
    healthy: true,
    is_logged_in: (await identify()) !== null,
  })),
];
