// One search over all kinds: what has every word, and where that is little, what is similar.

import type { Caller } from "../../../app.ts";
import type { Db } from "../../../db/connect.ts";
import { searchWords } from "../../../domain/basics/words.ts";
import { phonePatterns } from "../../../domain/insight/phone-search.ts";
import {
  type Candidate,
  RECORD_TYPES,
  type RecordType,
  rankRecords,
} from "../../../domain/insight/record-rank.ts";
import { similarityOf } from "../../../domain/insight/typing-errors.ts";
import { viewerIn } from "../../access/sharing/hiding.ts";
import { isLargestTeam } from "../../contacts/contact-search/largest-team.ts";
import { planAsUsual, planForValues } from "../../contacts/searching/store.ts";
import { type MessageFilter, searchMessages, visibleSequences } from "../../sending/message-search/store.ts";
import { recordsByPhone } from "./phones-store.ts";
import {
  type Closeness,
  candidatesOf,
  type FoundRecord,
  recordsById,
  type SearchedType,
  searchAsUsual,
  searchByIndex,
} from "./store.ts";

type RecordWish = {
  keywords: string | undefined;
  types: readonly RecordType[];
  openedIds: readonly string[];
  perType: number;
};

/** With fewer exact matches than this, similar words are searched too. */
const ENOUGH = 3;
const ERRORS = ["swapped", "similar"] as const;
/** An address or a domain: its groups of letters are those of all that share a part of it, and no single word is like it. */
const AS_TYPED = /@|\S\.\S/;
/** The index of emails has whole words: a shorter beginning fits too many. */
const SHORTEST_IN_MAILS = 3;

export async function findRecords(db: Db, caller: Caller, wish: RecordWish) {
  const words = searchWords(wish.keywords);
  if (words.length === 0) return findOpened(db, caller, wish);
  const phone = phonePatterns(wish.keywords);
  if (phone) {
    const found = await findByPhone(db, caller.teamId, wish, phone);
    // Digits in groups are a phone number. One group may be part of a name, too: "Order 471100".
    if (found.length > 0 || words.length > 1) return rankRecords(found.map(exactly), { ...wish, words });
  }
  const { openedIds, perType } = wish;
  const asked = {
    words,
    openedIds,
    viewerId: viewerIn(caller),
    isLargest: await isLargestTeam(db, caller.teamId),
  };
  const searched = wish.types.filter((type): type is SearchedType => type !== "message");
  const find = (closeness: Closeness, types: readonly SearchedType[]) =>
    candidatesOf(db, caller.teamId, types, { ...asked, closeness });
  const isMailAsked = wish.types.includes("message");
  const mails = isMailAsked ? await findMails(db, caller, words, perType) : [];
  const [, , met] = await Promise.all([planForValues(db), searchByIndex(db, words), find("exact", searched)]);
  const found = new Map([...met, ...mails].map((one) => [one.id, exactly(one)]));
  for (const closeness of words.some((word) => AS_TYPED.test(word)) ? [] : ERRORS) {
    if (found.size >= ENOUGH) break;
    for (const one of await find(
      closeness,
      searched.filter((type) => type !== "incoming_mail"),
    ))
      if (!found.has(one.id)) for (const near of similarly(one, words)) found.set(near.id, near);
  }
  await Promise.all([planAsUsual(db), searchAsUsual(db)]);
  return rankRecords([...found.values()], { words, openedIds, perType });
}

async function findByPhone(db: Db, teamId: string, { types }: RecordWish, patterns: readonly string[]) {
  const [, , found] = await Promise.all([
    planForValues(db),
    searchByIndex(db, []),
    recordsByPhone(db, teamId, types, patterns),
    planAsUsual(db),
    searchAsUsual(db),
  ]);
  return found;
}

const exactly = (one: Omit<Candidate, "similarity">): Candidate => ({ ...one, similarity: null });

function similarly(one: FoundRecord, words: readonly string[]): Candidate[] {
  const similarity = similarityOf(words, one.words);
  return similarity === null ? [] : [{ ...one, similarity }];
}

/** In the order in which they were opened. */
async function findOpened(db: Db, caller: Caller, { types, openedIds }: RecordWish) {
  if (openedIds.length === 0) return [];
  const viewerId = viewerIn(caller);
  const found = await inEach(types, (type) => recordsById(db, caller.teamId, type, openedIds, viewerId));
  const byId = new Map(found.map((one) => [one.id, one]));
  return openedIds.flatMap((id) => {
    const one = byId.get(id);
    return one ? [{ ...one, match: "opened" as const }] : [];
  });
}

async function inEach<Type extends RecordType, Found>(
  types: readonly Type[],
  find: (type: Type) => Promise<Found[]>,
) {
  return (await Promise.all(types.map(find))).flat();
}

/** As the outbox finds them, the latest first. */
async function findMails(db: Db, caller: Caller, words: readonly string[], limit: number) {
  if (words.some(({ length }) => length < SHORTEST_IN_MAILS)) return [];
  const { teamId, userId, role } = caller;
  const visible =
    role === "admin" ? null : { userId, sequenceIds: await visibleSequences(db, teamId, userId) };
  const { ids } = await searchMessages(db, teamId, { ...ANY_MAIL, words, visible }, { ...LATEST, limit });
  return recordsById(db, teamId, "message", ids, viewerIn(caller));
}

const LATEST = { order: "due", isAscending: false, offset: 0, after: null } as const;

const ANY_MAIL: Omit<MessageFilter, "words" | "visible"> = {
  stats: null,
  replyClasses: null,
  userIds: null,
  forUserIds: null,
  senders: null,
  sequenceIds: null,
  notSequenceIds: null,
  stepIds: null,
  touchIds: null,
  from: null,
  before: null,
  rangeOf: "due",
  notSentReasons: null,
  contactIds: null,
  address: null,
};

export const ALL_TYPES: readonly RecordType[] = RECORD_TYPES;
