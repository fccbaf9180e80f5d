import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { etag } from "../etags.ts";
import { editMode } from "../extras/edit-mode.ts";
import { folder } from "../extras/folders.ts";
import * as fields from "../fields.ts";

export const template = z.strictObject({
  id: fields.id,
  name: z.string().nullable(),
  user_id: fields.id.nullable(),
  starred_by_user_ids: z.array(fields.id),
  subject: z.string().nullable(),
  archived: z.boolean(),
  created_at: fields.stamp,
  global: z.boolean(),
  body_text: z.string().nullable(),
  body_html: z.string().nullable(),
  folder_id: fields.id.nullable(),
  creation_type: z.string(),
  label_ids: z.array(fields.id),
  prompt_id: z.null(),
  prompt_template_id: z.null(),
  description: z.null(),
  highlights: z.null(),
  has_ai_variables: z.boolean(),
  etag: etag(),
});

export const subject = fields.text(2000);
export const bodyHtml = fields.html(500_000);

const written = {
  name: fields.text(300).nullish(),
  subject: subject.nullish(),
  body_html: bodyHtml.nullish().describe("Unsafe HTML is removed; the plain text is made from it"),
  global: fields.flag.optional().describe("True shares it with the whole team"),
  folder_id: fields.id.nullish(),
  creation_type: fields.text(50).optional(),
};

export const templates = {
  create: endpoint({
    method: "POST",
    path: "/emailer_templates",
    scope: "emailer_templates/create",
    access: "scoped",
    effect: "write",
    summary: "Create an email template",
    wrapper: "emailer_template",
    input: z.object(written),
    output: z.strictObject({ emailer_template: template }),
  }),

  search: endpoint({
    method: "POST",
    also: ["GET"],
    path: "/emailer_templates/search",
    scope: "emailer_templates/search",
    access: "scoped",
    effect: "read",
    summary: "List named email templates",
    description: "Newest first.",
    input: z.object({
      ...fields.paging,
      q_name: fields.text(200).optional(),
      q_keywords: fields.text(200).optional().describe("Words in the name, subject or body"),
      folder_id: fields.id.optional(),
      archived: fields.flag.optional(),
    }),
    output: z.strictObject({
      emailer_templates: z.array(template),
      folders: z.array(folder),
      pagination: fields.pagination,
    }),
  }),

  show: endpoint({
    method: "GET",
    path: "/emailer_templates/{id}",
    scope: "emailer_templates/show",
    access: "scoped",
    effect: "read",
    summary: "Show an email template",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ emailer_template: template }),
  }),

  update: endpoint({
    method: "PUT",
    also: ["PATCH"],
    path: "/emailer_templates/{id}",
    scope: "emailer_templates/update",
    access: "scoped",
    effect: "write",
    summary: "Update an email template, or the email of a step",
    wrapper: "emailer_template",
    ifMatch: { record: template, shows: { edit_mode: null } },
    input: z.object({
      id: fields.id,
      ...written,
      archived: fields.flag.optional().describe("True archives it; false takes it out of the archive"),
      edit_mode: editMode,
    }),
    output: z.strictObject({ emailer_template: template }),
  }),

  archive: endpoint({
    method: "POST",
    path: "/emailer_templates/{id}/archive",
    scope: "emailer_templates/archive",
    access: "scoped",
    effect: "write",
    summary: "Archive an email template",
    description: "Steps that use it keep it.",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ emailer_template: template }),
  }),
};
