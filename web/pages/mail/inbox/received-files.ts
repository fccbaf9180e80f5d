// Attachments of an email that came, read from its mailbox.

import { base64Of } from "../../../parts/mail/base64.ts";
import { api } from "../../../session.ts";
import type { Incoming } from "./queries.ts";

type ReceivedFile = Incoming["attachments"][number];

/** What one email that is sent can take along, of each file and of all. */
const MOST_BYTES = 7_000_000;
const MOST_FILES = 20;

export async function fetchFile(id: string, { position, content_type }: ReceivedFile) {
  const file = await api.incomingMails.attachment({ id, position });
  return new Blob([await file.bytes()], { type: content_type });
}

/** Which go along when the email is forwarded: pictures in its text do not. */
export function forwardable({ attachments }: Pick<Incoming, "attachments">) {
  const files = attachments.filter(({ is_inline }) => !is_inline);
  const fitting = files.filter(({ size }) => size <= MOST_BYTES).slice(0, MOST_FILES);
  return { fitting, left: files.filter((file) => !fitting.includes(file)) };
}

/** Copies that an email of ours can take along; answers their ids. */
export async function copyFiles(mail: Pick<Incoming, "id" | "attachments">) {
  const ids: string[] = [];
  for (const file of forwardable(mail).fitting) {
    const content = await base64Of(await fetchFile(mail.id, file));
    const { file_name, content_type } = file;
    ids.push((await api.attachments.create({ file_name, content_type, content })).attachment.id);
  }
  return ids;
}
