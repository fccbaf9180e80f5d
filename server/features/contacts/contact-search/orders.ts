// What contacts are sorted and grouped by. The first six have an index each; for the others all that match are read.

import type { Db } from "../../../db/connect.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { VISIBLE_TO } from "../../access/sharing/store.ts";
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

/**
 * By the active sequences, then by all. Sequences that are hidden from the viewer (null: sees all) do not count, as they are not
 * shown. The id in the statement is the caller's own, as it is stored.
 */
function bySequences(viewerId: string | null): SortOrder {
  const seen = viewerId === null ? "" : `and e.sequence_id in (${VISIBLE_TO(`'${viewerId}'`)})`;
  const counts = "count(*) filter (where e.state = 'active') * 1000 + least(count(*), 999)";
  const by = `(select nullif(${counts}, 0)::int from enrollments e
    where e.team_id = $1 and e.contact_id = c.id and e.state <> 'removed' ${seen})`;
  return { by, type: "int", blanks: "last" };
}

type Asked = { sort_by_field?: string | undefined; sort_ascending?: boolean | undefined };

/** Which way is said only together with what to sort by. */
export async function readOrder(db: Db, teamId: string, asked: Asked, viewerId: string | null) {
  const field = asked.sort_by_field?.trim() ?? "";
  if (field === "") return { order: NEWEST, isAscending: false };
  const order = await orderNamed(db, teamId, field, viewerId);
  if (!order) throw new Refusal("sort_invalid", {}, { skip_alert_dialog: true });
  return { order, isAscending: asked.sort_ascending ?? beginsWithA(order) };
}

async function orderNamed(db: Db, teamId: string, field: string, viewerId: string | null) {
  if (field === "num_sequences") return bySequences(viewerId);
  return Object.hasOwn(ORDERS, field) ? ORDERS[field] : await fieldOrder(db, teamId, "contact", field);
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
