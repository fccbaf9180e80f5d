import type { Example } from "../endpoint.ts";

const task = {
  emailer_campaign_id: null,
  id: "64f0aa00000000000000007a",
  user_id: "64f0aa000000000000000002",
  created_at: "2026-02-03T15:30:00.000Z",
  completed_at: null,
  note: "Ask about Q3",
  skipped_at: null,
  due_at: "2026-02-15T10:00:00.000+00:00",
  type: "call",
  priority: "high",
  status: "scheduled",
  answered: null,
  contact_id: "64f0aa0000000000000000c1",
  person_id: null,
  account_id: "64f0aa0000000000000000ac",
  organization_id: null,
  persona_ids: [],
  subject: null,
  created_from: "api",
  salesforce_type: null,
  playbook_step_ids: [],
  playbook_id: null,
  needs_playbook_autoprospecting: null,
  starred_by_user_ids: [],
  salesforce_id: null,
  hubspot_id: null,
  opportunity_id: null,
  title: "Call Ines Okafor",
  rule_config_id: null,
  creator_id: "64f0aa000000000000000002",
  contact: { id: "64f0aa0000000000000000c1", name: "Ines Okafor", email: "ines.okafor@example.se" },
  account: { id: "64f0aa0000000000000000ac", name: "Norrland Kraft" },
  opportunity: null,
  standalone_outreach_task_message: null,
};

const wish = {
  user_id: task.user_id,
  type: "call",
  status: "scheduled",
  due_at: "2026-02-15T10:00:00Z",
  priority: "high",
  note: "Ask about Q3",
};

export const tasks: Record<string, readonly Example[]> = {
  "tasks.create": [
    {
      title: "A call",
      input: { ...wish, contact_id: task.contact_id },
      answer: { task },
      isShownElsewhere: true,
    },
  ],
  "tasks.bulkCreate": [
    {
      title: "The same phone call for several contacts",
      isShownElsewhere: true,
      input: { ...wish, contact_ids: [task.contact_id] },
      answer: { success: true, tasks: [task] },
    },
  ],
  "tasks.bulkSkip": [
    {
      title: "One task cannot be skipped",
      input: { ids: [task.id, "64f0aa00000000000000007b"] },
      answer: {
        success: false,
        task_ids: [task.id],
        left: [
          {
            id: "64f0aa00000000000000007b",
            code: "task_deleted",
            says: "This task has been deleted. Please refresh your page.",
          },
        ],
      },
    },
  ],
  "tasks.dailyLimits": [
    {
      title: "A user with room for eight more connection requests",
      input: {},
      answer: { daily_limits: [{ type: "linkedin_step_connect", limit: 20, done: 7, open: 5 }] },
    },
  ],
  "tasks.skip": [
    {
      title: "Not today",
      input: { id: task.id },
      answer: { task: { id: task.id, status: "skipped", note: null, completed: false } },
    },
  ],
};
