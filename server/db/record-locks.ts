// The rows that are locked before a conditional change is checked: another change of the record waits until this one is
// committed, or this one waits for it and sees it. By the call.

import type { Db } from "./connect.ts";

const row = (table: string) => `select from ${table} where team_id = $1 and id = $2 for update`;

/** What a team has only one of may have no row yet: its first row refers to the team's. */
const TEAM = "select from teams where id = $1 for update";

/** A step or a variant is changed as a part of its sequence. */
const sequenceOf = (id: string) => `select from sequences where team_id = $1 and id = (${id}) for update`;

/** The texts of mails are templates. */
const templatesOf = (where: string) =>
  `select from templates where team_id = $1
     and id in (select t.template_id from step_touches t
                  join sequence_steps s on s.team_id = t.team_id and s.id = t.step_id
                 where t.team_id = $1 and ${where})
   order by id for update`;

const SEQUENCE = [row("sequences"), templatesOf("s.sequence_id = $2")];

const LOCKS: Readonly<Record<string, readonly string[]>> = {
  "accounts.update": [row("accounts")],
  "accountStages.update": [row("account_stages")],
  "contacts.update": [row("contacts")],
  "contactStages.update": [row("contact_stages")],
  "copilots.update": [row("copilots")],
  "emailAccounts.update": [row("mailboxes")],
  "sequences.change": SEQUENCE,
  "emailerMessages.update": [row("messages")],
  "schedules.update": [row("schedules")],
  "steps.update": [sequenceOf("select sequence_id from sequence_steps where team_id = $1 and id = $2")],
  "templates.update": [row("templates")],
  "touches.update": [
    sequenceOf(
      `select s.sequence_id from sequence_steps s
         join step_touches t on t.team_id = s.team_id and t.step_id = s.id
        where t.team_id = $1 and t.id = $2`,
    ),
    templatesOf("t.id = $2"),
  ],
  "customFields.update": [row("custom_fields")],
  "folders.update": [row("folders")],
  "holidays.update": [row("team_holidays")],
  "notes.update": [row("notes")],
  "opportunities.update": [row("deals")],
  "opportunityStages.update": [row("deal_stages")],
  "processingRecords.update": [TEAM],
  "scoreFormula.replace": [TEAM],
  "rulesets.update": [row("rulesets")],
  "sequences.update": SEQUENCE,
  "tasks.update": [row("tasks")],
  "teams.update": [TEAM],
  "views.update": [row("saved_views")],
  "webhookSubscriptions.update": [row("webhook_subscriptions")],
  "workflows.update": [row("workflows")],
};

export function canLock(call: string) {
  return call in LOCKS;
}

/** Held until the transaction ends. Null: what the team has only one of. */
export async function lockRecord(db: Db, teamId: string, call: string, id: string | null) {
  for (const sql of LOCKS[call] ?? []) await db.run(sql, id === null ? [teamId] : [teamId, id]);
}
