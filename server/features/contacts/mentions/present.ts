import { stored, storedOrNull } from "../../../kernel/moments.ts";
import { presentNote } from "../notes/present.ts";
import type { NoteRow } from "../notes/store.ts";
import type { MentionRow } from "./store.ts";

export function presentMentions(mentions: readonly MentionRow[], notes: readonly NoteRow[]) {
  const byId = new Map(notes.map((note) => [note.id, note]));
  return mentions.flatMap(({ noteId, mentionedBy, mentionedAt, seenAt, about }) => {
    const note = byId.get(noteId);
    if (!note) return [];
    return {
      note: presentNote(note),
      mentioned_by_user_id: mentionedBy,
      mentioned_at: stored(mentionedAt),
      seen_at: storedOrNull(seenAt),
      about,
    };
  });
}
