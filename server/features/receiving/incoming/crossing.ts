// What crosses between the server and the thread that reads mails. Times are text on the way: they cannot be cloned.

import type { InboundFacts, LookUp } from "../../../domain/receiving/inbound-facts.ts";
import type { InboundVerdict } from "../../../domain/receiving/inbound-verdict.ts";
import type { AttachedFile, IncomingMail } from "../../../domain/receiving/incoming-mail.ts";

/** The same with its times as text. The compiler sees to it that none is forgotten. */
type Across<T> = T extends Temporal.Instant | Temporal.PlainDate
  ? string
  : T extends ReadonlySet<unknown>
    ? T
    : T extends object
      ? { [K in keyof T]: Across<T[K]> }
      : T;

export type Crossing = {
  asked: { task: "read" | "judge" | "extract"; all: readonly unknown[] };
  read: { mail: Across<IncomingMail>; lookUp: LookUp };
  judge: { mail: Across<IncomingMail>; facts: Across<InboundFacts> };
  judged: Across<InboundVerdict>;
  extract: { raw: Uint8Array; position: number };
  extracted: { contentKey: string; file: (AttachedFile & { bytes: Uint8Array }) | null };
};

export const mailAcross = (mail: IncomingMail): Across<IncomingMail> => ({
  ...mail,
  date: mail.date?.toString() ?? null,
});
export const mailBack = (mail: Across<IncomingMail>): IncomingMail => ({
  ...mail,
  date: mail.date === null ? null : Temporal.Instant.from(mail.date),
});

export const factsAcross = {
  there: (facts: InboundFacts): Across<InboundFacts> => ({
    ...facts,
    receivedAt: facts.receivedAt.toString(),
  }),
  back: (facts: Across<InboundFacts>): InboundFacts => ({
    ...facts,
    receivedAt: Temporal.Instant.from(facts.receivedAt),
  }),
};

export const verdictAcross = (verdict: InboundVerdict): Across<InboundVerdict> => ({
  ...verdict,
  returnsOn: verdict.returnsOn?.toString() ?? null,
});
export const verdictBack = (verdict: Across<InboundVerdict>): InboundVerdict => ({
  ...verdict,
  returnsOn: verdict.returnsOn === null ? null : Temporal.PlainDate.from(verdict.returnsOn),
});
