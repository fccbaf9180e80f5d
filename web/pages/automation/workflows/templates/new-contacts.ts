import { perLanguage } from "../../../../language/per-language.ts";
import { t } from "../../../../language/t.ts";
import { FIRST_NAME, on, toSequence, type WorkflowTemplate } from "./template.ts";

export const NEW_CONTACTS: readonly WorkflowTemplate[] = perLanguage(() => [
  {
    key: "new-to-sequence",
    name: t("New contacts start a sequence"),
    says: t("Adds each new contact with a verified email address to a sequence."),
    trigger: on("contact.created"),
    filters: { email_statuses: ["verified"] },
    actions: [toSequence()],
  },
  {
    key: "new-enriched",
    name: t("Enrich new contacts"),
    says: t("Fills empty fields of each new contact with data from your providers."),
    trigger: on("contact.created"),
    actions: [{ type: "enrich" }],
  },
  {
    key: "new-shared-out",
    name: t("Share new contacts among owners"),
    says: t("Gives each new contact to the next of several owners."),
    trigger: on("contact.created"),
    actions: [{ type: "set_owner", owner_ids: [] }],
  },
  {
    key: "new-call",
    name: t("Call new contacts with a phone number"),
    says: t("Creates a call task within a day for each new contact with a phone number."),
    trigger: on("contact.created"),
    filters: { has_phone_number: true },
    actions: [
      {
        type: "create_task",
        task_type: "call",
        title: t("Call {name}", { name: FIRST_NAME }),
        priority: "medium",
        due_in_hours: 24,
      },
    ],
  },
]);
