import type { Act } from "../../../app.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { readNotice } from "./store.ts";

export async function markRead(act: Act, id: string) {
  const { db, now, caller } = act;
  const notice = await readNotice(db, caller.teamId, caller.userId, id, now);
  if (!notice) throw new Refusal("record_not_found");
  await record(byCaller(act), {
    type: "workflow.notice_read",
    subject: { type: "workflow", id: notice.workflowId },
    data: { notice_id: id },
  });
  return notice;
}
