// What may name a list, a stage, a field and so on, and what becomes of that when it is deleted. A test asks the catalog for every
// foreign key to such a table and for every column of JSON, so a new one is decided about here before it is there.
//
// `refuses`: as long as something names it, it is not deleted. $1 is the team, $2 the id. Ids are drawn at random, so an id that is
// found within JSON names this and nothing else. `only_for` is the person who alone may see it, `joins` the sequences to which a
// workflow adds.

/** Everything that a call deletes and that others may name, by its table, as a person calls it. */
export const NOUNS = {
  labels: "list",
  contact_stages: "stage",
  account_stages: "stage",
  deal_stages: "stage",
  custom_fields: "field",
  saved_views: "view",
  webhook_subscriptions: "webhook",
  schedules: "schedule",
  rulesets: "ruleset",
  folders: "folder",
  subteams: "team",
} as const;

export type Noun = keyof typeof NOUNS;

type Key = { refuses: string } | { elsewhere: string } | { goesAlong: string };

function bySequences(table: string): Key {
  return {
    refuses: `select distinct 'sequence' as kind, s.id, s.name, null as only_for
      from ${table} x join sequences s on s.team_id = x.team_id and s.id = x.sequence_id
     where x.team_id = $1 and x.stage_id = $2 and s.archived_at is null`,
  };
}

const MEMBERSHIP: Key = { goesAlong: "deleting a list takes everybody off it, and leaves them as they are" };
const VALUES: Key = { goesAlong: "deleting a field deletes its values" };
const RECORDS: Key = { elsewhere: "stage_in_use: the records go to the stage that reassign_to names" };
const BASIS: Key = { goesAlong: "the record of processing then names no field" };
const APPLIED: Key = { goesAlong: "deleting it forgets that files have written it" };
const PART: Key = { goesAlong: "it is a part of what is deleted" };

/** By the column that refers to it. */
export const KEYS: Record<Noun, Readonly<Record<string, Key>>> = {
  labels: {
    "contact_labels.label_id": MEMBERSHIP,
    "account_labels.label_id": MEMBERSHIP,
    "sequence_labels.label_id": MEMBERSHIP,
  },
  contact_stages: {
    "contacts.contact_stage_id": RECORDS,
    "sequence_excluded_contact_stages.stage_id": bySequences("sequence_excluded_contact_stages"),
    "sequence_stage_triggers.stage_id": bySequences("sequence_stage_triggers"),
    "ruleset_stage_triggers.stage_id": {
      refuses: `select distinct 'ruleset' as kind, r.id, r.name, null as only_for
        from ruleset_stage_triggers x join rulesets r on r.team_id = x.team_id and r.id = x.ruleset_id
       where x.team_id = $1 and x.stage_id = $2`,
    },
  },
  account_stages: {
    "accounts.account_stage_id": RECORDS,
    "sequence_excluded_account_stages.stage_id": bySequences("sequence_excluded_account_stages"),
  },
  deal_stages: { "deals.stage_id": RECORDS },
  custom_fields: {
    "contact_field_values.field_id": VALUES,
    "account_field_values.field_id": VALUES,
    "deal_field_values.field_id": VALUES,
    "custom_field_options.field_id": PART,
    "processing_records.lawful_basis_field_id": BASIS,
  },
  saved_views: {
    "report_schedules.view_id": {
      refuses: `select 'report schedule' as kind, s.id, v.name, s.user_id as only_for
        from report_schedules s join saved_views v on v.team_id = s.team_id and v.id = s.view_id
       where s.team_id = $1 and s.view_id = $2`,
    },
  },
  webhook_subscriptions: {
    "report_schedules.webhook_id": {
      refuses: `select 'report schedule' as kind, s.id, v.name, s.user_id as only_for
        from report_schedules s join saved_views v on v.team_id = s.team_id and v.id = s.view_id
       where s.team_id = $1 and s.webhook_id = $2`,
    },
    "webhook_deliveries.subscription_id": {
      goesAlong: "what is still to be sent is given up, and said to be",
    },
  },
  schedules: {
    "sequences.schedule_id": { elsewhere: "schedule_in_use" },
    "schedule_windows.schedule_id": PART,
    "applied_files.schedule_id": APPLIED,
  },
  rulesets: {
    "sequences.ruleset_id": { elsewhere: "ruleset_in_use" },
    "ruleset_stage_triggers.ruleset_id": PART,
    "applied_files.ruleset_id": APPLIED,
  },
  folders: {
    "folders.parent_id": { goesAlong: "folders within it move up" },
    "sequences.folder_id": { goesAlong: "a folder is only a place to look; what was in it stays" },
    "templates.folder_id": { goesAlong: "a folder is only a place to look; what was in it stays" },
  },
  subteams: { "subteam_members.subteam_id": PART },
};

type Json = { refuses: string } | { stays: string };

const TOLD: Json = { stays: "it says what was so at a time" };
const FACTS: Json = { stays: "it says what is known of a record, and names nothing that a team makes" };
const UNDER_WAY: Json = { stays: "it is work under way, which says for itself what it does not find" };

