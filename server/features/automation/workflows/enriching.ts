// Candidates looked up: asked before the transaction is open, written and paid for within it.

import type { App, Caller } from "../../../app.ts";
import type { Entity, WorkflowAction } from "../../../domain/automation/workflow-steps.ts";
import { BLANK_QUESTION } from "../../../domain/prospecting/enrichment.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { enrichAccount, lookForAccount } from "../../prospecting/enrichment/accounts.ts";
import { takePeople } from "../../prospecting/enrichment/commands.ts";
import { prepareEnrichment, workOnEnrichment } from "../../prospecting/enrichment/contacts.ts";
import { type EnrichmentResult, lookForPeople } from "../../prospecting/enrichment/looking.ts";
import type { WorkflowCandidateRow } from "./candidates-store.ts";
import type { ActionOutcome, Doing, Outcomes, RecordOfCandidate } from "./outcomes.ts";

/** By candidate, what the network knows. */
export async function lookUpCandidates(
  app: App,
  caller: Caller,
  entity: Entity,
  rows: readonly WorkflowCandidateRow[],
) {
  if (entity === "account") return askForAccounts(app, caller, rows);
  if (entity === "person") {
    const found = await lookForPeople(
      { app, caller },
      rows.map(({ entityId }) => ({ ...BLANK_QUESTION, id: entityId })),
    );
    return new Map(rows.map((row, place) => [row.id, found[place]]));
  }
  const contactIds = rows.flatMap(({ contactId }) => contactId ?? []);
  const found = await prepareEnrichment(app, caller, {}, contactIds);
  return new Map(rows.map((row) => [row.id, found.get(row.contactId ?? "")]));
}

async function askForAccounts(app: App, caller: Caller, rows: readonly WorkflowCandidateRow[]) {
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
  doing: Doing<Extract<WorkflowAction, { is: "enrich" }>>,
  { kind }: RecordOfCandidate,
): Promise<Outcomes> {
  const { act, rows, prepared } = doing;
  const outcomes: Outcomes = new Map();
  if (kind === "account") {
    for (const row of rows) {
      const changed = await enrichAccount(
        act,
        row.entityId,
        (prepared.get(row.id) ?? []) as EnrichmentResult[],
      );
      outcomes.set(
        row.id,
        told(changed === null ? "not_found" : changed.length > 0 ? "enriched" : "unchanged"),
      );
    }
    return outcomes;
  }
  if (kind === "person") {
    const found = rows.map((row) => (prepared.get(row.id) ?? { id: null, paid: null }) as EnrichmentResult);
    await takePeople(act, found);
    return new Map(rows.map((row, place) => [row.id, told(found[place]?.id ? "enriched" : "not_found")]));
  }
  const byContact = new Map<string, unknown>(rows.map((row) => [row.contactId ?? "", prepared.get(row.id)]));
  const contactIds = [...byContact.keys()];
  const done = await workOnEnrichment(act, {}, contactIds, byContact);
  const of = new Map(contactIds.map((id, place) => [id, done[place]?.outcome ?? "not_found"]));
  return new Map(rows.map((row) => [row.id, told(of.get(row.contactId ?? "") ?? "not_found")]));
}

function told(how: string): ActionOutcome {
  if (how === "not_found" || how === "skipped") return { outcome: "skipped", code: "not_enriched" };
  return { outcome: "done", code: null, data: { how } };
}
