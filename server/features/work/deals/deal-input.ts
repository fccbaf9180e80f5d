// What a caller says of a deal, in our words; also as one was answered before, which clients change and send back whole.

import type { contract } from "@cadenza/contract";
import type { z } from "zod";
import { Refusal } from "../../../kernel/refusal.ts";
import type { DealWish } from "./deal-wish.ts";
import type { RoleWish } from "./roles.ts";

type Created = z.output<typeof contract.opportunities.create.input>;
type Changed = z.output<typeof contract.opportunities.update.input>;

export function readNewDeal({ contact_id, ...input }: Created): DealWish {
  const wish = readDealWish(input);
  return contact_id && !wish.roles ? { ...wish, roles: [withoutRole(contact_id)] } : wish;
}

export function readDealWish(input: Omit<Changed, "id">): DealWish {
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

type BulkChange = z.output<typeof contract.opportunities.bulkUpdate.input>;

/** The same for all, then what is said of each; each deal once. */
export function readBulkChange({ opportunity_ids, opportunity_attributes, ...same }: BulkChange) {
  const wishes = new Map((opportunity_ids ?? []).map((id) => [id, readDealWish(same)]));
  for (const { id, ...own } of opportunity_attributes ?? [])
    wishes.set(id, withSaid(wishes.get(id) ?? {}, readDealWish(own)));
  if (wishes.size === 0) throw new Refusal("parameter_missing", { name: "opportunity_ids" });
  return [...wishes].map(([id, wish]) => ({ id, wish }));
}

/** What is not said leaves what was said before. */
function withSaid(before: DealWish, own: DealWish): DealWish {
  const said = Object.entries(own).filter(([, value]) => value !== undefined);
  return { ...before, ...Object.fromEntries(said) };
}

export function withoutRole(contactId: string): RoleWish {
  return { contactId, roles: [], isPrimary: null };
}

type Role = NonNullable<Changed["opportunity_contact_roles"]>[number];

/** `role` counts before `role_names`: a client that sends a deal back whole changes the one it knows. */
export function readRole({ contact_id, contact, is_primary, ...said }: Role): RoleWish {
  const contactId = contact_id ?? contact?.id;
  if (!contactId) throw new Refusal("parameter_missing", { name: "contact_id" });
  const typed = Array.isArray(said.role) ? said.role : [];
  const isPrimary = is_primary ?? typed.find((one) => one.is_primary != null)?.is_primary ?? null;
  return { contactId, roles: rolesSaid(said), isPrimary };
}

function rolesSaid({ role, role_names: names, ...typed }: Pick<Role, "role" | "role_names"> & Typed) {
  if (Array.isArray(role)) return role.flatMap(typeIn);
  if (typeof role === "string") return [named(role)];
  return names ? names.map(named) : typeIn(typed);
}

type Typed = { opportunity_contact_role_type_id?: string | null | undefined };

function typeIn({ opportunity_contact_role_type_id: id }: Typed) {
  return id ? [{ is: "type" as const, id }] : [];
}

function named(name: string) {
  return { is: "name" as const, name };
}

/** The day that was written, whatever time follows it. */
function dayOf(text: string | null | undefined) {
  return text ? Temporal.PlainDate.from(text.slice(0, 10)) : (text as null | undefined);
}
