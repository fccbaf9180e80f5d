import type { AttachmentRow } from "./store.ts";

export function presentAttachment({ id, fileName, contentType, size }: AttachmentRow) {
  return { id, file_name: fileName, content_type: contentType, size };
}
