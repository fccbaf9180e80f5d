// Files that go along with mails: for those who brought them, and for those who see a mail or a step that they go along with.

import type { Act } from "../../../app.ts";
import { fromBase64, safeContentType, safeFileName } from "../../../domain/sequences/attached-files.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { say } from "../../../kernel/say.ts";
import { viewerIn } from "../../access/sharing/hiding.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { findAttachments, insertAttachment, seenFiles } from "./store.ts";

const MOST_BYTES = 7_340_032;

export type FileWish = {
  fileName: string | undefined;
  contentType: string | undefined;
  content: string | undefined;
};

export async function keepFile(act: Act, wish: FileWish) {
  const { db, caller, now } = act;
  if (!wish.content) throw new Refusal("attachment_empty");
  const content = fromBase64(wish.content);
  if (!content) throw new Refusal("parameter_invalid", { name: "content", why: say("is not base64") });
  const fileName = safeFileName(wish.fileName);
  if (content.length > MOST_BYTES)
    throw new Refusal("attachment_too_large", { name: fileName, limit: "7 MB" });
  const id = newId();
  const file = {
    id,
    userId: caller.userId,
    fileName,
    contentType: safeContentType(wish.contentType),
    content,
  };
  await insertAttachment(db, caller.teamId, file, now);
  await record(byCaller(act), {
    type: "attachment.created",
    subject: { type: "attachment", id },
    data: { size: content.length },
  });
  const [kept] = await findAttachments(db, caller.teamId, [id]);
  if (!kept) throw new Error("a file that was just kept is gone");
  return kept;
}

/** Files that mails or steps name must be there for the caller. */
export async function refuseUnknownAttachments(
  { db, caller }: Pick<Act, "db" | "caller">,
  ids: readonly string[],
) {
  if (ids.length === 0) return;
  const known = new Set(await seenFiles(db, caller.teamId, ids, viewerIn(caller)));
  const unknown = ids.find((id) => !known.has(id));
  if (unknown !== undefined) throw new Refusal("attachment_not_found", { id: unknown });
}
