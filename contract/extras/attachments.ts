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
    .describe("In base64"),
};

export const attachment = z.strictObject({
  id: fields.id,
  file_name: z.string(),
  content_type: z.string(),
  size: z.int().describe("In bytes"),
});

export const attachments = {
  create: endpoint({
    method: "POST",
    path: "/attachments",
    scope: "attachments/create",
    access: "scoped",
    effect: "write",
    summary: "Uploads a file of up to 7 MB, to be named in attachment_ids",
    description:
      "As a form (`multipart/form-data`) with the part `file`, or as JSON with `content` in base64.",
    input: z.object({ ...file, file: z.object(file).optional() }),
    output: z.strictObject({ attachment }),
  }),

  list: endpoint({
    method: "GET",
    path: "/attachments",
    scope: "attachments/index",
    access: "scoped",
    effect: "read",
    summary: "Says what the files of these ids are, in their order; an id that is unknown is left out",
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
    summary: "Downloads a file",
    input: z.object({ id: fields.id }),
    output: z.unknown(),
  }),
};
