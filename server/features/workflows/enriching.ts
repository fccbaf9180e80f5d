// Candidates looked up: asked before the transaction is open, written and paid for within it.

import type { App, Caller } from "../../app.ts";
import type { PersonQuestion } from "../../domain/enrichment.ts";
import type { Action, Entity } from "../../domain/workflow-steps.ts";
import { Refusal } from "../../refusal.ts";
import { enrichAccount, lookForAccount } from "../enrichment/accounts.ts";
import { takePeople } from "../enrichment/commands.ts";
import { prepareEnrichment, workOnEnrichment } from "../enrichment/contacts.ts";
import { type Found, lookForPeople } from "../enrichment/looking.ts";
import type { CandidateRow } from "./candidates-store.ts";
import type { About, Doing, Outcome, Outcomes } from "./outcomes.ts";

/** By candidate, what the network knows. */
export async function askAbout(app: App, caller: Caller, entity: Entity, rows: readonly CandidateRow[]) {
  if (entity === "account") return askForAccounts(app, caller, rows);
  if (entity === "person") {
    const found = await lookForPeople(
      { app, caller },
      rows.map(({ entityId }) => ({ ...NOTHING_KNOWN, id: entityId })),
    );
    return new Map(rows.map((row, place) => [row.id, found[place]]));
  }
  const contactIds = rows.flatMap(({ contactId }) => contactId ?? []);
  const found = await prepareEnrichment(app, caller, {}, contactIds);
  return new Map(rows.map((row) => [row.id, found.get(row.contactId ?? "")]));
}

const NOTHING_KNOWN: Omit<PersonQuestion, "id"> = {
  firstName: null,
  lastName: null,
  name: null,
  email: null,
  hashedEmail: null,
  organizationName: null,
  domain: null,
  linkedinUrl: null,
};

async function askForAccounts(app: App, caller: Caller, rows: readonly CandidateRow[]) {
  const found = new Map<string, unknown>();
  for (const row of rows)
    found.set(
      row.id,
      await lookForAccount({ app, caller, isDryRun: false }, row.entityId).catch((error: unknown) => {
        if (error instanceof Refusal) return [];
        throw error;
      }),
    );
  return found;
}

export async function enrich(
  doing: Doing<Extract<Action, { is: "enrich" }>>,
  { kind }: About,
): Promise<Outcomes> {
  const { act, rows, prepared } = doing;
  const outcomes: Outcomes = new Map();
  if (kind === "account") {
    for (const row of rows) {
      const changed = await enrichAccount(act, row.entityId, (prepared.get(row.id) ?? []) as Found[]);
      outcomes.set(
        row.id,
        told(changed === null ? "not_found" : changed.length > 0 ? "enriched" : "unchanged"),
      );
    }
    return outcomes;
  }
  if (kind === "person") {
    const found = rows.map((row) => (prepared.get(row.id) ?? { id: null, paid: null }) as Found);
    await takePeople(act, found);
    return new Map(rows.map((row, place) => [row.id, told(found[place]?.id ? "enriched" : "not_found")]));
  }
  const byContact = new Map<string, unknown>(rows.map((row) => [row.contactId ?? "", prepared.get(row.id)]));
  const contactIds = [...byContact.keys()];
  const done = await workOnEnrichment(act, {}, contactIds, byContact);
  const of = new Map(contactIds.map((id, place) => [id, done[place]?.outcome ?? "not_found"]));
  return new Map(rows.map((row) => [row.id, told(of.get(row.contactId ?? "") ?? "not_found")]));
}

function told(how: string): Outcome {
  if (how === "not_found" || how === "skipped") return { outcome: "skipped", code: "not_enriched" };
  return { outcome: "done", code: null, data: { how } };
}
