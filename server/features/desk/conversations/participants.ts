// Whom the participants and the host of a conversation are, by what a program said of them.

import type { Db } from "../../../db/connect.ts";
import type { Participant } from "../../../domain/work/conversations.ts";
import { namesOf, peopleBehind } from "./store.ts";

/** Who was named by an address alone is found by it, and who was named by an id alone gets a name. */
export async function knownParticipants(
  db: Db,
  teamId: string,
  participants: readonly Participant[],
): Promise<Participant[]> {
  const emails = participants.flatMap(({ email }) => email?.toLowerCase() ?? []);
  const ids = participants.flatMap(({ userId, contactId }) =>
    [userId, contactId].filter((id) => id !== null),
  );
  const behind = new Map(
    (await peopleBehind(db, teamId, [...new Set(emails)])).map((one) => [one.email, one]),
  );
  const known = new Map((await namesOf(db, teamId, ids)).map((one) => [one.id, one]));
  const found = participants.map((said) => {
    const isNamed = said.userId !== null || said.contactId !== null;
    const person = isNamed ? undefined : behind.get(said.email?.toLowerCase() ?? "");
    const userId = said.userId ?? person?.userId ?? null;
    // A colleague who is a contact too took part as a colleague.
    const contactId = userId === null ? (said.contactId ?? person?.contactId ?? null) : said.contactId;
    return { ...said, userId, contactId };
  });
  const later = found.flatMap(({ name, userId, contactId }) => (name === null ? [userId ?? contactId] : []));
  const unnamed = later.filter((id) => id !== null && !known.has(id)) as string[];
  for (const one of await namesOf(db, teamId, unnamed)) known.set(one.id, one);
  return found.map((one) => {
    const person = known.get(one.userId ?? one.contactId ?? "");
    return { ...one, name: one.name ?? person?.name ?? null, email: one.email ?? person?.email ?? null };
  });
}

/** A user's address names the user. */
export async function hostFrom(db: Db, teamId: string, host: string | null) {
  const word = host?.trim() ?? "";
  if (word === "") return { hostId: null, hostName: null };
  const [person] = word.includes("@") ? await peopleBehind(db, teamId, [word.toLowerCase()]) : [];
  return person?.userId ? { hostId: person.userId, hostName: null } : { hostId: null, hostName: word };
}
