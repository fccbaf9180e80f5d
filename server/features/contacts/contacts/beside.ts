// Contacts shown with a task or a call.

import type { Act } from "../../../app.ts";
import { viewerIn } from "../../access/sharing/hiding.ts";
import { presentContact } from "./present.ts";
import { readContacts } from "./reading-store.ts";

type Shown = ReturnType<typeof presentContact>;

type ContactBeside = ReturnType<typeof beside>;

export async function contactsBeside({ db, caller }: Pick<Act, "db" | "caller">, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, ContactBeside>();
  const rows = await readContacts(db, caller.teamId, [...new Set(ids)], viewerIn(caller));
  return new Map(rows.map((row) => [row.id, beside(presentContact(row))]));
}

function beside(contact: Shown) {
  const { id, first_name, last_name, name, email, title, organization_name, account_id, owner_id } = contact;
  const { contact_stage_id, linkedin_url, phone_numbers, contact_emails, typed_custom_fields } = contact;
  const { label_ids, created_at, updated_at } = contact;
  return {
    id,
    first_name,
    last_name,
    name,
    email,
    title,
    organization_name,
    account_id,
    owner_id,
    contact_stage_id,
    linkedin_url,
    phone_numbers,
    contact_emails,
    typed_custom_fields,
    label_ids,
    created_at,
    updated_at,
  };
}
