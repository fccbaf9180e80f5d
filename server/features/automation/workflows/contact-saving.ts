// People of the store become contacts, and paid for where that costs something; whatever follows is done to the contacts.

import type { WorkflowAction } from "../../../domain/automation/workflow-steps.ts";
import { addPeopleToContacts } from "../../prospecting/prospecting/commands.ts";
import type { ActionOutcome, Doing, Outcomes } from "./outcomes.ts";

export async function saveContacts({
  act,
  action,
  rows,
}: Doing<Extract<WorkflowAction, { is: "save_as_contact" }>>): Promise<Outcomes> {
  const { added } = await addPeopleToContacts(act, {
    personIds: [...new Set(rows.map(({ entityId }) => entityId))],
    labelNames: action.labelNames.length > 0 ? action.labelNames : undefined,
    contactStageId: action.stageId ?? undefined,
    ownerId: action.ownerId ?? undefined,
    onlyWhatFits: false,
  });
  const byPerson = new Map(added.map((one) => [one.personId, one]));
  return new Map(
    rows.map((row): [string, ActionOutcome] => {
      const saved = byPerson.get(row.entityId);
      if (!saved) return [row.id, { outcome: "skipped", code: "not_found" }];
      const { contactId, outcome } = saved;
      return [
        row.id,
        { outcome: "done", code: null, contactId, data: { contact_id: contactId, how: outcome } },
      ];
    }),
  );
}
