import { perLanguage } from "../../../../language/per-language.ts";
import { t } from "../../../../language/t.ts";
import { FIRST_NAME, on, toSequence, type WorkflowTemplate } from "./template.ts";

export const FOLLOW_UP: readonly WorkflowTemplate[] = perLanguage(() => [
  {
    key: "clicked-call",
    name: t("Call contacts who click a link"),
    says: t("Creates a call task when a person clicks a link in an email, at most once in 30 days."),
    trigger: on("message.clicked"),
    reentry: { days: 30 },
    actions: [
      {
        type: "create_task",
        task_type: "call",
        title: t("Call {name}, who clicked a link", { name: FIRST_NAME }),
        priority: "high",
        due_in_hours: 8,
      },
    ],
  },
  {
    key: "opened-list",
    name: t("Collect contacts who open emails"),
    says: t("Adds contacts to a list when a person opens an email."),
    trigger: on("message.opened"),
    actions: [{ type: "add_to_list", label_names: [t("Opened an email")] }],
  },
  {
    key: "stage-to-sequence",
    name: t("A stage starts a sequence"),
    says: t("Adds each contact that moves to a stage to a sequence."),
    trigger: on("contact.stage_changed", { to: "" }),
    actions: [toSequence()],
  },
  {
    key: "finished-again",
    name: t("Start again after two months"),
    says: t("Waits 60 days after a contact has finished a sequence, then adds them to another one."),
    trigger: on("enrollment.finished"),
    actions: [{ type: "wait", days: 60 }, toSequence()],
  },
  {
    key: "renewal-task",
    name: t("Write before a renewal date"),
    says: t("Creates a task to write to each contact 30 days before the date in a field."),
    trigger: { type: "date_field", field: "", days: -30, at: "09:00" },
    actions: [
      {
        type: "create_task",
        task_type: "action_item",
        title: t("Write to {name} about the renewal", { name: FIRST_NAME }),
        priority: "high",
        due_in_hours: 24,
      },
    ],
  },
  {
    key: "after-close",
    name: t("Ask how it goes after a deal"),
    says: t("Creates a task to talk to the contacts of a deal 30 days after it was closed."),
    trigger: { type: "date_field", field: "actual_close_date", days: 30, at: "09:00" },
    actions: [
      {
        type: "create_task",
        task_type: "call",
        title: t("Ask {name} how it goes", { name: FIRST_NAME }),
        priority: "medium",
        due_in_hours: 48,
      },
    ],
  },
  {
    key: "meeting-cancelled",
    name: t("Offer a new time after a canceled meeting"),
    says: t("Creates a task when a contact cancels a meeting."),
    trigger: on("contact.meeting_cancelled"),
    reentry: "every_time",
    actions: [
      {
        type: "create_task",
        task_type: "action_item",
        title: t("Offer {name} a new time", { name: FIRST_NAME }),
        priority: "high",
        due_in_hours: 4,
      },
    ],
  },
]);
