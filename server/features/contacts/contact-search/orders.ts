// What contacts are sorted and grouped by. The first six have an index each; for the others all that match are read.

import type { Db } from "../../../db/connect.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { fieldOrder } from "../searching/field-orders-store.ts";
import type { Grouping } from "../searching/groups-store.ts";
import type { SortOrder } from "../searching/orders-store.ts";
import { byOwner, byStage, byWords, inStages, ofOwners, ofWords } from "../searching/record-orders-store.ts";
import { NEWEST } from "./store.ts";

const NAME: SortOrder = { by: "lower(coalesce(c.name, c.email, ''))", type: "text", isIndexed: true };

const moment = (column: string): SortOrder => ({
  by: `coalesce(${column}, '-infinity')`,
  type: "timestamptz",
  isIndexed: true,
});
const STAGE = byStage("contact_stages", "c.contact_stage_id");
const OWNER = byOwner("c.owner_id");

/** By the names that Apollo and we give them; each is sorted downwards unless it is a word. */
const ORDERS: Record<string, SortOrder> = {
  contact_created_at: NEWEST,
  contact_updated_at: { by: "c.updated_at", type: "timestamptz", isIndexed: true },
  contact_last_activity_date: moment("c.last_activity_at"),
  contact_email_last_opened_at: moment("c.email_last_opened_at"),
  contact_email_last_clicked_at: moment("c.email_last_clicked_at"),
  contact_name: NAME,
  name: NAME,
  title: byWords("c.title"),
  organization_name: byWords("c.organization_name"),
  email: byWords("c.email"),
  email_status: byWords("c.email_status"),
  contact_stage: STAGE,
  owner: OWNER,
  phone: byWords("c.sanitized_phone"),
  city: byWords("c.city"),
  country: byWords("c.country"),
  linkedin_url: byWords("c.linkedin_url"),
  prospect_score: { by: "c.prospect_score", type: "int" },
};

/** Which way is said only together with what to sort by. */
export async function readOrder(
  db: Db,
  teamId: string,
  asked: { sort_by_field?: string | undefined; sort_ascending?: boolean | undefined },
) {
  const field = asked.sort_by_field?.trim() ?? "";
  if (field === "") return { order: NEWEST, isAscending: false };
  const order = Object.hasOwn(ORDERS, field) ? ORDERS[field] : await fieldOrder(db, teamId, "contact", field);
  if (!order) throw new Refusal("sort_invalid", {}, { skip_alert_dialog: true });
  return { order, isAscending: asked.sort_ascending ?? beginsWithA(order) };
}

/** Words from A to Z, stages from the first; all else from the latest or the highest. */
function beginsWithA(order: SortOrder) {
  return order.type === "text" || order === STAGE || order === OWNER;
}

export type ContactGroup = "stage" | "owner" | "company";

export const GROUPINGS: Record<ContactGroup, Grouping> = {
  stage: inStages("contact_stages", "c.contact_stage_id"),
  owner: ofOwners("c.owner_id"),
  company: ofWords("c.organization_name", "c.account_id::text"),
};
