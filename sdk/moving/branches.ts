// Branches of sequences: which step stands on which path, what their conditions ask in the words of the target, and where contacts go on
// behind a step.

import type { Input } from "../client.ts";
import { type Copying, idAt } from "./copying.ts";
import type { Tree } from "./sequences.ts";

type Step = Tree["emailer_steps"][number];
type NewStep = NonNullable<Input<"sequences", "create">["emailer_steps"]>[number];
type Filters = Record<string, unknown>;

/** By the source's ids, the names of lists. */
type ListNames = ReadonlyMap<string, string>;

/** The condition names records that are not at the target. */
export class ConditionLost extends Error {}

/** By positions, since a new list has no ids. */
export function branchOf(
  copying: Copying,
  step: Step,
  steps: readonly Step[],
  lists: ListNames,
): Pick<NewStep, "branch_position" | "branch_path" | "condition"> {
  const at = (id: string | null | undefined) => steps.findIndex((one) => one.id === id) + 1;
  const parent = at(step.branch_step_id);
  return {
    ...(parent > 0 && { branch_position: parent, branch_path: step.branch_path }),
    ...(step.condition && {
      condition: {
        match: step.condition.match,
        wait_days: step.condition.wait_days,
        rules: step.condition.rules.map(({ step_id, filters, ...rule }) => ({
          ...rule,
          ...(at(step_id) > 0 && { step_position: at(step_id) }),
          ...(filters && { filters: filtersAt(copying, filters, lists) }),
        })),
      } as NewStep["condition"],
    }),
  };
}

/** Filters that name nothing mean the same everywhere. */
const NAMELESS =
  /^(?:q_\w+|display_name|email|contact_emails|email_statuses|contact_email_status|linkedin_url|person_linkedin_urls|label_names|do_not_contact|email_unsubscribed|has_\w+|contact_\w+_range|prospect_score_range)$/;

function filtersAt(copying: Copying, filters: Filters, lists: ListNames): Filters {
  const { contact_stage_ids, contact_label_ids, contact_owner_ids, typed_custom_fields, ...rest } = filters;
  if (typed_custom_fields || Object.keys(rest).some((name) => !NAMELESS.test(name)))
    throw new ConditionLost();
  const each = (ids: unknown, to: (id: string) => string | undefined) =>
    (Array.isArray(ids) ? ids.map(String) : []).map((id) => to(id) ?? lost());
  const stages = each(contact_stage_ids, (id) => idAt(copying, "contact_stages", id));
  const owners = each(contact_owner_ids, (id) => idAt(copying, "users", id));
  const names = each(contact_label_ids, (id) => lists.get(id));
  const known = Array.isArray(rest.label_names) ? rest.label_names : [];
  return {
    ...rest,
    ...(stages.length > 0 && { contact_stage_ids: stages }),
    ...(owners.length > 0 && { contact_owner_ids: owners }),
    ...(names.length > 0 && { label_names: [...new Set([...known, ...names])] }),
  };
}

function lost(): never {
  throw new ConditionLost();
}

/** The position at which a contact goes on behind a step: the rest of its path, then behind the branch. Null: nowhere. */
export function positionAfter(steps: readonly Step[], position: number): number | null {
  const step = steps[position - 1];
  if (!step) return null;
  const beside = (one: Step) =>
    (one.branch_step_id ?? null) === (step.branch_step_id ?? null) &&
    (one.branch_path ?? null) === (step.branch_path ?? null);
  const next = steps.findIndex((one, n) => n >= position && beside(one));
  if (next >= 0) return next + 1;
  const parent = steps.findIndex(({ id }) => id === step.branch_step_id);
  return parent < 0 ? null : positionAfter(steps, parent + 1);
}
