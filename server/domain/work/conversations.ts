// Who took part in a conversation, and which of them said what.

import type { SpokenLine } from "./transcripts.ts";

export type Participant = {
  name: string | null;
  email: string | null;
  userId: string | null;
  contactId: string | null;
};

/** `speaker` is a place among the participants. */
export type KeptLine = Omit<SpokenLine, "speaker"> & { speaker: number | null };

/** A speaker is named as a participant's name or address. One who is not among them took part all the same. */
export function joinSpeakers(participants: readonly Participant[], lines: readonly SpokenLine[]) {
  const all = [...participants];
  const places = new Map<string, number>();
  const learn = (word: string | null, place: number) => {
    const key = keyOf(word);
    if (key !== "" && !places.has(key)) places.set(key, place);
  };
  for (const [place, { name, email }] of participants.entries()) {
    learn(name, place);
    learn(email, place);
  }
  const kept = lines.map((line): KeptLine => {
    const key = keyOf(line.speaker);
    if (key === "") return { ...line, speaker: null };
    const known = places.get(key);
    if (known !== undefined) return { ...line, speaker: known };
    const isAddress = key.includes("@");
    const word = (line.speaker ?? "").trim();
    all.push({ name: isAddress ? null : word, email: isAddress ? key : null, userId: null, contactId: null });
    places.set(key, all.length - 1);
    return { ...line, speaker: all.length - 1 };
  });
  return { participants: all, lines: kept };
}

const keyOf = (word: string | null) => (word ?? "").trim().toLowerCase();

/** A program that failed to record says why; nothing else is known of its work. */
export function stateOf(
  { startedAt, failureCode }: { startedAt: Temporal.Instant; failureCode: string | null },
  now: Temporal.Instant,
) {
  if (failureCode !== null) return "failed" as const;
  return Temporal.Instant.compare(startedAt, now) > 0 ? ("scheduled" as const) : ("completed" as const);
}

/** Of the others, each company by itself: what it is called, else where its mail comes from. */
export function companyWord({ email }: Pick<Participant, "email">, accountName: string | null) {
  return accountName ?? (email?.split("@")[1]?.toLowerCase() || "Unknown");
}
