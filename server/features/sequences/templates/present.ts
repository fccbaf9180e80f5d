import { stored } from "../../../kernel/moments.ts";
import type { TemplateRow } from "./store.ts";

export function presentTemplate(template: TemplateRow) {
  return {
    id: template.id,
    name: template.name,
    user_id: template.userId,
    starred_by_user_ids: template.starredBy,
    subject: template.subject,
    archived: template.archivedAt !== null,
    created_at: stored(template.createdAt),
    global: template.isGlobal,
    body_text: template.bodyText,
    body_html: template.bodyHtml,
    folder_id: template.folderId,
    creation_type: template.creationType,
    label_ids: [],
    prompt_id: null,
    prompt_template_id: null,
    description: null,
    highlights: null,
    has_ai_variables: false,
  };
}
