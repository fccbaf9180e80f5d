// Tasks, notes, deals, calls, and long work.

import { failedWork, waitingWork } from "../waiting-work.ts";
import { asOwner } from "../wire.ts";
import type { MakerContext, Wishes } from "./makers.ts";

export function work({ world, team, make }: MakerContext): Wishes {
  return {
    "tasks.reopen": async () => ({ input: { id: await make.doneTask() } }),
    "opportunities.create": async () => ({ input: { name: "Dry" } }),
    "opportunities.update": async () => ({ input: { id: await make.deal(), name: "Changed" } }),
    "opportunities.updateRoles": async () => ({ input: { opportunity_id: await make.deal(), roles: [] } }),
    "opportunities.delete": async () => ({ input: { id: await make.deal() } }),
    "opportunities.bulkUpdate": async () => ({
      input: { opportunity_ids: [await make.deal()], closed_lost_reason: "Too dear" },
    }),
    "opportunities.bulkDelete": async () => ({ input: { opportunity_ids: [await make.deal()] } }),
    "tasks.create": async () => ({ input: await make.taskWish() }),
    "tasks.bulkCreate": async () => ({ input: { tasks: [await make.taskWish()] } }),
    "tasks.update": async () => ({ input: { id: await make.task(), note: "Changed" } }),
    "tasks.complete": async () => ({ input: { id: await make.task() } }),
    "tasks.skip": async () => ({ input: { id: await make.task() } }),
    "tasks.bulkSkip": async () => ({ input: { ids: [await make.task()] } }),
    "tasks.bulkComplete": async () => ({ input: { ids: [await make.task()] } }),
    "tasks.bulkReopen": async () => {
      const id = await make.task();
      await team.api.tasks.complete({ id });
      return { input: { ids: [id] } };
    },
    "tasks.bulkUpdate": async () => ({ input: { ids: [await make.task()], priority: "high" } }),
    "phoneCalls.create": async () => ({ input: { status: "busy" } }),
    "phoneCalls.delete": async () => {
      const { phone_call } = await team.api.phoneCalls.create({ status: "busy" });
      return { input: { id: phone_call.id } };
    },
    "phoneCalls.update": async () => {
      const { phone_call } = await team.api.phoneCalls.create({ status: "busy" });
      return { input: { id: phone_call.id, status: "completed" } };
    },
    "conversations.create": async () => ({ input: { start_time: "2026-02-03" } }),
    "conversations.update": async () => ({ input: { id: await make.conversation(), topic: "Changed" } }),
    "conversations.delete": async () => ({ input: { id: await make.conversation() } }),
    "conversations.export": async () => ({
      input: { start_time: "2026-02-01", end_time: "2026-03-01", email: team.owner.email },
    }),
    "notes.create": async () => ({ input: { opportunity_id: await make.deal(), content: "Dry" } }),
    "notes.update": async () => ({ input: { id: await make.note(), content: "Changed" } }),
    "notes.pin": async () => ({ input: { id: await make.note() } }),
    "notes.see": async () => {
      const id = await make.note();
      await team.api.notes.update({ id, mentioned_user_ids: [team.owner.id] });
      // By a teammate it would be unseen; what one mentions oneself in is seen at once.
      await asOwner(world, (client) =>
        client.query("update note_mentions set seen_at = null where note_id = $1", [id]),
      );
      return { input: { id } };
    },
    "notes.delete": async () => ({ input: { id: await make.note() } }),
    "progress.markSeen": async () => ({ input: { id: (await failedWork(world, team)).id } }),
    "progress.cancel": async () => ({
      input: { id: (await waitingWork(world, { teamId: team.id, userId: team.owner.id })).id },
    }),
  };
}
