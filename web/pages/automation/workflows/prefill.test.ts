import assert from "node:assert/strict";
import { test } from "node:test";
import { addingTemplates, addsTo, prefilled } from "./prefill.ts";

test("a template that adds to a sequence is filled with the sequence and the mailboxes", () => {
  const template = addingTemplates().find(({ key }) => key === "list-to-sequence");
  assert.ok(template);
  assert.deepEqual(prefilled(template, {}), template);
  assert.deepEqual(prefilled(template, { sequence: "s", mailbox: "m,n" }).actions, [
    { type: "add_to_sequence", emailer_campaign_id: "s", send_email_from_email_account_id: ["m", "n"] },
  ]);
});

test("a workflow adds to a sequence also where the action is in a branch", () => {
  const add = { type: "add_to_sequence", emailer_campaign_id: "s" };
  assert.equal(addsTo("s", [add]), true);
  assert.equal(addsTo("other", [add]), false);
  assert.equal(addsTo("s", [{ type: "branch", paths: [{ actions: [add] }] }]), true);
  assert.equal(addsTo("s", [{ type: "remove_from_sequence", emailer_campaign_ids: ["s"] }]), false);
});
