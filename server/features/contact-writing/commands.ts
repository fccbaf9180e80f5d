// How contacts come to be written: one path, whether one or a thousand come at once, by a call, an import or a merge.
// Gather what they refer to, decide what each becomes, write all of it in a few statements.

import type { Act } from "../../app.ts";
import { accountClues, companyDomainOf, normalizeDomain } from "../../domain/companies.ts";
import { readEmail } from "../../domain/contact-emails.ts";
import { type Contact, type ContactWish, changedFacts, emptyContact } from "../../domain/contact-facts.ts";
import { contactAfter } from "../../domain/contacts.ts";
import { newId } from "../../ids.ts";
import { Refusal } from "../../refusal.ts";
import { type AccountFound, findAccountsBy } from "../account-matching/store.ts";
import { followMarks, holdForMarks, refuseLiftedOptOuts } from "../address-claims/following.ts";
import * as holding from "../contacts/holding-store.ts";
import { findReferences } from "../contacts/store.ts";
import type { Candidate } from "../duplicates/store.ts";
import { barContacts } from "../enrollments/happenings.ts";
import { byCaller, type Happening, record } from "../events/store.ts";
import { followPauses, inheritPauses, pauseTold } from "../pausing/following.ts";
import { linkPeopleTo } from "../people/known-contacts-store.ts";
import { crossingsOf } from "../scoring/crossings.ts";
import { readFormula } from "../scoring/formula.ts";
import { recognizeAddresses } from "../suppressions/forgetting.ts";
import { findUser } from "../users/store.ts";
import { takeFields, takeLabels } from "./fields-and-lists.ts";
import * as store from "./store.ts";

export type Wish = ContactWish & {
  /** By run_dedupe only: the contact this is. */
  id?: string | undefined;
  websiteUrl?: string | null | undefined;
  stageName?: string | undefined;
  labelNames?: readonly string[] | undefined;
  labelIds?: readonly string[] | undefined;
  fields?: Readonly<Record<string, unknown>> | undefined;
};

export type Written = { id: string; fieldErrors: Record<string, string> };

/** What is done of a wish, once it is known who is there. */
export type Heed = (wish: Wish, before: Contact, id: string) => Wish;

/** The contacts of an import, or any other source: always new ones. */
export async function makeContacts(act: Act, wishes: readonly Wish[], source: string): Promise<Written[]> {
  if (wishes.length === 0) return [];
  const { db, now, caller } = act;
  const { teamId } = caller;
  await holdForMarks(act, wishes);
  const facts = await gather(
    act,
    wishes,
    wishes.map(() => null),
  );
  const ground = emptyContact(source, caller.userId);
  const contacts = wishes.map((wish, i) => {
    const resolved = facts.resolved(wish, i);
    const contactStageId = resolved.contactStageId || facts.firstStageId;
    const ownerId = resolved.ownerId || caller.userId;
    return { id: newId(), ...contactAfter(ground, { ...resolved, contactStageId, ownerId }, now) };
  });
  const formula = await readFormula(db, teamId);
  // Sent together: what comes behind is made ready while the database inserts.
  const [scores] = await Promise.all([
    store.insertContacts(db, teamId, contacts, formula, now),
    linkToPeople(act, contacts),
    recognizeAddresses(act, contacts.flatMap(addressesIn)),
    inheritPauses(act, contacts),
    followMarks(
      act,
      contacts.map(({ id, ...after }) => ({ id, before: null, after })),
    ),
    record(
      byCaller(act),
      ...contacts.map(({ id }): Happening => ({ type: "contact.created", subject: { type: "contact", id } })),
    ),
  ]);
  const fields = await takeFields(act, contacts, wishes);
  await takeLabels(act, contacts, wishes, "add");
  const fresh = scores.map((one) => ({ ...one, was: null }));
  const crossings = crossingsOf(formula.marks, fresh);
  if (crossings.length > 0) await record(byCaller(act), ...crossings);
  return contacts.map(({ id }, i) => ({ id, fieldErrors: fields[i]?.errors ?? {} }));
}

export type ChangeOf = { id: string; wish: Wish };

