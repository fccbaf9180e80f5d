// The contact of the parity report, with the company it works for and the sequence it is in.

import { mailed } from "../incoming.ts";
import { alwaysOpen } from "../sending.ts";
import { CALL_STEP, MAIL_STEP } from "../sequenced.ts";
import type { Team, World } from "../world.ts";

export const EMAIL = "ines@kraft.example";

type Known = {
  company: string;
  person: string;
  contactField: string | undefined;
  accountField: string | undefined;
  picklist: string | undefined;
  ruleset: string;
  folder: string;
};

export async function newAccountOf({ api }: Team, known: Known) {
  const accountStages = (await api.accountStages.list()).account_stages;
  const parent = (await api.accounts.create({ name: "Kraft Group", domain: "kraft-group.example" })).account
    .id;
  const { account } = await api.accounts.create({
    name: "Kraft",
    domain: "kraft.example",
    organization_id: known.company,
    parent_account_id: parent,
    phone: "+46905550100",
    raw_address: "Storgatan 1, Umeå, Sweden",
    linkedin_url: "https://www.linkedin.com/company/kraft",
    label_names: ["Key accounts"],
    account_stage_id: accountStages[1]?.id,
    typed_custom_fields: { [known.accountField ?? ""]: "large" },
    salesforce_id: "sf-1",
    hubspot_id: "hs-1",
    crm_owner_id: "crm-1",
    merged_crm_ids: ["crm-2"],
  });
  return { account, parent };
}

/** Mailed an hour ago, by a sequence for which every rule is set. */
export async function newMailedContact(world: World, team: Team, account_id: string, known: Known) {
  const [{ contact_stages: stages }, { account_stages: accountStages }] = await Promise.all([
    team.api.contactStages.list(),
    team.api.accountStages.list(),
  ]);
  return mailed(world, team, {
    contact: {
      first_name: "Ines",
      last_name: "Okafor",
      email: EMAIL,
      email_status: "verified",
      person_id: known.person,
      account_id,
      organization_id: known.company,
      title: "Plant manager",
      headline: "Runs plants",
      organization_name: "Kraft",
      label_names: ["Q3 plants"],
      contact_stage_id: stages[1]?.id,
      present_raw_address: "Umeå, Sweden",
      direct_phone: "+46905550101",
      corporate_phone: "+46905550102",
      mobile_phone: "+46705550103",
      home_phone: "+46905550104",
      other_phone: "+46905550105",
      linkedin_url: "https://www.linkedin.com/in/ines-okafor",
      photo_url: "https://pictures.example/ines.png",
      typed_custom_fields: { [known.contactField ?? ""]: "large", [known.picklist ?? ""]: "Steel" },
      salesforce_id: "sf-2",
      salesforce_lead_id: "sf-3",
      salesforce_contact_id: "sf-4",
      salesforce_account_id: "sf-5",
      hubspot_vid: "hs-2",
      hubspot_company_id: "hs-3",
      crm_id: "crm-3",
      crm_owner_id: "crm-1",
    },
    mailbox: { signature_html: "<p>Ole</p>" },
    sequence: {
      emailer_schedule_id: await alwaysOpen(team),
      label_names: ["Nordic"],
      active: true,
      folder_id: known.folder,
      sequence_ruleset_id: known.ruleset,
      description: "Plants in the north",
      max_emails_per_day: 50,
      mark_finished_if_reply: true,
      mark_finished_if_click: false,
      mark_finished_if_interested: true,
      mark_paused_if_ooo: true,
      days_to_wait_before_mark_as_response: 9,
      create_task_if_email_open: true,
      email_open_trigger_task_threshold: 4,
      same_account_reply_delay_days: 6,
      excluded_account_stage_ids: [accountStages[3]?.id ?? ""],
      excluded_contact_stage_ids: [stages[5]?.id ?? ""],
      cc_emails: "mona@norrland.example",
      bcc_emails: "crm@norrland.example",
      emailer_steps: [
        { ...MAIL_STEP, note: "First", priority: "high" },
        { ...CALL_STEP, note: "Ring" },
      ],
    },
    enrollment: { added_by: team.owner.id },
    message: { body_html: "<p>Hi Ines</p>" },
  });
}
