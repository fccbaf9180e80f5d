import { z } from "zod";
import { endpoint } from "../endpoint.ts";

export const auth = {
  health: endpoint({
    method: "GET",
    path: "/auth/health",
    scope: "auth/health",
    access: "open",
    looksAtKey: true,
    effect: "read",
    summary: "Check the server and the API key",
    description: "Always answers 200. `is_logged_in` is false for a missing or a wrong key.",
    input: z.object({}),
    output: z.strictObject({ healthy: z.boolean(), is_logged_in: z.boolean() }),
  }),
};
