import type { Example } from "../endpoint.ts";

const replied = {
  id: "64f0aa000000000000000057",
  team_id: "64f0aa000000000000000001",
  display_name: "Replied",
  name: "Replied",
  display_order: 2,
  ignore_trigger_override: false,
  category: "in_progress",
  is_meeting_set: false,
};

const client = {
  id: "64f0aa0000000000000000a5",
  team_id: "64f0aa000000000000000001",
  display_name: "Current Client",
  name: "Current Client",
  display_order: 2,
  default_exclude_for_leadgen: true,
  category: "succeeded",
  is_meeting_set: false,
};

export const stages: Record<string, readonly Example[]> = {
  "contactStages.list": [
    { isShownElsewhere: true, title: "All stages", input: {}, answer: { contact_stages: [replied] } },
  ],
  "accountStages.list": [{ title: "All stages", input: {}, answer: { account_stages: [client] } }],
};
