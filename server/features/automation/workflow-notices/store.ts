import type { Db } from "../../../db/connect.ts";

export type NoticeRow = {
  id: string;
  userId: string;
  workflowId: string;
  workflowName: string;
  candidateId: string;
  entityId: string;
  contactId: string | null;
  text: string;
  createdAt: Temporal.Instant;
  readAt: Temporal.Instant | null;
};

type NewNotice = Omit<NoticeRow, "workflowName" | "createdAt" | "readAt">;

export function insertNotices(db: Db, teamId: string, notices: readonly NewNotice[], now: Temporal.Instant) {
  return db.run(
    `insert into workflow_notices (team_id, id, user_id, workflow_id, candidate_id, entity_id, contact_id, text, created_at)
     select $1, id, user_id, workflow_id, candidate_id, entity_id, contact_id, text, $3
       from jsonb_to_recordset($2::jsonb) as t (id text, user_id text, workflow_id text, candidate_id text, entity_id text,
            contact_id text, text text)`,
    [
      teamId,
      JSON.stringify(
        notices.map(({ id, userId, workflowId, candidateId, entityId, contactId, text }) => ({
          id,
          user_id: userId,
          workflow_id: workflowId,
          candidate_id: candidateId,
          entity_id: entityId,
          contact_id: contactId,
          text,
        })),
      ),
      now,
    ],
  );
}

const COLUMNS = `n.id, n.user_id, n.workflow_id, w.name as workflow_name, n.candidate_id, n.entity_id, n.contact_id, n.text,
  n.created_at, n.read_at`;
const WHOLE = "workflow_notices n join workflows w on w.team_id = n.team_id and w.id = n.workflow_id";

type NoticeSearch = { userId: string; isUnread: boolean | null; limit: number; offset: number };

export async function searchNotices(
  db: Db,
  teamId: string,
  { userId, isUnread, limit, offset }: NoticeSearch,
) {
  const where = "n.team_id = $1 and n.user_id = $2 and ($3::boolean is null or (n.read_at is null) = $3)";
  const [rows, count] = await Promise.all([
    db.rows<NoticeRow>(
      `select ${COLUMNS} from ${WHOLE} where ${where} order by n.created_at desc, n.id desc limit $4 offset $5`,
      [teamId, userId, isUnread, limit, offset],
    ),
    db.row<{ total: number }>(`select count(*) as total from workflow_notices n where ${where}`, [
      teamId,
      userId,
      isUnread,
    ]),
  ]);
  return { rows, total: count?.total ?? 0 };
}

/** Read once stays read then. Null where it is not theirs. */
export async function readNotice(db: Db, teamId: string, userId: string, id: string, now: Temporal.Instant) {
  await db.run(
    "update workflow_notices set read_at = coalesce(read_at, $4) where team_id = $1 and user_id = $2 and id = $3",
    [teamId, userId, id, now],
  );
  return db.row<NoticeRow>(
    `select ${COLUMNS} from ${WHOLE} where n.team_id = $1 and n.user_id = $2 and n.id = $3`,
    [teamId, userId, id],
  );
}

export function deleteOldNotices(db: Db, teamId: string, before: Temporal.Instant) {
  return db.run("delete from workflow_notices where team_id = $1 and created_at < $2", [teamId, before]);
}
