import { stored, storedOrNull } from "../../../kernel/moments.ts";
import type { NoticeRow } from "./store.ts";

export function presentNotice(notice: NoticeRow) {
  return {
    id: notice.id,
    workflow_id: notice.workflowId,
    workflow_name: notice.workflowName,
    entity_id: notice.entityId,
    contact_id: notice.contactId,
    text: notice.text,
    created_at: stored(notice.createdAt),
    read_at: storedOrNull(notice.readAt),
  };
}
