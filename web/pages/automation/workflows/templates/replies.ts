import { perLanguage } from "../../../../language/per-language.ts";
import { t } from "../../../../language/t.ts";
import { FIRST_NAME, on, type WorkflowTemplate } from "./template.ts";

export const REPLIES: readonly WorkflowTemplate[] = perLanguage(() => [
  {
    key: "reply-meeting",
    name: t("Call contacts who want to meet"),
    says: t("Creates an urgent call task and notifies you when a reply asks for a meeting."),
    trigger: on("message.replied", { reply_class: "willing_to_meet" }),
    reentry: "every_time",
    actions: [
      {
        type: "create_task",
        task_type: "call",
        title: t("{name} wants to meet", { name: FIRST_NAME }),
        priority: "high",
        due_in_hours: 4,
      },
      { type: "notify", text: t("{name} wants to meet", { name: FIRST_NAME }) },
    ],
  },
  {
    key: "reply-question",
    name: t("Answer questions the same day"),
    says: t("Creates a task within four hours when a reply asks a question."),
    trigger: on("message.replied", { reply_class: "follow_up_question" }),
    reentry: "every_time",
    actions: [
      {
        type: "create_task",
        task_type: "action_item",
        title: t("Answer the question of {name}", { name: FIRST_NAME }),
        priority: "high",
        due_in_hours: 4,
      },
    ],
  },
  {
    key: "reply-referral",
    name: t("Follow referrals"),
    says: t("Creates a task when a reply names another person to talk to."),
    trigger: on("message.replied", { reply_class: "person_referral" }),
    reentry: "every_time",
    actions: [
      {
        type: "create_task",
        task_type: "action_item",
        title: t("Contact the person whom {name} named", { name: FIRST_NAME }),
        priority: "medium",
        due_in_hours: 24,
      },
    ],
  },
  {
    key: "reply-not-interested",
    name: t("Collect contacts who are not interested"),
    says: t("Adds contacts to a list when they reply that they are not interested."),
    trigger: on("message.replied", { reply_class: "not_interested" }),
    actions: [{ type: "add_to_list", label_names: [t("Not interested")] }],
  },
]);
