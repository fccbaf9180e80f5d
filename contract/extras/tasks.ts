// A task that was done by mistake.

import { z } from "zod";
import { taskShown } from "../apollo/tasks.ts";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

export const taskChanges = {
  reopen: endpoint({
    method: "POST",
    path: "/tasks/{id}/reopen",
    scope: "tasks/reopen",
    access: "scoped",
    effect: "write",
    summary: "Opens a task again that was done or skipped by mistake",
    description:
      "Whoever it was about stands at its step of the sequence again. Refused where they have been moved since, or a mail of a " +
      "later step is out.",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ task: taskShown }),
  }),
};
