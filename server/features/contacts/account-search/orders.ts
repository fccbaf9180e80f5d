// What companies are sorted and grouped by. Orders without an index read all that match.

import type { Db } from "../../../db/connect.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { fieldOrder } from "../searching/field-orders-store.ts";
import type { Grouping } from "../searching/groups-store.ts";
import type { SortOrder } from "../searching/orders-store.ts";
import { byOwner, byStage, byWords, inStages, ofOwners, ofWords } from "../searching/record-orders-store.ts";

const NEWEST: SortOrder = { by: "a.created_at", type: "timestamptz", isIndexed: true };

const ORDERS: Record<string, SortOrder> = {
  account_name: { by: "lower(coalesce(a.name, a.domain, ''))", type: "text", isIndexed: true },
  account_created_at: NEWEST,
  account_updated_at: { by: "a.updated_at", type: "timestamptz", isIndexed: true },
  account_last_activity_date: {
    by: "a.last_activity_at",
    type: "timestamptz",
    isIndexed: true,
    blanks: "least",
  },
  domain: byWords("a.domain"),
  account_stage: byStage("account_stages", "a.account_stage_id"),
  owner: byOwner("a.owner_id"),
  industry: byWords("a.industry"),
  estimated_num_employees: { by: "a.estimated_num_employees", type: "int", blanks: "last" },
  phone: byWords("a.phone"),
  city: byWords("a.city"),
  country: byWords("a.country"),
  num_contacts: {
    by: "(select count(*)::int from contacts c where c.team_id = $1 and c.account_id = a.id)",
    type: "int",
  },
};

export async function readAccountOrder(db: Db, teamId: string, field: string | undefined) {
  if (!field) return NEWEST;
  const order = Object.hasOwn(ORDERS, field) ? ORDERS[field] : await fieldOrder(db, teamId, "account", field);
  if (!order) throw new Refusal("sort_invalid", {}, { skip_alert_dialog: true });
  return order;
}

export type AccountGroup = "stage" | "owner" | "industry";

export const GROUPINGS: Record<AccountGroup, Grouping> = {
  stage: inStages("account_stages", "a.account_stage_id"),
  owner: ofOwners("a.owner_id"),
  industry: ofWords("a.industry"),
};
