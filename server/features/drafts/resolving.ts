// A mail server's answer was lost, and a person decides what became of the mail.

import type { Act } from "../../app.ts";
import { mayEdit } from "../../domain/sharing.ts";
import { Refusal } from "../../refusal.ts";
import { byCaller, record } from "../events/store.ts";
import { findMessage } from "../messages/commands.ts";
import { getVisible, viewerOf } from "../sharing/commands.ts";
import { proveSent, sendAgain } from "../slots/proofs.ts";
import { finishTask } from "../tasks/commands.ts";
import { taskOfMessage } from "../tasks/store.ts";

export async function resolveMessage(act: Act, id: string, as: "sent" | "send_again") {
  const message = await findMessage(act, id);
  if (!message) throw new Refusal("record_not_found");
  if (message.sequenceId) {
    const sequence = await getVisible(act, message.sequenceId);
    if (!mayEdit(sequence, await viewerOf(act))) throw new Refusal("sequence_not_permitted");
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
