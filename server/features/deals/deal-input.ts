// What a caller says of a deal, in our words; also as one was answered before, which clients change and send back whole.

import type { contract } from "@cadenza/contract";
import type { z } from "zod";
import { Refusal } from "../../refusal.ts";
import type { DealWish } from "./commands.ts";
import type { RoleWish } from "./roles.ts";

type Created = z.output<typeof contract.opportunities.create.input>;
type Changed = z.output<typeof contract.opportunities.update.input>;

export function readNewDeal({ contact_id, ...input }: Created): DealWish {
  const wish = readWish(input);
  return contact_id && !wish.roles ? { ...wish, roles: [withoutRole(contact_id)] } : wish;
}

export function readWish(input: Omit<Changed, "id">): DealWish {
  return {
    name: input.name,
    ownerId: input.owner_id,
    accountId: input.account_id,
    stageId: input.opportunity_stage_id,
    stageName: input.opportunity_stage_name?.trim() || undefined,
    amount: input.amount,
    currency: input.currency_code || undefined,
    closesOn: dayOf(input.closed_date),
    description: input.description,
    nextStep: input.next_step,
    nextStepOn: dayOf(input.next_step_date),
    closedLostReason: input.closed_lost_reason,
    closedWonReason: input.closed_won_reason,
    probability: input.deal_probability,
    customFields: input.typed_custom_fields,
    roles: input.opportunity_contact_roles?.map(readRole),
  };
}

export function withoutRole(contactId: string): RoleWish {
  return { contactId, role: { is: "name", name: null }, isPrimary: null };
}

type Role = NonNullable<Changed["opportunity_contact_roles"]>[number];

export function readRole({ contact_id, contact, role, is_primary }: Role): RoleWish {
  const isPrimary = is_primary ?? null;
  const contactId = contact_id ?? contact?.id;
  if (!contactId) throw new Refusal("parameter_missing", { name: "contact_id" });
  if (!Array.isArray(role)) return { contactId, role: { is: "name", name: role ?? null }, isPrimary };
  const [typed] = role;
  const id = typed?.opportunity_contact_role_type_id;
  return {
    contactId,
    role: id ? { is: "type", id } : { is: "name", name: null },
    isPrimary: isPrimary ?? typed?.is_primary ?? null,
  };
}

/** The day that was written, whatever time stands behind it. */
function dayOf(text: string | null | undefined) {
  return text ? Temporal.PlainDate.from(text.slice(0, 10)) : (text as null | undefined);
}
