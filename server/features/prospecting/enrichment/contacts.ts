// Contacts looked up as long work: the store and the providers are asked before a batch's transaction, and what they know is
// written in it, and paid for.

import type { Act, App } from "../../../app.ts";
import type { PersonQuestion } from "../../../domain/prospecting/enrichment.ts";
import {
  type ContactKnown,
  fillContact,
  movedTo,
  type PersonKnown,
} from "../../../domain/prospecting/filling.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { readOrganizations } from "../../contacts/organizations/store.ts";
import { moveByNews } from "../../enrollments/enrollments/apply-transition.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { startProgress } from "../../events/progress/commands.ts";
import type { ItemOutcome } from "../../events/progress/store.ts";
import { quoteCredits } from "../../identity/credits/commands.ts";
import { findUser } from "../../identity/users/store.ts";
import { changeContacts } from "../../saving/contact-writing/commands.ts";
import { type PersonRow, readPeople } from "../people/store.ts";
import * as store from "./contacts-store.ts";
import { type EnrichmentResult, lookForPeople } from "./looking.ts";
import { payOnce } from "./paying.ts";

const IN_BATCH = 100;

/** Refused at once where the dearest case could not be paid for. */
export async function enrichContacts(act: Act, contactIds: readonly string[]) {
  const entityIds = [...new Set(contactIds)];
  const { kind, most, balance, fits } = await quoteCredits(act, {
    action: "person_match",
    count: entityIds.length,
  });
  if (fits < entityIds.length) {
    const facts = { kind, needed: most, balance: balance ?? 0, reserved: 0, whose: "team", fits };
    throw new Refusal("insufficient_credits", facts, facts);
  }
  return startProgress(act, {
    jobType: "contact_enrichment",
    entityIds,
    params: {},
    batchSize: IN_BATCH,
    instructions: {},
  });
}

export async function prepareEnrichment(
  app: App,
  { teamId, userId }: { teamId: string; userId: string },
  _instructions: Record<string, unknown>,
  contactIds: readonly string[],
): Promise<ReadonlyMap<string, EnrichmentResult>> {
  const nobody: EnrichmentResult = { id: null, paid: null };
  const { user, rows } = await app.db.inTeam(teamId, async (db) => ({
    user: await findUser(db, teamId, userId),
    rows: await store.listAskable(db, teamId, contactIds),
  }));
  if (!user || user.deactivatedAt) return new Map(contactIds.map((id) => [id, nobody]));
  const credential = { kind: "engine", id: null } as const;
  const caller = { teamId, userId, role: user.role, isOperator: false, credential };
  const found = await lookForPeople({ app, caller }, rows.map(questionOf));
  const of = new Map(rows.map(({ id }, n) => [id, found[n] ?? nobody]));
  return new Map(contactIds.map((id) => [id, of.get(id) ?? nobody]));
}

function questionOf(row: store.Askable): PersonQuestion {
  return {
    id: row.personId,
    firstName: row.firstName,
    lastName: row.lastName,
    name: null,
    email: row.email,
    hashedEmail: null,
    organizationName: row.organizationName,
    domain: row.accountDomain,
    linkedinUrl: row.linkedinUrl,
  };
}

export async function workOnEnrichment(
  act: Act,
  _instructions: Record<string, unknown>,
  contactIds: readonly string[],
  prepared: ReadonlyMap<string, unknown>,
): Promise<ItemOutcome[]> {
  const { db, caller } = act;
  const of = (id: string) => prepared.get(id) as EnrichmentResult | undefined;
  const rows = new Map((await store.listAskable(db, caller.teamId, contactIds)).map((row) => [row.id, row]));
  const people = await readKnown(
    act,
    contactIds.flatMap((id) => of(id)?.id ?? []),
  );
  const owed = contactIds.flatMap((id) => {
    const found = of(id);
    return found?.id && found.paid === null && rows.has(id) ? [{ subjectId: found.id, alias: id }] : [];
  });
  await payOnce(act, "person_match", owed);
  const moved: string[] = [];
  const changes = contactIds.flatMap((id) => {
    const [contact, person] = [rows.get(id), people.get(of(id)?.id ?? "")];
    const wish = contact && person ? fillContact(contact, person) : null;
    if (contact && person && movedTo(contact, person)) moved.push(id);
    return wish ? [{ id, wish }] : [];
  });
  if (changes.length > 0) await changeContacts(act, changes, "add");
  if (moved.length > 0)
    await record(
      byCaller(act),
      ...moved.map((id) => ({
        type: "person.job_changed" as const,
        subject: { type: "contact" as const, id },
      })),
    );
  await moveByNews(byCaller(act), moved, "job_changed");
  const changed = new Set(changes.map(({ id }) => id));
  return contactIds.map((id): ItemOutcome => {
    if (!rows.has(id)) return { outcome: "skipped", code: "contact_not_found" };
    if (of(id)?.isLost && !changed.has(id)) return { outcome: "lost", code: "lookup_lost" };
    if (!of(id)?.id) return { outcome: "not_found" };
    if (moved.includes(id)) return { outcome: "job_changed" };
    return { outcome: changed.has(id) ? "enriched" : "unchanged" };
  });
}

async function readKnown({ db, caller }: Act, ids: readonly string[]): Promise<Map<string, PersonKnown>> {
  const people = await readPeople(db, caller.teamId, [...new Set(ids)]);
  const companies = [...new Set(people.flatMap(({ organizationId }) => organizationId ?? []))];
  const byId = new Map((await readOrganizations(db, caller.teamId, companies)).map((one) => [one.id, one]));
  return new Map(
    people.map((person) => {
      const organization = byId.get(person.organizationId ?? "");
      return [
        person.id,
        knownOf(person, { name: organization?.name ?? null, domain: organization?.domain ?? null }),
      ];
    }),
  );
}

function knownOf(
  person: PersonRow,
  { name, domain }: { name: string | null; domain: string | null },
): PersonKnown {
  const { id, title, email, emailStatus, linkedinUrl, city, state, country, organizationId } = person;
  const workplace = { organizationId, name: name ?? person.organizationName, domain };
  return { id, title, email, emailStatus, linkedinUrl, city, state, country, workplace };
}

export type { ContactKnown };
