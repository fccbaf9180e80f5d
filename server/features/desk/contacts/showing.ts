import type { Act } from "../../../app.ts";
import { presentContact, type presentUnread } from "../../contacts/contacts/present.ts";
import { presentLabel } from "../../contacts/labels/present.ts";
import { findLabels } from "../../contacts/labels/store.ts";
import { getContact } from "./commands.ts";

/** One contact as the calls that make, show and change it answer. */
export async function showContact(
  act: Act,
  id: string,
  fieldErrors: Record<string, string> = {},
  unread: ReturnType<typeof presentUnread> = {},
) {
  const contact = await getContact(act, id);
  const labels = await findLabels(act.db, act.caller.teamId, contact.labelIds);
  return { contact: presentContact(contact, fieldErrors, unread), labels: labels.map(presentLabel) };
}
