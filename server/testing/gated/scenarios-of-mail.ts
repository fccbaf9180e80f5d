// Scenarios of the mail itself, and of the installation that sends it.

import type { GateCode } from "../../domain/gate/gate.ts";
import { contact, type Scenario, texts } from "./scenario.ts";

const FIXED = "what the mail says is fixed when it is claimed";
const TEXT = { claimed: FIXED, open: FIXED, released: FIXED };

export const OF_MAIL = {
  needs_review: {
    stop: async ({ team, touchId }) => team.api.touches.update({ id: touchId, status: "to_be_reviewed" }),
  },
  mail_unreadable: {
    unanswered: true, // nothing that cannot be read is saved
    stop: ({ sql, templateId }) =>
      sql("update templates set body_html = '<p>{{#if first_name}}Hi</p>' where id = $1", [templateId]),
    never: TEXT,
  },
  snippets_missing: {
    sequence: texts("Hello {{title}}"),
    contact: { title: "Director" },
    ...contact({ title: "" }),
    kinds: ["sequence"],
    never: TEXT,
  },
  personalized_opener_missing: {
    unanswered: true,
    stop: ({ sql, templateId, touchId }) =>
      sql(
        `with t as (update templates set body_html = '<p>{{personalized_opener}} Hi</p>' where id = $1)
         update step_touches set has_personalized_opener = true, personalized_opener_fallback_option = 'skip_email' where id = $2`,
        [templateId, touchId],
      ),
    kinds: ["sequence"],
    never: TEXT,
  },
  thread_reply_original_email_missing: {
    unanswered: true,
    stop: ({ sql, touchId }) =>
      sql("update step_touches set type = 'reply_to_thread' where id = $1", [touchId]),
    never: TEXT,
  },
  instance_fenced: {
    unanswered: true, // it is noticed
    stop: ({ sql }) =>
      sql("update installation set sending_held_since = now(), sending_held_because = '{copied_folder}'", []),
    tidy: ({ sql }) =>
      sql("update installation set sending_held_since = null, sending_held_because = '{}'", []),
    staysQueued: true,
    never: { before: "no lane is opened then, so nothing is claimed" },
  },
} satisfies Partial<Record<GateCode, Scenario>>;
