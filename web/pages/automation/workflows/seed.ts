// A workflow that is not created yet, as the editor takes it: what a template says, in the user's time zone.

import type { Workflow } from "./queries.ts";
import type { WorkflowTemplate } from "./templates/template.ts";

export type Seed = Pick<
  Workflow,
  | "entity"
  | "warnings"
  | "trigger"
  | "filters"
  | "net_new"
  | "reentry"
  | "caps"
  | "actions"
  | "version"
  | "updated_at"
>;

export function seedOf(
  { trigger, filters = {}, reentry = "once", actions }: WorkflowTemplate,
  zone: string,
): Seed {
  return {
    entity: "contact",
    warnings: [],
    trigger: trigger.type === "schedule" ? { ...trigger, time_zone: zone } : trigger,
    filters,
    net_new: false,
    reentry,
    caps: { per_run: null, per_day: null, per_owner: null },
    actions,
    version: 0,
    updated_at: "",
  };
}
