import type { Act } from "../../../app.ts";
import { mayDeleteConversation } from "../../../domain/identity/permissions.ts";
import { joinSpeakers, type Participant } from "../../../domain/work/conversations.ts";
import type { SpokenLine } from "../../../domain/work/transcripts.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { viewerIn } from "../../access/sharing/hiding.ts";
import { firstUnknown } from "../../contacts/references/store.ts";
import { byCaller, type EventType, record } from "../../events/events/store.ts";
import { hostFrom, knownParticipants } from "./participants.ts";
import * as store from "./store.ts";
import { replaceTags } from "./tags-store.ts";

type Kept = Omit<store.ConversationValues, "id" | "userId" | "createdAt" | "hostName">;

/** What is undefined stays as it was. */
export type ConversationWish = { [Key in keyof Kept]?: Kept[Key] | undefined } & {
  host?: string | null | undefined;
  endedAt?: Temporal.Instant | undefined;
  participants?: readonly Participant[] | undefined;
  lines?: readonly SpokenLine[] | undefined;
  dealIds?: readonly string[] | undefined;
  tagNames?: readonly string[] | undefined;
};

/** Adds a conversation, or changes the one that its program reported before. */
export async function addConversation(
  act: Act,
  wish: ConversationWish & { source: string; externalId: string | null; startedAt: Temporal.Instant },
) {
  const { db, now, caller } = act;
  const { source, externalId } = wish;
  if (externalId !== null) {
    const known = await store.lockByExternalId(db, caller.teamId, { source, externalId });
    if (known) return save(act, await seen(act, known.id), wish, "conversation.updated");
  }
  const blank: store.ConversationValues = {
    id: newId(),
    source,
    externalId,
    topic: null,
    type: "video_conference",
    startedAt: wish.startedAt,
    duration: null,
    userId: caller.userId,
    hostId: null,
    hostName: null,
    isPrivate: false,
    accountId: null,
    videoUrl: null,
    audioUrl: null,
    thumbnailUrl: null,
    failureCode: null,
    createdAt: now,
  };
  return save(act, blank, { ...wish, participants: wish.participants ?? [] }, "conversation.recorded");
}

export async function changeConversation(act: Act, id: string, wish: ConversationWish) {
  return save(act, await seen(act, id), wish, "conversation.updated");
}

export async function deleteConversation(act: Act, id: string) {
  const { db, caller } = act;
  const conversation = await seen(act, id);
  if (!mayDeleteConversation({ userId: caller.userId, isAdmin: caller.role === "admin" }, conversation))
    throw new Refusal("conversation_not_yours");
  await store.deleteConversation(db, caller.teamId, id);
  await tell(act, "conversation.deleted", conversation);
}

async function seen(act: Act, id: string) {
  const known = await store.lockConversation(act.db, act.caller.teamId, id, viewerIn(act.caller));
  if (!known) throw new Refusal("record_not_found");
  return known;
}

async function save(act: Act, known: store.ConversationValues, wish: ConversationWish, type: EventType) {
  const { db, now, caller } = act;
  const { teamId } = caller;
  const { host, endedAt, participants, lines, dealIds, tagNames, ...values } = wish;
  await refuseUnknown(act, wish);
  const sent = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
  const next: store.ConversationValues = { ...known, ...sent };
  if (host !== undefined) Object.assign(next, await hostFrom(db, teamId, host));
  else if (sent.hostId) next.hostName = null;
  if (endedAt && wish.duration === undefined) next.duration = secondsBetween(next.startedAt, endedAt);
  await store.writeConversation(db, teamId, next, now);
  if (participants || lines) {
    const joined = joinSpeakers(
      participants
        ? await knownParticipants(db, teamId, participants)
        : await store.participantsIn(db, teamId, next.id),
      lines ?? (await store.linesIn(db, teamId, next.id)),
    );
    await store.replaceSpoken(db, teamId, next.id, joined);
  }
  if (dealIds) await store.replaceDeals(db, teamId, next.id, dealIds);
  if (tagNames) await replaceTags(db, teamId, next.id, tagNames);
  await tell(act, type, next);
  return next.id;
}

async function refuseUnknown(
  { db, caller }: Act,
  { hostId, accountId, dealIds, participants = [] }: ConversationWish,
) {
  const unknown = await firstUnknown(db, caller.teamId, {
    users: [hostId, ...participants.map(({ userId }) => userId)],
    contacts: participants.map(({ contactId }) => contactId),
    accounts: [accountId],
    deals: dealIds ?? [],
  });
  if (unknown) throw new Refusal("unknown_id", { value: unknown });
}

function secondsBetween(start: Temporal.Instant, end: Temporal.Instant) {
  const seconds = Math.round((end.epochMilliseconds - start.epochMilliseconds) / 1000);
  return seconds >= 0 && seconds <= 1_000_000 ? seconds : null;
}

/** What was said stays in the conversation: it is about people, and the log outlives it. */
async function tell(act: Act, type: EventType, { id, type: kind, duration }: store.ConversationValues) {
  const data = { conversation_type: kind, duration };
  await record(byCaller(act), { type, subject: { type: "conversation", id }, data });
}
