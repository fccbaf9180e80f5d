// Every refusal: its code, its status, its sentence. Apollo's sentences are given to the letter,
// because published clients match them; `{name}` is filled in from the refusal's facts.

import { asking } from "./refusals/asking.ts";
import { automation } from "./refusals/automation.ts";
import { calling } from "./refusals/calling.ts";
import { enrollments } from "./refusals/enrollments.ts";
import { mailboxes } from "./refusals/mailboxes.ts";
import { mails } from "./refusals/mails.ts";
import { outside } from "./refusals/outside.ts";
import { people } from "./refusals/people.ts";
import { records } from "./refusals/records.ts";
import { sandbox } from "./refusals/sandbox.ts";
import { sequences } from "./refusals/sequences.ts";
import { sources } from "./refusals/sources.ts";
import { work } from "./refusals/work.ts";

export type { RefusalEntry } from "./refusals/entry.ts";

export const refusals = {
  ...calling,
  ...asking,
  ...people,
  ...records,
  ...sources,
  ...sequences,
  ...enrollments,
  ...mailboxes,
  ...mails,
  ...work,
  ...automation,
  ...outside,
  ...sandbox,
} as const;

export type RefusalCode = keyof typeof refusals;

/** Those that say: you may not. */
export type ForbiddingCode = {
  [Code in RefusalCode]: (typeof refusals)[Code] extends { forbids: true } ? Code : never;
}[RefusalCode];

export function isForbidding(code: RefusalCode): code is ForbiddingCode {
  return "forbids" in refusals[code];
}
