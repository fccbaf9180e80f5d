// What a contact of the source becomes at the target.

import type { Input, Output } from "../client.ts";
import { listNames } from "./accounts.ts";
import { type Copying, given, idAt, ownerAt } from "./copying.ts";
import { readFieldValues, valuesAt } from "./fields.ts";

export type Contact = Output<"contacts", "search">["contacts"][number];
export type Row = NonNullable<Input<"contacts", "bulkCreate">["contacts"]>[number];
export type RowOf = (one: Contact) => Row;

export async function contactRows(copying: Copying): Promise<RowOf> {
  const fields = await readFieldValues(copying);
  const names = await listNames(copying);
  return (one) =>
    given({
      first_name: one.first_name,
      last_name: one.last_name,
      name: one.name,
      email: one.email,
      contact_emails: (one.contact_emails ?? [])
        .filter(({ email }) => email)
        .map(({ email, position }) => ({ email, position })),
      title: one.title,
      headline: one.headline,
      organization_name: one.organization_name,
      account_id: idAt(copying, "accounts", one.account_id),
      contact_stage_id: idAt(copying, "contact_stages", one.contact_stage_id),
      owner_id: ownerAt(copying, one.owner_id),
      label_names: (one.label_ids ?? []).flatMap((id) => names.get(id) ?? []),
      present_raw_address: one.present_raw_address,
      phone_numbers: (one.phone_numbers ?? [])
        .filter(({ raw_number }) => raw_number)
        .map(({ raw_number, position, type }) => ({ raw_number, ...given({ position, type }) })),
      typed_custom_fields: valuesAt(fields, one.typed_custom_fields),
      linkedin_url: one.linkedin_url,
      twitter_url: one.twitter_url,
      facebook_url: one.facebook_url,
      github_url: one.github_url,
      photo_url: one.photo_url,
      salesforce_contact_id: one.salesforce_contact_id,
      salesforce_lead_id: one.salesforce_lead_id,
      salesforce_account_id: one.salesforce_account_id,
      hubspot_vid: one.hubspot_vid,
      hubspot_company_id: one.hubspot_company_id,
      crm_id: one.crm_id,
      crm_owner_id: one.crm_owner_id,
      time_zone: one.time_zone,
      paused_until: one.paused_until,
      email_status: statusOf(one),
      ...optOutsOf(one),
    }) as Row;
}

const STATUSES: ReadonlySet<unknown> = new Set([
  ...["verified", "unverified", "likely to engage", "unavailable", "guessed", "bounced"],
  ...["pending_manual_fulfillment", "extrapolated", "user_managed", "do_not_email", "spam_block"],
]);

const statusOf = ({ email_status: status }: Contact) =>
  STATUSES.has(status) ? (status as NonNullable<Row["email_status"]>) : null;

/** Opt-outs of the contact. */
export const optOutsOf = ({ email_unsubscribed, do_not_contact }: Contact) => ({
  ...(email_unsubscribed === true && { email_unsubscribed }),
  ...(do_not_contact === true && { do_not_contact }),
});