/** By the column that may hold its id. */
export const JSON_PLACES: Readonly<Record<string, Json>> = {
  "workflow_versions.definition": {
    refuses: `select 'workflow' as kind, w.id, w.name, null as only_for,
        array(select jsonb_array_elements_text(jsonb_path_query_array(v.definition, '$.**.terms.sequenceId'))) as joins
      from workflows w join workflow_versions v on v.team_id = w.team_id and v.workflow_id = w.id and v.version = w.version
     where w.team_id = $1 and w.archived_at is null and strpos(v.definition::text, $2) > 0`,
  },
  "workflows.trigger": { stays: "it is a copy of the definition's" },
  "copilots.filters": {
    refuses: `select 'copilot' as kind, id, name, null as only_for from copilots
     where team_id = $1 and strpos(filters::text, $2) > 0`,
  },
  "sequence_steps.condition": {
    refuses: `select distinct 'sequence' as kind, s.id, s.name, null as only_for
      from sequence_steps p join sequences s on s.team_id = p.team_id and s.id = p.sequence_id
     where p.team_id = $1 and s.archived_at is null and strpos(p.condition::text, $2) > 0`,
  },
  "score_formulas.signals": {
    refuses: `select 'score formula' as kind, team_id as id, null as name, null as only_for from score_formulas
     where team_id = $1 and strpos(signals::text, $2) > 0`,
  },
  // What a person looks at shows that it is gone; a report that is sent by itself does not.
  "saved_views.filter": {
    refuses: `select distinct 'report schedule' as kind, s.id, v.name, s.user_id as only_for
      from report_schedules s join saved_views v on v.team_id = s.team_id and v.id = s.view_id
     where s.team_id = $1 and strpos(v.filter::text, $2) > 0`,
  },
  "saved_views.widths": { stays: "the column of a deleted field is not shown" },
  "table_layouts.widths": { stays: "the column of a deleted field is not shown" },
  "mailbox_sign_ins.wish": {
    stays: "it holds settings of a mailbox, for the quarter of an hour of a sign-in",
  },
  "teams.touch_limits": { stays: "it holds numbers" },
  "teams.recipient_limits": { stays: "it holds numbers" },
  "teams.linkedin_limits": { stays: "it holds numbers" },
  "ab_tests.variants": TOLD,
  "teams.brake_rules": { stays: "it holds numbers" },
  "brakes.figures": TOLD,
  "mailboxes.ramp": { stays: "it holds numbers" },
  "mailboxes.ramp_standing": TOLD,
  "enrichment_providers.mapping": {
    stays: "it names the fields of a provider's answer and ours, which nobody deletes",
  },
  "address_checks.evidence": FACTS,
  "applied_files.content": { stays: "it names others by keys and names, as the files do" },
  "catcher_messages.headers": FACTS,
  "catcher_messages.script": TOLD,
  "sandbox_faults.settings": { stays: "it names commands and paths" },
  "sandbox_prospects.match": { stays: "it names lists by their names, and matches those of that name" },
  "change_items.before": TOLD,
  "copilot_proposals.reasons": TOLD,
  "copilot_proposals.traits": TOLD,
  "enrichment_requests.result": TOLD,
  "enrichment_requests.wish": UNDER_WAY,
  "events.data": TOLD,
  "forecasts.told": TOLD,
  "forecasts.totals": TOLD,
  "forecasts.what_if": TOLD,
  "import_byproducts.differences": TOLD,
  "import_rows.difference": TOLD,
  "import_rows.left_out": TOLD,
  "imports.codes": TOLD,
  "imports.columns": UNDER_WAY,
  "imports.enrollment_codes": TOLD,
  "imports.options": UNDER_WAY,
  "incoming_mails.attachments": FACTS,
  "incoming_mails.effects": TOLD,
  "incoming_mails.evidence": TOLD,
  "mail_domains.told": FACTS,
  "message_events.detail": TOLD,
  "messages.hold_evidence": TOLD,
  "organizations.departmental_head_count": FACTS,
  "organizations.funding_events": FACTS,
  "organizations.headcount_growth": FACTS,
  "organizations.technologies": FACTS,
  "row_history.was": TOLD,
  "people.phones": FACTS,
  "progress.counts": TOLD,
  "progress.instructions": UNDER_WAY,
  "progress.params": UNDER_WAY,
  "progress_items.details": TOLD,
  "promises.told": TOLD,
  "report_runs.content": TOLD,
  "sending_domains.facts": FACTS,
  "sending_domains.standings": FACTS,
  "tasks.ended_from": TOLD,
  "team_moves.report": TOLD,
  "team_moves.sent": UNDER_WAY,
  "team_moves.undone": TOLD,
  "trial_runs.report": TOLD,
  "trial_runs.wish": UNDER_WAY,
  "verdicts.reasons": TOLD,
  "workflow_candidates.filters": TOLD,
  "workflow_payloads.body": TOLD,
  "workflow_results.data": TOLD,
  "workflow_runs.counts": TOLD,
};
