// Contacts with whom the emails of a sequence are tried out, with all that the gate asks about them. The number of statements does
// not depend on the number of contacts.

import { NO_BARS } from "../../../domain/contacts/address-claims.ts";
import type { GateContactFacts } from "../../../domain/gate/gate-facts.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { heldAmong } from "../../contacts/answer-holds/commands.ts";
import { findLabels } from "../../contacts/labels/store.ts";
import { barsAmong } from "../../contacts/suppressions/barring.ts";
import { listContactFacts } from "../../gate/facts/facts-store.ts";
import { personAlone } from "../../gate/facts/people.ts";
import type { ReadContext } from "./commands.ts";
import * as contacts from "./trial-contacts-store.ts";

const LOOKED_AT = 200;

type TrialPerson = {
  contactId: string;
  name: string | null;
  email: string | null;
  mailboxId: string | null;
  timeZone: string | null;
  hasSentMail: boolean;
  facts: Partial<GateContactFacts>;
};

/** From a list where one is named; else who is in the sequence, and while it has no contacts, the newest of the team. */
export async function chooseTrial({ db, caller }: ReadContext, sequenceId: string, labelId: string | null) {
  const { teamId } = caller;
  if (labelId !== null) {
    if ((await findLabels(db, teamId, [labelId])).length === 0) throw new Refusal("record_not_found");
    return { source: "list" as const, chosen: await contacts.listOfLabel(db, teamId, labelId, LOOKED_AT) };
  }
  const members = await contacts.listMembers(db, teamId, sequenceId, LOOKED_AT);
  if (members.length > 0) return { source: "sequence" as const, chosen: members };
  return { source: "newest" as const, chosen: await contacts.listNewest(db, teamId, LOOKED_AT) };
}

export async function trialPeople(
  { db, caller }: ReadContext,
  sequenceId: string,
  chosen: readonly contacts.TrialContact[],
  ownMailboxId: string | null,
): Promise<TrialPerson[]> {
  const { teamId } = caller;
  const ids = chosen.map(({ contactId }) => contactId);
  const rows = await listContactFacts(db, teamId, ids);
  const whom = rows.map(({ id: contactId, email }) => ({ contactId, email }));
  const [barred, held, excluded] = await Promise.all([
    barsAmong(
      db,
      teamId,
      rows.flatMap(({ email }) => email ?? []),
    ),
    heldAmong(db, teamId, whom),
    contacts.listInExcludedStages(db, teamId, sequenceId, ids),
  ]);
  const known = new Map(rows.map((row) => [row.id, row]));
  const stages = new Map(excluded.map((row) => [row.contactId, row]));
  return chosen.flatMap(({ contactId, mailboxId, hasSentMail, allowsUnverified, allowsNoEmail }) => {
    const row = known.get(contactId);
    if (!row) return [];
    const { name, email, timeZone } = row;
    const alone = personAlone(
      row,
      email === null ? null : barred(email),
      email === null ? NO_BARS : barred.claims(email),
    );
    const facts = {
      ...alone,
      answerHold: held({ contactId, email }),
      mayBeUnverified: allowsUnverified,
      mayLackAddress: allowsNoEmail,
      excludedStage: stages.get(contactId)?.excludedStage ?? null,
      excludedAccountStage: stages.get(contactId)?.excludedAccountStage ?? null,
    };
    return [{ contactId, name, email, timeZone, hasSentMail, mailboxId: mailboxId ?? ownMailboxId, facts }];
  });
}