/** Those that are there; all of them or, where one is refused, none. */
export async function changeContacts(
  act: Act,
  changes: readonly ChangeOf[],
  labels: "replace" | "add" = "replace",
  heed: Heed = (wish) => wish,
): Promise<(Written & Pick<Changed, "before" | "after">)[]> {
  const { db, now, caller } = act;
  await holdForMarks(
    act,
    changes.map(({ wish }) => wish),
  );
  const locked = await store.lockContacts(
    db,
    caller.teamId,
    changes.map(({ id }) => id),
  );
  const byId = new Map<string, Contact>(locked.map((contact) => [contact.id, contact]));
  const there = changes.filter(({ id }) => byId.has(id));
  if (there.length === 0) return [];
  const grounds = there.map(({ id }) => byId.get(id) as Contact);
  const facts = await gather(
    act,
    there.map(({ wish }) => wish),
    grounds,
  );
  const changed: Changed[] = [];
  const wishes: Wish[] = [];
  for (const [i, { id, wish: whole }] of there.entries()) {
    const before = byId.get(id) as Contact;
    const wish = heed(facts.resolved(whole, i), before, id);
    wishes.push(wish);
    const after = contactAfter(before, wish, now);
    byId.set(id, after); // the same contact named twice: the later change goes on from the earlier one
    changed.push({ id, before, after, keys: changedFacts(before, after) });
  }
  refuseLiftedOptOuts(act, changed);
  const written = locked.flatMap(({ id, ...before }) => {
    const after = byId.get(id) as Contact;
    const keys = changedFacts(before, after);
    const others = { hasOtherEmails: keys.includes("emails"), hasOtherPhones: keys.includes("phones") };
    return keys.length > 0 ? [{ id, ...after, ...others }] : [];
  });
  if (written.length > 0) await store.updateContacts(db, caller.teamId, written, now);
  const readdressed = changed.filter(({ keys }) => keys.includes("email") || keys.includes("emails"));
  await linkToPeople(
    act,
    readdressed.map(({ id, after }) => ({ id, ...after })),
  );
  await recognizeAddresses(act, written.flatMap(addressesIn));
  await followMarks(act, changed);
  await followPauses(act, changed);
  const fields = await takeFields(act, there, wishes);
  const isOnOtherLists = await takeLabels(act, there, wishes, labels);
  await recordChanges(act, changed, (i) => [
    ...((fields[i]?.values.length ?? 0) > 0 ? ["typedCustomFields"] : []),
    ...(isOnOtherLists(i) ? ["labels"] : []),
  ]);
  await leaveSequences(act, changed);
  return changed.map(({ id, before, after }, i) => ({
    id,
    before,
    after,
    fieldErrors: fields[i]?.errors ?? {},
  }));
}

/** Whoever bears the address of somebody of the store is them. */
async function linkToPeople({ db, caller }: Act, contacts: readonly (Contact & { id: string })[]) {
  const addressed = contacts.filter(({ facts }) => facts.personId === null && facts.email !== null);
  if (addressed.length === 0) return;
  await linkPeopleTo(db, caller.teamId, [...new Set(addressed.map(({ id }) => id))]);
}

function addressesIn({ facts, emails }: Contact) {
  return [...(facts.email === null ? [] : [facts.email]), ...emails.map(({ email }) => email)];
}

type Changed = { id: string; before: Contact; after: Contact; keys: string[] };

async function recordChanges(act: Act, changed: readonly Changed[], furtherKeys: (i: number) => string[]) {
  const happenings = changed.flatMap(({ id, before, after, keys }, i): Happening[] => {
    const subject = { type: "contact", id } as const;
    const all = [...keys, ...furtherKeys(i)];
    const isOut = after.facts.emailUnsubscribed === true && !before.facts.emailUnsubscribed;
    const isBack = before.facts.emailUnsubscribed === true && !after.facts.emailUnsubscribed;
    const stages = { from: before.facts.contactStageId, to: after.facts.contactStageId };
    return [
      ...(all.length > 0 ? [{ type: "contact.updated" as const, subject, data: { changed: all } }] : []),
      ...(stages.from === stages.to
        ? []
        : [{ type: "contact.stage_changed" as const, subject, data: stages }]),
      ...(isOut ? [{ type: "contact.unsubscribed" as const, subject }] : []),
      ...(isBack ? [{ type: "contact.resubscribed" as const, subject, data: { source: "person" } }] : []),
      ...pauseTold(id, before, after),
    ];
  });
  if (happenings.length > 0) await record(byCaller(act), ...happenings);
}

type Turn = Pick<Changed, "id" | "before" | "after">;

/** Whoever is not to be written to any more is through, in every sequence. */
export async function leaveSequences(act: Act, changed: readonly Turn[]) {
  const by = byCaller(act);
  const now = (is: (contact: Contact) => boolean) =>
    changed.filter(({ before, after }) => is(after) && !is(before)).map(({ id }) => id);
  await barContacts(
    by,
    now(({ facts }) => facts.emailUnsubscribed === true),
    "unsubscribed",
  );
  await barContacts(
    by,
    now(({ facts }) => facts.doNotContact === true),
    "doNotContact",
  );
}

/** Before work is put off: what cannot be done is said at once. */
export async function refuseForeignReferences(act: Act, wishes: readonly Wish[]) {
  await gather(
    act,
    wishes,
    wishes.map(() => null),
  );
}

