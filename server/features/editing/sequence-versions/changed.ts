import type { Act } from "../../../app.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { stampSequence } from "../../sequences/sequences/store.ts";

/** Told whenever a sequence, its steps or its mails have changed. */
export async function noteChange(act: Act, sequence: { id: string; name: string }, what: string) {
  await stampSequence(act.db, act.caller.teamId, sequence.id, act.now);
  await record(byCaller(act), {
    type: "sequence.changed",
    subject: { type: "sequence", id: sequence.id },
    data: { name: sequence.name, what },
  });
}
