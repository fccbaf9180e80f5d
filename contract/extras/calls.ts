// What calls are sorted by. Apollo names these by id and publishes no way to list them.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

const choice = { id: fields.id, name: z.string(), display_order: z.int() };

export const callChoices = {
  outcomes: endpoint({
    method: "GET",
    path: "/phone_call_outcomes",
    scope: "phone_call_outcomes/index",
    access: "scoped",
    effect: "read",
    summary: "List call outcomes",
    input: z.object({}),
    output: z.strictObject({
      phone_call_outcomes: z.array(z.strictObject({ ...choice, is_connect: z.boolean() })),
    }),
  }),

  purposes: endpoint({
    method: "GET",
    path: "/phone_call_purposes",
    scope: "phone_call_purposes/index",
    access: "scoped",
    effect: "read",
    summary: "List call purposes",
    input: z.object({}),
    output: z.strictObject({ phone_call_purposes: z.array(z.strictObject(choice)) }),
  }),
};
