// A deal as facts: what a file's row would change, compared and put back by the same words.

import type { Act } from "../../../app.ts";
import type { FieldSnapshot } from "../../../domain/imports/import-undo.ts";
import { fieldValuesOf } from "../../contacts/custom-fields/store.ts";
import type { DealWish } from "../../work/deals/deal-wish.ts";
import { type DealRow, lockDeals } from "../../work/deals/store.ts";
import { ownOf } from "./traces.ts";

export type DealFacts = {
  facts: ReturnType<typeof factsOf>;
  fields: Record<string, unknown>;
  whole: FieldSnapshot;
};

/** Of each deal that is there, by its id. By their words in a wish; `roles` is null where the deal has no contact. */
export async function dealFacts({ db, caller }: Pick<Act, "db" | "caller">, ids: readonly string[]) {
  const found = new Map<string, DealFacts>();
  if (ids.length === 0) return found;
  const deals = await lockDeals(db, caller.teamId, ids);
  const values = await fieldValuesOf(db, caller.teamId, "opportunity", ids);
  for (const deal of deals) {
    const fields = values.get(deal.id) ?? {};
    const facts = factsOf(deal);
    found.set(deal.id, { facts, fields, whole: { ...facts, ...ownOf(fields) } });
  }
  return found;
}

function factsOf(deal: DealRow) {
  return {
    name: deal.name,
    ownerId: deal.ownerId,
    accountId: deal.accountId,
    stageId: deal.stageId,
    amount: deal.amount,
    currency: deal.currency,
    description: deal.description,
    nextStep: deal.nextStep,
    probability: deal.probability,
    closedLostReason: deal.closedLostReason,
    closedWonReason: deal.closedWonReason,
    salesforceId: deal.salesforceId,
    crmId: deal.crmId,
    closesOn: deal.closesOn?.toString() ?? null,
    closedOn: deal.actuallyClosedOn?.toString() ?? null,
    nextStepOn: deal.nextStepOn?.toString() ?? null,
    roles:
      deal.roles.length === 0
        ? null
        : deal.roles.map(({ contactId, roles, isPrimary }) => ({ contactId, roles, isPrimary })),
  };
}

type Kept = { contactId: string; roles: string[]; isPrimary: boolean };

/** What puts these facts back. */
export function wishToRestore(facts: FieldSnapshot): DealWish {
  const { closesOn, closedOn, nextStepOn, roles, ...rest } = facts as Record<string, unknown>;
  const own = Object.entries(rest).filter(([key]) => key.startsWith("field "));
  const plain = Object.entries(rest).filter(([key]) => !key.startsWith("field "));
  const day = (text: unknown) =>
    typeof text === "string" ? Temporal.PlainDate.from(text) : (text as null | undefined);
  return {
    ...(Object.fromEntries(plain) as DealWish),
    closesOn: day(closesOn),
    closedOn: day(closedOn),
    nextStepOn: day(nextStepOn),
    ...("roles" in facts && {
      roles: ((roles as Kept[] | null) ?? []).map((one) => ({
        contactId: one.contactId,
        roles: one.roles.map((name) => ({ is: "name" as const, name })),
        isPrimary: one.isPrimary,
      })),
    }),
    ...(own.length > 0 && {
      customFields: Object.fromEntries(own.map(([key, value]) => [key.slice(6), value])),
    }),
  };
}
