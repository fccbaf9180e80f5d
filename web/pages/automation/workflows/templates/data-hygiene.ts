import { perLanguage } from "../../../../language/per-language.ts";
import { t } from "../../../../language/t.ts";
import { FIRST_NAME, on, type WorkflowTemplate } from "./template.ts";

export const DATA_HYGIENE: readonly WorkflowTemplate[] = perLanguage(() => [
  {
    key: "bounced-task",
    name: t("Find a new address after a bounce"),
    says: t("Adds contacts whose email bounced to a list and creates a task to find their new address."),
    trigger: on("message.bounced"),
    reentry: { days: 30 },
    actions: [
      { type: "add_to_list", label_names: [t("Bounced")] },
      {
        type: "create_task",
        task_type: "action_item",
        title: t("Find a new email address for {name}", { name: FIRST_NAME }),
        priority: "low",
        due_in_hours: 48,
      },
    ],
  },
  {
    key: "job-changed",
    name: t("Notice a new job"),
    says: t("Notifies you and creates a task when a contact has changed jobs."),
    trigger: on("person.job_changed"),
    reentry: "every_time",
    actions: [
      { type: "notify", text: t("{name} has a new job", { name: FIRST_NAME }) },
      {
        type: "create_task",
        task_type: "action_item",
        title: t("Congratulate {name} on the new job", { name: FIRST_NAME }),
        priority: "medium",
        due_in_hours: 24,
      },
    ],
  },
  {
    key: "phone-missing",
    name: t("Look for missing phone numbers"),
    says: t("Every Monday, enriches contacts without a phone number. Each contact is looked up once."),
    trigger: { type: "schedule", every: "week", weekday: 1, at: "07:00", time_zone: "UTC" },
    filters: { has_phone_number: false },
    actions: [{ type: "enrich" }],
  },
  {
    key: "unsubscribed-list",
    name: t("Collect contacts who unsubscribe"),
    says: t("Adds contacts to a list when they unsubscribe."),
    trigger: on("contact.unsubscribed"),
    actions: [{ type: "add_to_list", label_names: [t("Unsubscribed")] }],
  },
]);
