// The steps that a sequence is made with, and the ways in which it is changed.

import type { Scene } from "../scene.ts";

export const MAIL = { subject: "Hello {{first_name}}", body_html: "<p>Hello {{first_name}}</p>" };

export function stepOf(emailer_template: object) {
  return {
    type: "auto_email",
    wait_time: 1,
    wait_mode: "hour",
    emailer_touches: [{ type: "new_thread", status: "approved", emailer_template }],
  };
}

export function stepsOf(at: Scene) {
  const touch = {
    type: "new_thread",
    status: "approved",
    include_signature: false,
    emailer_template: MAIL,
    attachment_ids: [at.attachment],
  };
  return [
    {
      type: "auto_email",
      wait_time: 30,
      wait_mode: "minute",
      max_emails_per_day: 5,
      emailer_touches: [touch],
    },
    { type: "call", wait_time: 2, wait_mode: "day", priority: "high", note: "Ring", auto_skip_in_x_days: 3 },
    { ...stepOf(MAIL), emailer_touches: [{ ...touch, type: "reply_to_thread" }] },
  ];
}

export async function changes(at: Scene) {
  const path = { id: at.spoiledSequence };
  const [mail, call] = at.tree.emailer_steps;
  const [touch] = at.tree.emailer_touches;
  const generated = {
    generation_options: [
      { type: "opener", additional_prompt: "Be short", signals: ["hires"], field_name: "opener" },
    ],
    generation_tone: { tone_type: "formal", tone_sample: "Dear" },
  };
  const touchOf = (rest: object) => ({
    id: touch?.id,
    status: "approved",
    attachment_ids: [at.attachment],
    emailer_template: MAIL,
    ...rest,
  });
  const stepsWith = (rest: object) => [
    {
      id: call?.id,
      position: 1,
      type: "call",
      wait_mode: "day",
      wait_time: 3,
      auto_skip_in_x_days: 4,
    },
    {
      id: mail?.id,
      position: 2,
      wait_mode: "hour",
      wait_time: 2,
      type: "auto_email",
      emailer_touches: [touchOf(rest)],
    },
  ];
  const sharing = {
    visibility: "restricted",
    access_type: "can_view",
    added_sharing_accesses: [
      { user_or_team_id: at.colleague, user_or_team_type: "user", access_type: "can_edit" },
    ],
  };
  const shared = { path: { id: at.sequenceId } };
  return [
    {
      path,
      body: {
        name: "Spoiled anew",
        active: false,
        creation_type: "draft",
        permissions: "private",
        user_id: at.colleague,
        emailer_schedule_id: at.schedule,
        label_names: ["South"],
        max_emails_per_day: 7,
        same_account_reply_delay_days: 8,
        cc_emails: "mona@norrland.example",
        bcc_emails: "crm@norrland.example",
        emailer_steps: stepsWith({}),
      },
    },
    { path, body: { emailer_steps: stepsWith({ generation_options: generated.generation_options }) } },
    { path, body: { emailer_steps: stepsWith({ generation_tone: generated.generation_tone }) } },
    { path, body: { sharing_permission: sharing } },
    {
      ...shared,
      body: {
        sharing_permission: {
          updated_sharing_accesses: [{ user_or_team_id: at.colleague, access_type: "can_view" }],
        },
      },
    },
    {
      ...shared,
      body: { sharing_permission: { deleted_sharing_accesses: [{ user_or_team_id: at.colleague }] } },
    },
  ];
}
