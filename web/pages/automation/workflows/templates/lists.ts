import { perLanguage } from "../../../../language/per-language.ts";
import { t } from "../../../../language/t.ts";
import { on, toSequence, type WorkflowTemplate } from "./template.ts";

export const LISTS: readonly WorkflowTemplate[] = perLanguage(() => [
  {
    key: "list-to-sequence",
    name: t("A list feeds a sequence"),
    says: t("Adds each contact that is added to a list to a sequence."),
    trigger: on("label.records_added", { label_id: "" }),
    actions: [toSequence()],
  },
  {
    key: "list-leaves-sequence",
    name: t("Leaving a list ends a sequence"),
    says: t("Finishes contacts in a sequence when they are removed from a list."),
    trigger: on("label.records_removed", { label_id: "" }),
    reentry: "every_time",
    actions: [{ type: "remove_from_sequence", emailer_campaign_ids: [], mode: "mark_as_finished" }],
  },
  {
    key: "list-shared-out",
    name: t("Share a list among owners"),
    says: t("Gives each contact that is added to a list to the next of several owners."),
    trigger: on("label.records_added", { label_id: "" }),
    actions: [{ type: "set_owner", owner_ids: [] }],
  },
]);
