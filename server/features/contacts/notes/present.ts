import { stored } from "../../../kernel/moments.ts";
import type { NoteRow } from "./store.ts";

export function presentNote(note: NoteRow) {
  return {
    id: note.id,
    user_id: note.userId,
    content: note.content,
    created_at: stored(note.createdAt),
    updated_at: stored(note.updatedAt),
    contact_id: note.contactIds[0] ?? null,
    account_id: note.accountIds[0] ?? null,
    opportunity_id: note.dealIds[0] ?? null,
    conversation_id: note.conversationIds[0] ?? null,
    contact_ids: note.contactIds,
    account_ids: note.accountIds,
    opportunity_ids: note.dealIds,
    calendar_event_ids: [],
    conversation_ids: note.conversationIds,
    mentioned_user_ids: note.mentionedUserIds,
    pinned_to_top: note.isPinned,
    system: false,
    is_org_chart_note: false,
    crm_notes: [],
  };
}
