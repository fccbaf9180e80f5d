import type { Db } from "../../../db/connect.ts";
import { seesAttachment } from "../../access/sharing/sight-store.ts";

export type AttachmentRow = {
  id: string;
  userId: string;
  fileName: string;
  contentType: string;
  size: number;
  createdAt: Temporal.Instant;
};

type AttachedFile = { fileName: string; contentType: string; content: Buffer };

export function insertAttachment(
  db: Db,
  teamId: string,
  { id, userId, fileName, contentType, content }: AttachedFile & { id: string; userId: string },
  now: Temporal.Instant,
) {
  return db.run(
    `insert into attachments (team_id, id, user_id, file_name, content_type, size, content, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [teamId, id, userId, fileName, contentType, content.length, content, now],
  );
}

/** Without what is in them, in the order of the ids. */
export function findAttachments(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows<AttachmentRow>(
    `select id, user_id, file_name, content_type, size, created_at from attachments
      where team_id = $1 and id = any($2::text[]) order by array_position($2::text[], id::text)`,
    [teamId, ids],
  );
}

/** Those of the files that the viewer sees; null sees all. */
export async function seenFiles(db: Db, teamId: string, ids: readonly string[], viewerId: string | null) {
  const rows = await db.rows<{ id: string }>(
    `select a.id from attachments a where a.team_id = $1 and a.id = any($2::text[]) and ${seesAttachment("$3", "a")}`,
    [teamId, ids, viewerId],
  );
  const seen = new Set(rows.map(({ id }) => id));
  return ids.filter((id) => seen.has(id));
}

/** What goes along with a mail, in the order of the ids. */
export function attachmentsOf(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows<AttachedFile>(
    `select file_name, content_type, content from attachments
      where team_id = $1 and id = any($2::text[]) order by array_position($2::text[], id::text)`,
    [teamId, ids],
  );
}
