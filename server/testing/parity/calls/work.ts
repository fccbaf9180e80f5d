// Deals, tasks, calls, notes and conversations.

import type { Calls } from "../calls.ts";
import type { Scene } from "../scene.ts";
import { each } from "./people.ts";

const dealOf = (at: Scene) => ({
  name: "Turbine",
  owner_id: at.colleague,
  amount: "1200",
  opportunity_stage_id: at.dealStage,
  closed_date: "2027-01-31",
  typed_custom_fields: { [at.dealField]: "small" },
});

const taskOf = (at: Scene) => ({
  user_id: at.colleague,
  type: "call",
  priority: "high",
  status: "scheduled",
  due_at: "2100-01-01T09:00:00Z",
  note: "Ring",
});

const callOf = (at: Scene) => ({
  logged: true,
  "user_id[]": [at.colleague],
  contact_id: at.contact,
  account_id: at.account,
  to_number: "+46905550999",
  from_number: "+46905550998",
  status: "completed",
  start_time: "2026-02-04T09:00:00Z",
  end_time: "2026-02-04T09:02:00Z",
  duration: 90,
  phone_call_purpose_id: at.purpose,
  phone_call_outcome_id: at.outcome,
  note: "Called",
});

export const work: Calls = {
  "POST /opportunities": (at) => [
    { body: { ...dealOf(at), account_id: at.account } },
    { body: { ...dealOf(at), contact_id: at.contact, description: "Twelve turbines" } },
  ],
  "GET /opportunities/search": () => [...each({ sort_by_field: "is_won", page: 2, per_page: 1 }), {}],
  "GET /opportunities/{opportunity_id}": (at) => [{ path: { opportunity_id: at.deal } }],
  "PATCH /opportunities/{opportunity_id}": (at) => [{ path: { opportunity_id: at.deal }, body: dealOf(at) }],
  "GET /opportunity_stages": () => [{}],
  "POST /tasks": (at) => [
    { body: { ...taskOf(at), contact_id: at.contact, title: "Ring Ines" } },
    { body: { ...taskOf(at), contact_id: at.contact, opportunity_id: at.deal } },
  ],
  "POST /tasks/bulk_create": (at) => [
    { body: { ...taskOf(at), contact_ids: [at.contact] } },
    { body: { tasks_attributes: [{ ...taskOf(at), contact_id: at.contact, opportunity_id: at.deal }] } },
  ],
  "GET /tasks/{id}": (at) => [{ path: { id: at.task } }],
  "PATCH /tasks/{id}": async (at) => [
    {
      path: { id: await at.newTask() },
      body: {
        ...taskOf(at),
        creator_id: at.colleague,
        contact_id: at.contact,
        title: "Ring again",
        call_script: "Hello",
        relevant_fields: ["title"],
      },
    },
    { path: { id: await at.newTask() }, body: { priority_cd: "high" } },
    { path: { id: at.task }, body: { note: "Rang" } },
  ],
  "POST /tasks/{id}/complete": async (at) => [
    { path: { id: await at.newTask() }, body: { note: "Done" } },
    { path: { id: await at.newTaskWithCall() } },
  ],
  "POST /tasks/{id}/skip": async (at) => [
    { path: { id: await at.newTask() }, body: { note: "Later", on_task_page: true } },
  ],
  "POST /tasks/search": () => [
    ...each({
      sort_by_field: "task_priority",
      "open_factor_names[]": ["task_types"],
      page: 2,
      per_page: 1,
    }),
    {},
  ],
  "GET /phone_calls/search": (at) => [
    ...each({
      "date_range[max]": "2000-01-01",
      "date_range[min]": "2100-01-01",
      "duration[max]": 1,
      "duration[min]": 9000,
      inbound: "incoming",
      "user_ids[]": [at.colleague],
      "contact_label_ids[]": [at.accountLabel],
      "phone_call_purpose_ids[]": [at.purpose],
      "phone_call_outcome_ids[]": [at.outcome],
      q_keywords: "nothing",
      page: "2",
      per_page: "1",
    }),
    {},
  ],
  "POST /phone_calls": (at) => [{ query: callOf(at) }],
  "PUT /phone_calls/{id}": (at) => [{ path: { id: at.call }, query: callOf(at) }],
  "GET /notes": (at) => [
    ...each(
      {
        account_id: at.parent,
        opportunity_id: at.deal,
        calendar_event_id: at.deal,
        conversation_id: at.failedConversation,
        conversation_ids: [at.failedConversation],
        start_date: "2100-01-01",
        sort_by_field: "updated_at",
        sort_direction: "asc",
        skip: 5,
        limit: 1,
      },
      { contact_id: at.contact },
    ),
    { query: { contact_ids: [at.contact] } },
    { query: { contact_id: at.contact } },
    { query: { conversation_id: at.conversation } },
  ],
  "POST /conversations/search": (at) => [
    ...Object.entries({
      page: 2,
      num_fetch_result: 1,
      conversation_type: "phone_call",
      account_id: at.parent,
      contact_ids: [at.deal],
      tag_ids: [at.deal],
      tracker_ids: [at.deal],
      organization_ids: [at.other],
      scorecard_template_id: at.deal,
      scorecard_max_rating: 1,
      sort_by_field: "duration",
      enforce_contact_boundary: true,
    }).map(([name, value]) => ({ body: { [name]: value } })),
    { body: { date_range: { start: "2100-01-01" } } },
    { body: { date_range: { end: "2000-01-01" } } },
    {},
  ],
  "GET /conversations/{id}": (at) => [
    { path: { id: at.conversation } },
    { path: { id: at.failedConversation } },
  ],
  "POST /conversations/export": (at) => [
    { body: { start_time: "2026-01-01", end_time: "2027-01-01", email: at.ownerEmail } },
  ],
  "GET /conversations/export/{id}": (at) => [{ path: { id: at.conversationExport } }],
};
