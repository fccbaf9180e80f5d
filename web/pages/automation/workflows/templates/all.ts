import { perLanguage } from "../../../../language/per-language.ts";
import { t } from "../../../../language/t.ts";
import { DATA_HYGIENE } from "./data-hygiene.ts";
import { FOLLOW_UP } from "./follow-up.ts";
import { LISTS } from "./lists.ts";
import { NEW_CONTACTS } from "./new-contacts.ts";
import { REPLIES } from "./replies.ts";
import { TASKS_AND_DEALS } from "./tasks-and-deals.ts";
import type { WorkflowTemplate } from "./template.ts";

type TemplateGroup = { key: string; name: string; templates: readonly WorkflowTemplate[] };

const GROUPS: readonly TemplateGroup[] = perLanguage(() => [
  { key: "new", name: t("New contacts"), templates: NEW_CONTACTS },
  { key: "replies", name: t("Replies"), templates: REPLIES },
  { key: "lists", name: t("Lists"), templates: LISTS },
  { key: "follow-up", name: t("Follow-up"), templates: FOLLOW_UP },
  { key: "tasks", name: t("Tasks and deals"), templates: TASKS_AND_DEALS },
  { key: "hygiene", name: t("Data hygiene"), templates: DATA_HYGIENE },
]);

export function allTemplates() {
  return GROUPS.flatMap(({ templates }) => [...templates]);
}

/** Those with every word in their name or sentence, by group; a group without one is left out. */
export function searchTemplates(words: string): TemplateGroup[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return GROUPS.map((group) => {
    const templates = group.templates.filter(({ name, says }) => {
      const text = `${group.name} ${name} ${says}`.toLowerCase();
      return wanted.every((word) => text.includes(word));
    });
    return { key: group.key, name: group.name, templates };
  }).filter(({ templates }) => templates.length > 0);
}
