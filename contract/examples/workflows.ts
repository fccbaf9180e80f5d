import type { Example } from "../endpoint.ts";

const id = "64f0aa0000000000000000b1";
const runId = "64f0aa0000000000000000b2";
const contactId = "64f0aa000000000000000031";
const sequenceId = "64f0aa000000000000000051";
const mailboxId = "64f0aa000000000000000041";
const userId = "64f0aa000000000000000002";

const trigger = { type: "schedule", every: "week", at: "08:30", weekday: 1, time_zone: "Europe/Oslo" };
const filters = { q_title: "sales", email_statuses: ["verified"] };
const actions = [
  { type: "add_to_list", label_names: ["Warm"] },
  {
    type: "add_to_sequence",
    emailer_campaign_id: sequenceId,
    send_email_from_email_account_id: [mailboxId],
  },
];

const workflow = {
  id,
  name: "New heads of sales",
  entity: "contact",
  trigger,
  filters,
  net_new: false,
  reentry: "once",
  actions,
  caps: { per_run: 200, per_day: null, per_owner: 50 },
  user_id: userId,
  active: false,
  archived: false,
  inactive_reason: null,
  version: 1,
  next_run_at: null,
  num_waiting: 0,
  held_up: [],
  warnings: [
    {
      code: "sequence_inactive",
      level: "amber",
      sentence: "It uses an inactive sequence. Contacts wait until it is activated.",
    },
  ],
  created_at: "2026-02-03T08:00:00.000Z",
  updated_at: "2026-02-03T08:00:00.000Z",
  activated_at: null,
};
const running = {
  ...workflow,
  active: true,
  warnings: [],
  next_run_at: "2026-02-09T07:30:00.000Z",
  activated_at: "2026-02-03T08:05:00.000Z",
};
const secrets = { hook_url: null, signing_secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw…" };

const begun = {
  id: runId,
  workflow_id: id,
  version: 1,
  cause: "manual",
  status: "finding",
  scheduled_for: null,
  num_missed: 0,
  num_found: 0,
  num_left_over: 0,
  counts: { waiting: 0, done: 0, skipped: 0, failed: 0 },
  codes: [],
  error: null,
  started_at: "2026-02-09T07:30:00.000Z",
  finished_at: null,
};
const done = {
  ...begun,
  cause: "schedule",
  status: "done",
  scheduled_for: "2026-02-09T07:30:00.000Z",
  num_found: 61,
  counts: { waiting: 0, done: 50, skipped: 11, failed: 0 },
  codes: [
    {
      code: "cap_per_owner",
      sentence: "The limit per owner and day is reached.",
      count: 11,
    },
  ],
  finished_at: "2026-02-09T07:30:02.000Z",
};

const candidate = {
  id: "64f0aa0000000000000000b3",
  workflow_id: id,
  workflow_run_id: runId,
  entity_id: contactId,
  contact_id: contactId,
  name: "Ines Berg",
  verdict: "done",
  code: null,
  sentence: "All actions are done.",
  filters: [],
  event: null,
  payload_hash: null,
  depth: 1,
  next_step: null,
  due_at: null,
  held_up: null,
  results: [
    {
      step: "0",
      type: "add_to_list",
      outcome: "done",
      code: null,
      sentence: "Done.",
      data: {},
      at: "2026-02-09T07:30:01.000Z",
    },
    {
      step: "1",
      type: "add_to_sequence",
      outcome: "skipped",
      code: "contacts_unsubscribed",
      sentence: "The contact has unsubscribed.",
      data: {},
      at: "2026-02-09T07:30:02.000Z",
    },
  ],
  created_at: "2026-02-09T07:30:00.000Z",
  finished_at: "2026-02-09T07:30:02.000Z",
};

const notice = {
  id: "64f0aa0000000000000000b4",
  workflow_id: id,
  workflow_name: workflow.name,
  entity_id: contactId,
  contact_id: contactId,
  text: "Ines Berg replied",
  created_at: "2026-02-09T07:30:02.000Z",
  read_at: null,
};
const pagination = { page: 1, per_page: 25, total_entries: 1, total_pages: 1 };
const one = { workflow };
const { name, entity, reentry } = workflow;

export const workflows: Record<string, readonly Example[]> = {
  "workflows.create": [
    {
      title: "Every Monday, verified contacts in sales",
      isShownElsewhere: true,
      input: { name, entity, trigger, filters, reentry, actions, caps: { per_run: 200, per_owner: 50 } },
      answer: { workflow, secrets },
    },
    {
      isShownElsewhere: true,
      title: "On a reply, a task in two days, except for customers",
      input: {
        name: "Replied",
        trigger: { type: "event", event: "message.replied" },
        reentry: { days: 30 },
        actions: [
          { type: "wait", days: 2 },
          {
            type: "branch",
            filters: { label_names: ["Customers"] },
            yes: [{ type: "notify", text: "{{first_name}} replied" }],
            no: [{ type: "create_task", task_type: "call", priority: "high" }],
          },
        ],
      },
      answer: {
        workflow: {
          ...workflow,
          name: "Replied",
          trigger: { type: "event", event: "message.replied" },
          filters: {},
          reentry: { days: 30 },
          caps: { per_run: null, per_day: null, per_owner: null },
          actions: [
            { type: "wait", days: 2 },
            {
              type: "branch",
              filters: { label_names: ["Customers"] },
              yes: [{ type: "notify", text: "{{first_name}} replied" }],
              no: [{ type: "create_task", task_type: "call", priority: "high" }],
            },
          ],
          warnings: [],
        },
        secrets,
      },
    },
  ],
  "workflows.list": [
    {
      title: "One workflow",
      input: {},
      answer: { workflows: [{ ...running, last_run: done }], pagination },
      isShownElsewhere: true,
    },
  ],
  "workflows.get": [{ isShownElsewhere: true, title: "Before activating it", input: { id }, answer: one }],
  "workflows.update": [
    {
      title: "Another name",
      input: { id, name: "Heads of sales" },
      answer: { workflow: { ...workflow, name: "Heads of sales" } },
    },
  ],
  "workflows.delete": [{ title: "Deleted", input: { id }, answer: { workflow: { id, deleted: true } } }],
  "workflows.activate": [
    { title: "Activated", isShownElsewhere: true, input: { id }, answer: { workflow: running } },
  ],
  "workflows.deactivate": [{ isShownElsewhere: true, title: "Deactivated", input: { id }, answer: one }],
  "workflows.run": [
    {
      title: "What it would do, with `Dry-Run: true`",
      input: { id },
      answer: {
        workflow_run: begun,
        outlook: {
          num_candidates: 50,
          num_left_over: 11,
          sample: [{ entity_id: contactId, name: "Ines Berg" }],
          actions: [
            { step: "0", type: "add_to_list", count: 50 },
            { step: "1", type: "add_to_sequence", count: 50 },
          ],
          credits: { least: 0, expected: 0, most: 0 },
          warnings: workflow.warnings,
        },
      },
    },
  ],
  "workflows.rotateSecrets": [
    { title: "New secrets", isShownElsewhere: true, input: { id }, answer: { workflow, secrets } },
  ],
  "workflows.explain": [
    {
      title: "Skipped by a filter",
      input: { id, entity_id: contactId },
      answer: {
        explanation: {
          entity_id: contactId,
          sentence: "These filters do not match: email_statuses.",
          code: "filter_not_met",
          filters: [
            { filter: "q_title", holds: true },
            { filter: "email_statuses", holds: false },
          ],
          candidates: [],
        },
      },
    },
  ],
  "workflowTrials.lookBack": [
    {
      isShownElsewhere: true,
      title: "A saved workflow",
      input: { id },
      answer: {
        look_back: {
          kind: "past",
          since: "2026-01-10T07:30:00.000Z",
          complete_from: null,
          sentence:
            "In the last 30 days it would have processed 1 record. Filters were checked on records as they are now.",
          num_triggers: 2,
          num_taken: 1,
          num_records: 1,
          taken: [
            {
              entity_id: contactId,
              name: "Ines Berg",
              at: "2026-02-03T08:00:00.000Z",
              event: { id: runId, type: "contact.created" },
            },
          ],
          left_out: [
            {
              code: "filter_not_met",
              filter: "q_title",
              sentence: "The filter q_title does not match.",
              count: 1,
              count_alone: 1,
              sample: [],
            },
          ],
        },
      },
    },
  ],
  "workflowTrials.tryOut": [
    {
      title: "One contact",
      input: { id, entity_id: contactId },
      answer: {
        trial: {
          entity_id: contactId,
          name: "Ines Berg",
          taken: true,
          code: null,
          sentence: "The workflow would run for this record.",
          filters: [{ filter: "q_title", holds: true, value: "Head of sales" }],
          actions: [{ step: "0", type: "add_to_list", outcome: "done", code: null, sentence: "Done." }],
        },
      },
    },
  ],
  "workflows.runs": [
    {
      title: "Last Monday's",
      isShownElsewhere: true,
      input: { id },
      answer: { workflow_runs: [done], pagination },
    },
  ],
  "workflowRuns.get": [
    { title: "Finished", input: { id: runId }, answer: { workflow_run: done }, isShownElsewhere: true },
  ],
  "workflowRuns.candidates": [
    {
      isShownElsewhere: true,
      title: "One record each",
      input: { id: runId },
      answer: { workflow_candidates: [candidate], pagination },
    },
  ],
  "workflowRuns.cancel": [
    {
      title: "Canceled",
      isShownElsewhere: true,
      input: { id: runId },
      answer: { workflow_run: { ...begun, status: "cancelled", finished_at: "2026-02-09T07:30:02.000Z" } },
    },
  ],
  "workflowCandidates.rerun": [
    {
      title: "Run again for one record",
      isShownElsewhere: true,
      input: { id: candidate.id },
      answer: {
        workflow_candidate: {
          ...candidate,
          verdict: "waiting",
          sentence: "They are on their way.",
          results: [],
          next_step: "0",
          due_at: "2026-02-09T09:00:00.000Z",
          finished_at: null,
        },
      },
    },
  ],
  "workflowNotices.list": [
    { title: "Unread", input: { unread: true }, answer: { workflow_notices: [notice], pagination } },
  ],
  "workflowNotices.read": [
    {
      isShownElsewhere: true,
      title: "Read",
      input: { id: notice.id },
      answer: { workflow_notice: { ...notice, read_at: "2026-02-09T09:00:00.000Z" } },
    },
  ],
};
