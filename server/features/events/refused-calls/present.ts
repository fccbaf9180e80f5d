// A call that was refused, in a sentence: what was asked for, and what was wanting.

import { endpoints, type ForbiddingCode, scopeName } from "@cadenza/contract";
import { say, texts } from "../../../kernel/say.ts";

const WANTING: Record<ForbiddingCode, string> = texts({
  scope_missing: "the API key does not have this scope",
  token_scope_missing: "the access token does not have this scope",
  strict_scope_on_free: "the API key does not have this scope",
  admin_only: "only an admin can do this",
  operator_only: "only the operator of the installation can do this",
  sequence_not_permitted: "the sequence belongs to another user",
  template_not_permitted: "the template belongs to another user",
  mailbox_of_another: "the mailbox belongs to another user",
  view_of_another: "the view belongs to another user",
  change_of_another: "another user made the change",
  joining_for_another: "only admins and master keys can add contacts on behalf of another user",
  import_of_another: "the import belongs to another user",
  note_of_another: "the note belongs to another user",
  conversation_not_yours: "another user hosted and added the conversation",
  task_of_another: "the task belongs to another user",
  task_not_yours: "the task belongs to another user",
  mail_task_of_another: "the task belongs to another user",
  mail_contact_of_another: "the contact belongs to another user",
  mail_sender_not_permitted: "the mailbox belongs to another user",
  workflow_of_another: "the workflow belongs to another user",
  workflow_given_by_admin: "only an admin can change the owner of a workflow",
  opt_out_lifted_by_admins: "only an admin can remove an opt-out",
  copilot_of_another: "the copilot belongs to another user",
});

const SUMMARIES = new Map(endpoints.map(({ endpoint }) => [scopeName(endpoint), endpoint.summary]));

export const refusedCalls = {
  "access.refused": (who: string, { operation, code, times }: Record<string, unknown>) => {
    const call = String(operation);
    const summary = SUMMARIES.get(call);
    const asked = summary ? `“${summary}” (${bare(call)})` : bare(call);
    const often = times === 1 ? "" : say(" {times} times within a minute", { times });
    return say("{who} was refused {asked}{often}: {code}", {
      who,
      asked,
      often,
      code: WANTING[code as ForbiddingCode],
    });
  },
};

function bare(operation: string) {
  return operation.replace(/^api\/v1\//, "");
}
