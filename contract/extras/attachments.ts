// Files that go along with mails. Ours: Apollo names attachments by id and does not publish how they come to be.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

/** 7 MB: in base64 that is what a request may hold. */
export const MOST_BYTES = 7_340_032;

const file = {
  file_name: fields.text(500).optional(),
  content_type: fields.text(200).optional(),
  content: z
    .string()
    .max(Math.ceil(MOST_BYTES / 3) * 4 + 4)
    .optional()
    .describe("The file in base64"),
};

export const attachment = z.strictObject({
  id: fields.id,
  file_name: z.string(),
  content_type: z.string(),
  size: z.int().describe("Size in bytes"),
});

export const attachments = {
  create: endpoint({
    method: "POST",
    path: "/attachments",
    scope: "attachments/create",
    access: "scoped",
    effect: "write",
    summary: "Upload an attachment",
    description:
      "Up to 7 MB. Send a form (`multipart/form-data`) with the part `file`, or JSON with `content` in base64. Use the id in `attachment_ids`.",
    input: z.object({ ...file, file: z.object(file).optional() }),
    output: z.strictObject({ attachment }),
  }),

  list: endpoint({
    method: "GET",
    path: "/attachments",
    scope: "attachments/index",
    access: "scoped",
    effect: "read",
    summary: "List attachments by id",
    description: "Keeps the order of the ids. Unknown ids are skipped.",
    input: z.object({ ids: z.array(fields.id).max(100) }),
    output: z.strictObject({ attachments: z.array(attachment) }),
  }),

  download: endpoint({
    method: "GET",
    path: "/attachments/{id}",
    scope: "attachments/show",
    access: "scoped",
    effect: "read",
    isFile: true,
    summary: "Download an attachment",
    input: z.object({ id: fields.id }),
    output: z.unknown(),
  }),
};
