import assert from "node:assert/strict";
import { test } from "node:test";
import type { Ruleset } from "./queries.ts";
import { inheritedBy, sayRuleset } from "./words.ts";

const silent: Ruleset = {
  id: "0".repeat(24),
  name: "Quiet",
  default: false,
  mark_finished_if_reply: null,
  mark_finished_if_click: null,
  mark_finished_if_interested: null,
  mark_paused_if_ooo: null,
  days_to_wait_before_mark_as_response: null,
  same_account_reply_policy_cd: null,
  same_account_reply_delay_days: null,
  same_account_reply_scope: null,
  create_task_if_email_open: null,
  email_open_trigger_task_threshold: null,
  max_emails_per_day: null,
  max_new_contacts_per_day: null,
  ignore_apollo_global_email_bounce_list: null,
  contact_email_event_to_stage_mapping: {},
  num_sequences: 0,
  created_at: "2026-01-01T00:00:00.000Z",
  updated_at: "2026-01-01T00:00:00.000Z",
};

test("a ruleset is told by what it says itself", () => {
  assert.equal(sayRuleset(silent), "No rules of its own");
  assert.equal(
    sayRuleset({
      ...silent,
      mark_finished_if_reply: true,
      mark_paused_if_ooo: false,
      same_account_reply_policy_cd: "delay",
      same_account_reply_delay_days: 1,
      max_emails_per_day: 40,
    }),
    "Stops on reply, continues when out of office, delays colleagues of a contact who replies by 1 day, at most 40 emails a day",
  );
});

test("where it says nothing the team's default one holds, and behind that one nothing is known", () => {
  const usual = { ...silent, default: true, mark_finished_if_click: true };
  assert.deepEqual(inheritedBy(silent, usual).mark_finished_if_click, { value: true, origin: "team" });
  assert.equal(inheritedBy(silent, usual).mark_paused_if_ooo, undefined);
  assert.deepEqual(inheritedBy(usual, usual), {});
});