/** Whoever has left owns nothing new. */
export async function refuseLeaver({ db, caller }: Act, ownerId: string) {
  const user = await findUser(db, caller.teamId, ownerId);
  if (user?.deactivatedAt) throw new Refusal("owner_has_left", { value: ownerId });
}

/** What the wishes refer to: looked up once for all, and refused where it is not the team's. */
async function gather(act: Act, wishes: readonly Wish[], before: readonly (Contact | null)[]) {
  const { db, caller } = act;
  const { teamId } = caller;
  const given = (key: "ownerId" | "contactStageId" | "accountId") => [
    ...new Set(wishes.flatMap((wish) => wish[key]?.trim() || [])),
  ];
  const ids = { users: given("ownerId"), stages: given("contactStageId"), accounts: given("accountId") };
  const names = [
    ...new Set(
      wishes.flatMap(
        ({ stageName, contactStageId }) => (contactStageId === undefined && stageName?.trim()) || [],
      ),
    ),
  ];
  const clues = wishes.map((wish, i) => cluesOf(wish, before[i] ?? null));
  const [references, firstStageId, accounts, stageIds] = await Promise.all([
    findReferences(db, teamId, ids),
    holding.firstStageId(db, teamId),
    clues.some(({ domains, name }) => domains.length > 0 || name)
      ? findAccountsBy(db, teamId, clues)
      : new Map<number, AccountFound>(),
    Promise.all(names.map(async (name) => [name, await holding.findStageId(db, teamId, name)] as const)),
  ]);
  refuseUnknown("user", ids.users, references.users);
  refuseUnknown("contact stage", ids.stages, references.stages);
  refuseUnknown("account", ids.accounts, references.accounts);
  const stageByName = new Map(stageIds);
  const resolved = (wish: Wish, i: number): Wish => {
    const account = wish.accountId ? references.accounts.get(wish.accountId) : accounts.get(i);
    const stageId = wish.stageName && stageByName.get(wish.stageName.trim());
    return {
      ...wish,
      ...(wish.contactStageId === undefined && stageId && { contactStageId: stageId }),
      ...(account && { accountId: account.id }),
      ...(account &&
        !before[i]?.facts.organizationName &&
        wish.organizationName === undefined && { organizationName: account.name }),
      ...(account?.organizationId &&
        wish.organizationId === undefined && { organizationId: account.organizationId }),
    };
  };
  return { firstStageId, resolved };
}

function refuseUnknown(name: string, ids: readonly string[], found: ReadonlyMap<string, unknown>) {
  const value = ids.find((id) => !found.has(id));
  if (value !== undefined) throw new Refusal("contact_reference_unknown", { name, value });
}

/** An account is looked for where none is known and none is named. */
function cluesOf(wish: Wish, before: Contact | null) {
  const isNamed = wish.accountId !== undefined;
  const saysNothing =
    wish.email === undefined && wish.websiteUrl === undefined && wish.organizationName === undefined;
  if (isNamed || before?.facts.accountId || saysNothing) return { domains: [], name: null };
  const email = readEmail(wish.email) ?? wish.addresses?.[0] ?? before?.facts.email;
  return accountClues({ email, domain: wish.websiteUrl, name: wish.organizationName });
}

export function candidateOf(wish: Wish): Candidate {
  const emails = [readEmail(wish.email), ...(wish.addresses ?? []).map(readEmail)].filter(
    (email): email is string => typeof email === "string",
  );
  const crmIds = [
    wish.salesforceLeadId,
    wish.salesforceContactId,
    wish.hubspotVid,
    ...(wish.mergedCrmIds ?? []),
  ];
  const name = [wish.firstName, wish.lastName]
    .map((part) => part?.trim())
    .filter(Boolean)
    .join(" ");
  return {
    id: wish.id ?? null,
    crmIds: crmIds.flatMap((id) => id?.trim() || []),
    personId: wish.personId ?? null,
    emails,
    name: name || wish.name?.trim().replace(/\s+/g, " ") || null,
    organizationId: wish.organizationId ?? null,
    organizationName: wish.organizationName?.trim() || null,
    companyDomain: companyDomainOf(emails[0]) ?? normalizeDomain(wish.websiteUrl),
  };
}

/** By what two candidates are the same person: equal marks. */
export function marksOf({ id, crmIds, personId, emails, name, ...company }: Candidate) {
  const companies = [company.organizationId, company.organizationName?.toLowerCase(), company.companyDomain];
  return [
    ...(id ? [`id ${id}`] : []),
    ...crmIds.map((crmId) => `crm ${crmId}`),
    ...(personId ? [`person ${personId}`] : []),
    ...emails.map((email) => `email ${email.toLowerCase()}`),
    ...(name ? companies.flatMap((one) => (one ? [`name ${name.toLowerCase()} at ${one}`] : [])) : []),
  ];
}
