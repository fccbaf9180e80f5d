// A template for one sequence: its blanks are filled with the sequence and the mailboxes that the address names.

import type { Address } from "../../../parts/address.ts";
import { allTemplates } from "./templates/all.ts";
import type { WorkflowTemplate } from "./templates/template.ts";

const ADDS = "add_to_sequence";

/** Templates that add contacts to a sequence. */
export function addingTemplates() {
  return allTemplates().filter(({ actions }) => actions.some(({ type }) => type === ADDS));
}

export function prefilled(
  template: WorkflowTemplate,
  { sequence, mailbox }: Pick<Address, "sequence" | "mailbox">,
): WorkflowTemplate {
  if (!sequence) return template;
  const actions = template.actions.map((action) =>
    action.type === ADDS
      ? {
          ...action,
          emailer_campaign_id: sequence,
          send_email_from_email_account_id: mailbox ? mailbox.split(",") : [],
        }
      : action,
  );
  return { ...template, actions };
}

/** Whether an action, or one in its branches, adds contacts to the sequence. */
export function addsTo(sequenceId: string, actions: unknown): boolean {
  if (Array.isArray(actions)) return actions.some((one) => addsTo(sequenceId, one));
  if (typeof actions !== "object" || actions === null) return false;
  const isOne =
    "type" in actions &&
    actions.type === ADDS &&
    "emailer_campaign_id" in actions &&
    actions.emailer_campaign_id === sequenceId;
  return isOne || addsTo(sequenceId, Object.values(actions));
}
