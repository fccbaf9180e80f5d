// A reply that was begun stays in the tab until it is sent or discarded.

import { keptPlace, readBegun, readKept, writeKept } from "../../../parts/kept-storage.ts";
import { EMPTY, type Written } from "../mails/words.ts";
import type { Incoming } from "./queries.ts";

export const placeOfReply = ({ id }: Pick<Incoming, "id">) => `reply-${id}`;

export function emptyReply({ subject }: Pick<Incoming, "subject">): Written {
  return { ...EMPTY, subject: replying(subject) };
}

export function hasBegun(userId: string, mail: Pick<Incoming, "id">) {
  return readKept(keptPlace(userId, placeOfReply(mail))) !== null;
}

/** After what was written so far. */
export function addToReply(userId: string, mail: Pick<Incoming, "id" | "subject">, html: string) {
  const place = keptPlace(userId, placeOfReply(mail));
  const base = emptyReply(mail);
  const before = readBegun<Written>(place)?.mine ?? base;
  writeKept(place, { base, mine: { ...before, html: before.html + html } });
}

// texts: not translated, "Re:" is the same in every language
function replying(subject: string | null) {
  if (!subject) return "Re:";
  return /^re:/i.test(subject) ? subject : `Re: ${subject}`;
}
