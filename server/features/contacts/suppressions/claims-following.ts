// Contacts are written, and the claims of their addresses with them: what a contact is marked with is said of every address it
// has, and no longer where the mark is taken away.

import type { Act } from "../../../app.ts";
import type { ClaimKind } from "../../../domain/contacts/address-claims.ts";
import { emailsOfContact } from "../../../domain/contacts/contact-emails.ts";
import type { ContactDetails } from "../../../domain/contacts/contact-facts.ts";
import { byCaller } from "../../events/events/store.ts";
import { digestsAmong } from "./barring.ts";
import { type ClaimInput, claimAddresses } from "./claims.ts";
import { mayLiftOptOut, refuseToLiftOptOut } from "./claims-lifting.ts";
import * as store from "./claims-store.ts";
import { holdSuppressions } from "./store.ts";

type Turn = { id: string; before: ContactDetails | null; after: ContactDetails };

const MARKS = [
  { kinds: ["unsubscribed", "complaint"], holds: ({ facts }) => facts.emailUnsubscribed === true },
  { kinds: ["do_not_contact"], holds: ({ facts }) => facts.doNotContact },
] as const satisfies { kinds: readonly ClaimKind[]; holds(contact: ContactDetails): boolean }[];

type Marking = {
  emailUnsubscribed?: boolean | null | undefined;
  doNotContact?: boolean | null | undefined;
};

/** Before any contact is locked: the gate takes the list of suppressions first, too. */
export async function holdForMarks({ db, caller }: Act, wishes: readonly Marking[]) {
  if (wishes.some(({ emailUnsubscribed, doNotContact }) => emailUnsubscribed || doNotContact))
    await holdSuppressions(db, caller.teamId);
}

/** Their rows are locked, or new. */
export async function followMarks(act: Act, turns: readonly Turn[]) {
  const wanted = turns.flatMap(newClaims);
  if (wanted.length > 0) await claimAddresses(byCaller(act), act.saidBy ?? callerSays(act), wanted);
  for (const turn of turns) {
    await followLifted(act, turn);
    await followAddresses(act, turn);
    await followPause(act, turn);
  }
}

function callerSays({ caller, origin }: Act) {
  const isPerson = origin.cause === "api" || origin.cause === "web";
  return { source: isPerson ? "person" : origin.cause, sourceId: isPerson ? caller.userId : "" };
}

function newClaims({ id, before, after }: Turn): ClaimInput[] {
  return MARKS.flatMap(({ kinds, holds }) => {
    if (!holds(after) || (before && holds(before))) return [];
    return textsOf(after).map((address) => ({ address, kind: kinds[0], contactId: id }));
  });
}

/** What was said of the addresses alone stands; the list of suppressions shows it. */
async function followLifted(act: Act, { id, before, after }: Turn) {
  if (!before) return;
  const { db, now, caller } = act;
  for (const { kinds, holds } of MARKS) {
    if (!holds(before) || holds(after)) continue;
    const lifting = { userId: caller.userId, because: "contact_changed", now };
    await store.liftOfContacts(db, caller.teamId, [id], kinds, lifting);
  }
}

async function followAddresses({ db, caller }: Act, { id, before, after }: Turn) {
  if (!before || !MARKS.some(({ holds }) => holds(before) && holds(after))) return;
  const known = new Set(digestsAmong(db, caller.teamId, textsOf(before)));
  const fresh = digestsAmong(db, caller.teamId, textsOf(after)).filter((digest) => !known.has(digest));
  if (fresh.length === 0) return;
  await holdSuppressions(db, caller.teamId);
  await store.carryToAddresses(db, caller.teamId, id, fresh);
}

/** A pause is of the address as well. Ended early, it is ended for every address the contact has. */
async function followPause(act: Act, { id, before, after }: Turn) {
  const was = before?.facts.pausedUntil ?? null;
  const until = after.facts.pausedUntil;
  const isSame = was === until || (was && until?.equals(was));
  if (isSame && (!until || !before || sameTexts(before, after))) return;
  const { db, now, caller } = act;
  const { teamId, userId } = caller;
  if (was && !isSame) {
    const digests = digestsAmong(db, teamId, textsOf(after));
    const lifting = { userId, because: "contact_changed", now };
    await store.liftOfAddresses(db, teamId, digests, ["paused"], lifting);
  }
  if (!until) return;
  const wanted = textsOf(after).map((address) => ({ address, kind: "paused" as const, until }));
  await claimAddresses(byCaller(act), { source: "person", sourceId: id }, wanted);
}

function sameTexts(one: ContactDetails, other: ContactDetails) {
  return textsOf(one).join() === textsOf(other).join();
}

function textsOf(contact: ContactDetails) {
  return emailsOfContact(contact).map(({ email }) => email);
}

/** Refuses where one of them would lose the mark of an opt-out, unless it is an admin who says so. */
export function refuseLiftedOptOuts(act: Act, turns: readonly Turn[]) {
  if (mayLiftOptOut(act)) return;
  const isLifted = turns.some(
    ({ before, after }) => MARKS[0].holds(after) !== true && before && MARKS[0].holds(before),
  );
  if (isLifted) refuseToLiftOptOut(act);
}
