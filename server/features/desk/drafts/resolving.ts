// A mail server's answer was lost, and a person decides what became of the mail.

import type { Act } from "../../../app.ts";
import { mayEdit } from "../../../domain/identity/sharing.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { findMessage } from "../../sending/messages/commands.ts";
import { proveSent, sendAgain } from "../../sending/outbox/reconciliation.ts";
import { getVisible, sequenceViewerOf } from "../../sequences/sequences/finding.ts";
import { taskOfMessage } from "../../work/tasks/store.ts";
import { finishTask } from "../tasks/commands.ts";

export async function resolveMessage(act: Act, id: string, as: "sent" | "send_again") {
  const message = await findMessage(act, id);
  if (!message) throw new Refusal("record_not_found");
  if (message.sequenceId) {
    const sequence = await getVisible(act, message.sequenceId);
    if (!mayEdit(sequence, await sequenceViewerOf(act))) throw new Refusal("sequence_not_permitted");
  }
  if (message.delivery !== "unconfirmed") throw new Refusal("message_not_unconfirmed");
  const by = byCaller(act);
  const settled =
    as === "sent"
      ? await proveSent(by, [id], "person")
      : await sendAgain(by, [{ id, attemptId: null }], "a person wants it sent again");
  if (settled === 0) throw new Refusal("message_not_unconfirmed"); // proved a moment ago
  await record(by, {
    type: "message.resolved",
    subject: { type: "message", id },
    data: { as, sequence_id: message.sequenceId, contact_id: message.contactId },
  });
  await answerQuestion(act, id);
}

/** Its owner was asked by a task, which is done with this. */
async function answerQuestion(act: Act, messageId: string) {
  const { caller } = act;
  const task = await taskOfMessage(act.db, caller.teamId, messageId);
  if (task?.type !== "action_item" || task.status !== "scheduled") return;
  if (caller.role === "admin" || task.userId === caller.userId || task.creatorId === caller.userId)
    await finishTask(act, task.id, "completed", undefined);
}
