import { perLanguage } from "../../../../language/per-language.ts";
import { t } from "../../../../language/t.ts";
import { FIRST_NAME, on, type WorkflowTemplate } from "./template.ts";

export const TASKS_AND_DEALS: readonly WorkflowTemplate[] = perLanguage(() => [
  {
    key: "meeting-deal",
    name: t("A booked meeting creates a deal"),
    says: t("Creates a deal that closes in 60 days when a contact books a meeting."),
    trigger: on("contact.meeting_booked"),
    reentry: { days: 90 },
    actions: [
      { type: "create_deal", name: t("Meeting with {name}", { name: FIRST_NAME }), closes_in_days: 60 },
    ],
  },
  {
    key: "score-task",
    name: t("Call contacts whose score rises"),
    says: t("Creates a call task when the score of a contact rises above a threshold."),
    trigger: on("contact.score_crossed", { direction: "up" }),
    reentry: { days: 30 },
    actions: [
      {
        type: "create_task",
        task_type: "call",
        title: t("Call {name}, whose score has risen", { name: FIRST_NAME }),
        priority: "high",
        due_in_hours: 24,
      },
    ],
  },
  {
    key: "stage-task",
    name: t("A stage creates a task"),
    says: t("Creates a task when a contact moves to a stage."),
    trigger: on("contact.stage_changed", { to: "" }),
    reentry: "every_time",
    actions: [
      {
        type: "create_task",
        task_type: "action_item",
        title: t("Next step with {name}", { name: FIRST_NAME }),
        priority: "medium",
        due_in_hours: 24,
      },
    ],
  },
]);
