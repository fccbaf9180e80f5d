import type { Act } from "../../../app.ts";
import { mayChangeNote } from "../../../domain/identity/permissions.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { viewerIn } from "../../access/sharing/hiding.ts";
import { byCaller, type EventType, record } from "../../events/events/store.ts";
import { firstUnknown } from "../references/store.ts";
import { mention } from "./mentioning.ts";
import * as store from "./store.ts";

type NoteWish = {
  content: string;
  isPinned: boolean;
  about: store.NoteSubjects;
  mentions: readonly string[];
};

export async function writeNote(act: Act, { about, mentions, ...wish }: NoteWish) {
  const { now, caller } = act;
  const note = { id: newId(), userId: caller.userId, createdAt: now, ...wish };
  return save(act, note, { about, mentions }, "note.created");
}

type NoteChange = {
  content?: string | undefined;
  isPinned?: boolean | undefined;
  about: store.NoteSubjects | null;
  mentions: readonly string[] | null;
};

export async function changeNote(act: Act, id: string, change: NoteChange) {
  const note = await lockedNote(act, id);
  if (!isMine(act, note)) throw new Refusal("note_of_another");
  const next = {
    ...note,
    content: change.content ?? note.content,
    isPinned: change.isPinned ?? note.isPinned,
  };
  return save(act, next, change, "note.updated");
}

/** Every user of the team may pin a note: it moves up for all, and its text stays. */
export async function pinNote(act: Act, id: string, isPinned: boolean) {
  const note = await lockedNote(act, id);
  return save(act, { ...note, isPinned }, { about: null, mentions: null }, "note.updated");
}

export async function deleteNote(act: Act, id: string) {
  const note = await lockedNote(act, id);
  if (!isMine(act, note)) throw new Refusal("note_of_another");
  await store.deleteNote(act.db, act.caller.teamId, id);
  await tell(act, "note.deleted", id);
}

/** Null: as before. */
type Beside = Pick<NoteChange, "about" | "mentions">;

async function save(act: Act, note: store.NoteValues, { about, mentions }: Beside, type: EventType) {
  const { db, now, caller } = act;
  const { teamId } = caller;
  if (about) await refuseAbout(act, about);
  await store.writeNote(db, teamId, note, now);
  if (about) await store.replaceAbout(db, teamId, note.id, about);
  const mentioned = mentions ? await mention(act, note.id, mentions) : [];
  await tell(act, type, note.id, mentioned);
  const saved = await store.findNote(db, teamId, note.id);
  if (!saved) throw new Refusal("record_not_found");
  return saved;
}

async function refuseAbout({ db, caller }: Act, about: store.NoteSubjects) {
  const { contactIds, accountIds, dealIds, conversationIds } = about;
  if (Object.values(about).every((ids) => ids.length === 0)) throw new Refusal("argument_required");
  const unknown = await firstUnknown(db, caller.teamId, {
    contacts: contactIds,
    accounts: accountIds,
    deals: dealIds,
  });
  const unseen =
    conversationIds.length > 0 &&
    (await store.firstUnseenConversation(db, caller.teamId, conversationIds, viewerIn(caller)));
  if (unseen) throw new Refusal("unknown_id", { value: unseen });
  if (unknown) throw new Refusal("unknown_id", { value: unknown });
}

async function lockedNote({ db, caller }: Act, id: string) {
  const note = await store.lockNote(db, caller.teamId, id, viewerIn(caller));
  if (!note) throw new Refusal("record_not_found");
  return note;
}

function isMine({ caller }: Act, note: store.NoteValues) {
  return mayChangeNote({ userId: caller.userId, isAdmin: caller.role === "admin" }, note.userId);
}

/** What a note says stays in the note: it may be about a person, and the log outlives it. */
async function tell(act: Act, type: EventType, id: string, mentioned: readonly string[] = []) {
  const data = mentioned.length > 0 ? { mentioned_user_ids: mentioned } : {};
  await record(byCaller(act), { type, subject: { type: "note", id }, data });
}
