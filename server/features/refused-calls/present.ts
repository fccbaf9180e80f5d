// A call that was refused, in a sentence: what was asked for, and what was wanting.

import { endpoints, type ForbiddingCode, scopeName } from "@cadenza/contract";

const WANTING: Record<ForbiddingCode, string> = {
  scope_missing: "the key's scopes do not reach that far",
  token_scope_missing: "it was not granted that much",
  admin_only: "only an admin may",
  operator_only: "only the operator of the installation may",
  sequence_not_permitted: "the sequence is not theirs to change",
  template_not_permitted: "the template is not theirs to change",
  mailbox_of_another: "the mailbox is somebody else's",
  view_of_another: "the view is somebody else's",
  change_of_another: "somebody else made the change",
  joining_for_another: "only admins and master keys add contacts in another user's name",
  import_of_another: "the import is somebody else's",
  note_of_another: "the note is somebody else's",
  task_of_another: "the task is somebody else's",
  task_not_yours: "the task is somebody else's",
  mail_task_of_another: "the task is somebody else's",
  mail_contact_of_another: "the contact is somebody else's",
  mail_sender_not_permitted: "the mailbox is somebody else's",
  workflow_of_another: "the workflow is somebody else's",
  workflow_given_by_admin: "only an admin gives a workflow to somebody",
  opt_out_lifted_by_admins: "only an admin lifts an opt-out",
  copilot_of_another: "the copilot is somebody else's",
};

const SUMMARIES = new Map(endpoints.map(({ endpoint }) => [scopeName(endpoint), endpoint.summary]));

export const refusedCalls = {
  "access.refused": (who: string, { operation, code, times }: Record<string, unknown>) => {
    const call = String(operation);
    const summary = SUMMARIES.get(call);
    const asked = summary ? `“${summary}” (${bare(call)})` : bare(call);
    const often = times === 1 ? "" : ` ${times} times more within a minute`;
    return `${who} was refused ${asked}${often}: ${WANTING[code as ForbiddingCode]}`;
  },
};

function bare(operation: string) {
  return operation.replace(/^api\/v1\//, "");
}
