import type { Act } from "../../../app.ts";
import { type EditedSequence, editChanges } from "../../../domain/sequences/edit-changes.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { stampSequence } from "../../sequences/sequences/store.ts";
import { sequenceAsEdited } from "./edited.ts";

/** Told whenever a sequence, its steps or its mails have changed. `before` is the sequence as the edit found it. */
export async function noteChange(
  act: Act,
  sequence: { id: string; name: string },
  what: string,
  before: EditedSequence,
) {
  await stampSequence(act.db, act.caller.teamId, sequence.id, act.now);
  const { changes, moreChanges } = editChanges(before, await sequenceAsEdited(act, sequence.id));
  await record(byCaller(act), {
    type: "sequence.changed",
    subject: { type: "sequence", id: sequence.id },
    data: {
      name: sequence.name,
      what,
      ...(changes.length > 0 && { changes }),
      ...(moreChanges > 0 && { more_changes: moreChanges }),
    },
  });
}
