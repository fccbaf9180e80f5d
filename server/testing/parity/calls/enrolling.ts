// Contacts who are left out of a sequence unless a flag lets them in: one for each flag.

import type { Scene } from "../scene.ts";

export async function addings(at: Scene) {
  const mailbox = { send_email_from_email_account_id: at.mailbox };
  const path = { sequence_id: at.sequenceId };
  const [fresh, without, unverified, finished] = await Promise.all([
    at.newContact({
      last_name: "Berg",
      title: "Buyer",
      linkedin_url: "https://www.linkedin.com/in/berg",
      person_id: at.stranger,
      present_raw_address: "Umeå, Västerbotten, Sweden",
      direct_phone: "+46905550101",
      time_zone: "Europe/Stockholm",
      typed_custom_fields: { [at.contactField]: "small" },
    }),
    at.newContact({ email: null }),
    at.newContact({ email: `unverified${Math.random()}@x.example`, email_status: "unverified" }),
    at.newContact(),
  ]);
  const changedJob = await at.newContact({
    job_change_event: { organization_name: "Kraft", title: "Buyer" },
  });
  const listed = `List ${Math.random()}`;
  await at.newContact({ label_names: [listed] });
  const colleagueOf = await at.newContact({ account_id: at.account });
  const elsewhere = await at.enrolledIn(await at.newSequence());
  const over = await at.enrolledIn(await at.newSequence(), "finished");
  const add = (contact: string, rest: Record<string, unknown> = {}) => ({
    path,
    query: { emailer_campaign_id: at.sequenceId, "contact_ids[]": [contact], ...mailbox, ...rest },
  });
  return [
    add(fresh, { user_id: at.colleague, send_email_from_email_address: at.mailboxEmail }),
    add(without, { sequence_no_email: true }),
    add(unverified, { sequence_unverified_email: true }),
    add(changedJob, { sequence_job_change: true }),
    add(elsewhere, { sequence_active_in_other_campaigns: true }),
    add(at.contact),
    add(over, { sequence_finished_in_other_campaigns: true }),
    add(colleagueOf, { sequence_same_company_in_same_campaign: true }),
    add(finished, {
      contacts_without_ownership_permission: true,
      add_if_in_queue: true,
      contact_verification_skipped: true,
      status: "paused",
      auto_unpause_at: "2100-01-01T09:00:00Z",
    }),
    { path, query: { emailer_campaign_id: at.sequenceId, "label_names[]": [listed], ...mailbox } },
  ];
}
