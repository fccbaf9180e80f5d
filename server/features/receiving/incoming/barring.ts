// Addresses that died: who has them is marked, and they are barred for everybody.

import { canonicalAddress } from "../../../domain/contacts/suppression.ts";
import type { By } from "../../events/events/store.ts";
import { barDeadAddresses, spellingsOf } from "../../sending/bouncing/commands.ts";
import * as correspondence from "./correspondence-store.ts";
import type { JudgedMail } from "./judged.ts";

/** The address that bounced, where it is known. */
const deadAddress = ({ verdict, sent }: JudgedMail) => verdict.bounce?.recipient ?? sent?.to ?? null;

/** An address that was changed since is not theirs any more: its end is not the end of them. */
export async function movedOn(
  { db, teamId }: By,
  acting: readonly JudgedMail[],
): Promise<ReadonlySet<string>> {
  const dead = acting.filter(({ outcome, contactId }) => outcome.bounced === "hard" && contactId !== null);
  if (dead.length === 0) return new Set();
  const ids = dead.flatMap(({ contactId }) => contactId ?? []);
  const current = await correspondence.firstAddressesOf(db, teamId, ids);
  const isElsewhere = (one: JudgedMail) => {
    const email = canonicalAddress(current.get(one.contactId ?? "") ?? "");
    return email !== null && email !== canonicalAddress(deadAddress(one) ?? "");
  };
  return new Set(dead.filter(isElsewhere).map(({ id }) => id));
}

/** By mail, whom and what it has marked. */
export async function barDead(by: By, acting: readonly JudgedMail[]) {
  const dead = acting.flatMap((one) => deadSpellings(one).map((address) => ({ id: one.id, address })));
  const { marked, suppressions } = await barDeadAddresses(
    by,
    dead.map(({ id, address }) => ({ address, said: { source: "incoming_mail", sourceId: id } })),
  );
  return (id: string) => {
    const own = spellingsOf(dead.filter((one) => one.id === id).map(({ address }) => address));
    return {
      suppressionIds: suppressions.filter(({ value }) => own.includes(value)).map((row) => row.id),
      bounced: marked
        .filter(({ email }) => own.includes(email))
        .map(({ contactId, emailStatus }) => ({ contactId, emailStatus })),
    };
  };
}

/** As it was reported, and as we had written to it. */
export function deadSpellings(one: JudgedMail) {
  if (one.outcome.bounced !== "hard") return [];
  const address = deadAddress(one);
  const canonical = canonicalAddress(address ?? "");
  if (address === null || canonical === null) return [];
  const written = one.sent?.to ?? null;
  return written !== null && canonicalAddress(written) === canonical ? [address, written] : [address];
}
