// What deals are sorted and grouped by: expressions of a deal `d`, its stage `s` and its company `a`.

import type { Db } from "../../../db/connect.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { fieldOrder } from "../../contacts/searching/field-orders-store.ts";
import type { Grouping } from "../../contacts/searching/groups-store.ts";
import type { SortOrder } from "../../contacts/searching/orders-store.ts";
import {
  byOwner,
  byStage,
  byWords,
  inStages,
  ofOwners,
  ofWords,
} from "../../contacts/searching/record-orders-store.ts";

const PROBABILITY = "coalesce(d.probability, s.probability)";

const day = (column: string): SortOrder => ({
  by: `${column}::timestamp at time zone 'UTC'`,
  type: "timestamptz",
  blanks: "last",
});

/** By the name of the main contact, or of the first where none is the main one. */
const CONTACT: SortOrder = {
  by: `(select nullif(lower(c.name), '') from deal_contacts dc
    join contacts c on c.team_id = dc.team_id and c.id = dc.contact_id
    where dc.team_id = $1 and dc.deal_id = d.id order by dc.is_primary desc, dc.id limit 1)`,
  type: "text",
  blanks: "last",
};

const ORDERS: Record<string, SortOrder> = {
  amount: { by: "d.amount", type: "numeric", blanks: "last" },
  is_closed: { by: "coalesce(s.is_closed, false)", type: "boolean" },
  is_won: { by: "coalesce(s.is_won, false)", type: "boolean" },
  created_at: { by: "d.created_at", type: "timestamptz" },
  opportunity_updated_at: { by: "d.updated_at", type: "timestamptz" },
  closed_date: day("d.closes_on"),
  name: { by: "lower(d.name)", type: "text" },
  stage: byStage("deal_stages", "d.stage_id"),
  owner: byOwner("d.owner_id"),
  account: byWords("a.name"),
  contact: CONTACT,
  probability: { by: PROBABILITY, type: "int", blanks: "last" },
  next_step: byWords("d.next_step"),
  next_step_date: day("d.next_step_on"),
  stage_updated_at: { by: "coalesce(d.stage_updated_at, d.created_at)", type: "timestamptz" },
  forecasted_revenue: { by: `d.amount * ${PROBABILITY}`, type: "numeric", blanks: "last" },
};

export async function readDealOrder(db: Db, teamId: string, asked: string | undefined) {
  const field = asked || "created_at";
  const order = Object.hasOwn(ORDERS, field)
    ? ORDERS[field]
    : await fieldOrder(db, teamId, "opportunity", field);
  if (!order) throw new Refusal("invalid_sort", {}, { skip_alert_dialog: true });
  return order;
}

type DealGroup = "stage" | "owner" | "company";

export const GROUPINGS: Record<DealGroup, Grouping> = {
  stage: inStages("deal_stages", "d.stage_id"),
  owner: ofOwners("d.owner_id"),
  company: ofWords("a.name", "d.account_id::text"),
};
