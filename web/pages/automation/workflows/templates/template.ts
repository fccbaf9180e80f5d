// What a workflow may begin with. A value that is left empty is a blank, which the user fills before it is created.

import type { NewWorkflow } from "../queries.ts";

export type WorkflowTemplate = {
  key: string;
  name: string;
  says: string;
  /** The time zone of a schedule becomes the user's. */
  trigger: NewWorkflow["trigger"];
  filters?: NonNullable<NewWorkflow["filters"]>;
  reentry?: NonNullable<NewWorkflow["reentry"]>;
  actions: NewWorkflow["actions"];
};

export const on = (event: string, data?: Record<string, string>): NewWorkflow["trigger"] =>
  data ? { type: "event", event, data } : { type: "event", event };

/** As the texts of tasks, deals and notifications have it. */
export const FIRST_NAME = "{{first_name}}";

export const toSequence = (): NewWorkflow["actions"][number] => ({
  type: "add_to_sequence",
  emailer_campaign_id: "",
  send_email_from_email_account_id: [],
});
