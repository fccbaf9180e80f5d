import type { Db } from "../../../db/connect.ts";
import type { BrakeCause, BrakeLevel, BrakeRulesChange } from "../../../domain/gate/brake-rules.ts";
import type { AccessType, Share } from "../../../domain/identity/sharing.ts";
import type { PriorityPolicy } from "../../../domain/sequences/priority.ts";
import type { Rules } from "../../../domain/sequences/rules.ts";
import { VISIBLE_TO } from "../../access/sharing/store.ts";
import { RULE_COLUMNS, ruleValues } from "../rulesets/store.ts";
import { orderBy, type SortField } from "./sorting-store.ts";

/** What a sequence says of itself; the rest of a row is counted or linked. */
export type SequenceValues = Rules & {
  name: string;
  description: string | null;
  isActive: boolean;
  archivedAt: Temporal.Instant | null;
  ownerId: string;
  scheduleId: string | null;
  folderId: string | null;
  rulesetId: string | null;
  byExactDaytime: boolean | null;
  allowedSendFromDomains: string[];
  ccEmails: string;
  bccEmails: string;
  deliveryPolicy: "never_twice" | "never_lost";
  onNotSent: "fail" | "continue";
  priorityPolicy: PriorityPolicy;
  sendsAtUsualHour: boolean;
  creationType: string;
  statusReason: string | null;
  visibility: "restricted" | "everyone";
  accessType: AccessType | null;
};

export type SequenceRow = SequenceValues & {
  id: string;
  createdAt: Temporal.Instant;
  updatedAt: Temporal.Instant;
  lastUsedAt: Temporal.Instant | null;
  labelIds: string[];
  starredBy: string[];
  excludedContactStageIds: string[];
  excludedAccountStageIds: string[];
  stageTriggers: Record<string, string>;
  shares: Share[];
  stepCount: number;
  abTestStepIds: string[];
  /** The one that is on. */
  brake: SequenceBrake | null;
  /** As the team has set its rules of brakes. */
  brakeRules: BrakeRulesChange;
};

type SequenceBrake = { level: BrakeLevel; cause: BrakeCause; percent: number; since: string };

const VALUES = `name, description, is_active, archived_at, owner_id, schedule_id, folder_id, ruleset_id, by_exact_daytime,
  allowed_send_from_domains, cc_emails, bcc_emails, creation_type, status_reason, visibility, access_type,
  delivery_policy, on_not_sent, priority_policy, sends_at_usual_hour, ${RULE_COLUMNS}`;

const COLUMNS = `s.id, ${VALUES}, s.created_at, s.updated_at, s.last_used_at,
  array(select l.label_id from sequence_labels l where l.team_id = s.team_id and l.sequence_id = s.id order by 1) as label_ids,
  array(select t.user_id from sequence_stars t where t.team_id = s.team_id and t.sequence_id = s.id order by 1) as starred_by,
  array(select x.stage_id from sequence_excluded_contact_stages x
         where x.team_id = s.team_id and x.sequence_id = s.id order by 1) as excluded_contact_stage_ids,
  array(select x.stage_id from sequence_excluded_account_stages x
         where x.team_id = s.team_id and x.sequence_id = s.id order by 1) as excluded_account_stage_ids,
  (select coalesce(jsonb_object_agg(g.event, g.stage_id), '{}') from sequence_stage_triggers g
    where g.team_id = s.team_id and g.sequence_id = s.id) as stage_triggers,
  (select coalesce(jsonb_agg(jsonb_build_object('granteeType', h.grantee_type, 'granteeId', h.grantee_id,
                                                'accessType', h.access_type)
                             order by h.grantee_type desc, h.grantee_id), '[]')
     from sequence_shares h where h.team_id = s.team_id and h.sequence_id = s.id) as shares,
  (select count(*) from sequence_steps p
    where p.team_id = s.team_id and p.sequence_id = s.id and p.version_id is null) as step_count,
  array(select p.id from sequence_steps p
         where p.team_id = s.team_id and p.sequence_id = s.id and p.version_id is null
           and (select count(*) from step_touches t
                 where t.team_id = p.team_id and t.step_id = p.id and t.status = 'approved') > 1
         order by p.position) as ab_test_step_ids,
  (select jsonb_build_object('level', b.level, 'cause', b.cause, 'percent', b.figures -> 'percent', 'since', b.since) from brakes b
    where b.team_id = s.team_id and b.scope = 'sequence' and b.subject_id = s.id and b.ended_at is null) as brake,
  (select t.brake_rules from teams t where t.id = s.team_id) as brake_rules`;

export function findSequence(db: Db, teamId: string, id: string) {
  return db.row<SequenceRow>(`select ${COLUMNS} from sequences s where s.team_id = $1 and s.id = $2`, [
    teamId,
    id,
  ]);
}

export function findSequences(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows<SequenceRow>(
    `select ${COLUMNS} from sequences s where s.team_id = $1 and s.id = any($2::text[]) order by s.id`,
    [teamId, ids],
  );
}

/** Waits at most this long for another change of the same sequence; the statement then fails. */
const LOCK_WAIT = "3s";

/** Locks the row, so that changes of a sequence, its steps or its contacts happen one after the other. */
export async function lockSequence(db: Db, teamId: string, id: string) {
  const [, found] = await Promise.all([
    db.run("select set_config('lock_timeout', $1, true)", [LOCK_WAIT]),
    db.run("select 1 from sequences where team_id = $1 and id = $2 for no key update", [teamId, id]),
    db.run("select set_config('lock_timeout', '0', true)"),
  ]);
  return found === 0 ? null : findSequence(db, teamId, id);
}

/** Nobody switches, archives or edits them until the transaction ends. Before their contacts, in the order of their ids. */
export function holdSequences(db: Db, teamId: string, ids: readonly string[]) {
  return db.run("select from sequences where team_id = $1 and id = any($2::text[]) order by id for share", [
    teamId,
    ids,
  ]);
}

export type SequenceSearch = {
  words: readonly string[];
  status: "active" | "inactive" | "archived" | "unarchived";
  ownerIds: readonly string[] | null;
  labelIds: readonly string[] | null;
  folderId: string | null;
  starredOnly: boolean;
  viewer: { userId: string; isAdmin: boolean };
  sort: SortField;
  ascending: boolean;
  limit: number;
  offset: number;
};

// The page is chosen first, so that linked rows are read for that page only. Hidden sequences are left out here, by the
// same rule as domain/identity/sharing.ts: paging needs it in the query.
function searchSql(sort: SortField, ascending: boolean) {
  const { order, join } = orderBy(sort, ascending);
  return `with page as materialized (
      select s.id, count(*) over () as total, row_number() over (order by ${order}) as place
        from sequences s ${join}
       where s.team_id = $1
         and ($2 = 'archived') = (s.archived_at is not null)
         and ($2 not in ('active', 'inactive') or s.is_active = ($2 = 'active'))
         and not exists (select from unnest($3::text[]) as word where position(lower(word) in lower(s.name)) = 0)
         and ($4::text[] is null or s.owner_id = any($4))
         and ($5::text[] is null or exists (select from sequence_labels l
               where l.team_id = $1 and l.sequence_id = s.id and l.label_id = any($5)))
         and ($6::text is null or s.folder_id = $6)
         and (not $7 or exists (select from sequence_stars t
               where t.team_id = $1 and t.sequence_id = s.id and t.user_id = $8))
         and ($9 or s.id in (${VISIBLE_TO("$8")}))
       order by ${order}
       limit $10 offset $11
    )
    select ${COLUMNS}, page.total
      from page join sequences s on s.team_id = $1 and s.id = page.id
     order by page.place`;
}

const SEARCH_SQL = new Map<string, string>();

export async function searchSequences(
  db: Db,
  teamId: string,
  search: SequenceSearch,
): Promise<{ sequences: SequenceRow[]; total: number }> {
  const key = `${search.sort} ${search.ascending}`;
  const sql = SEARCH_SQL.get(key) ?? searchSql(search.sort, search.ascending);
  SEARCH_SQL.set(key, sql);
  const rows = await db.rows<SequenceRow & { total: number }>(sql, [
    teamId,
    search.status,
    search.words,
    search.ownerIds,
    search.labelIds,
    search.folderId,
    search.starredOnly,
    search.viewer.userId,
    search.viewer.isAdmin,
    search.limit,
    search.offset,
  ]);
  if (rows.length > 0 || search.offset === 0) return { sequences: rows, total: rows[0]?.total ?? 0 };
  // Beyond the last page there is no row to carry the count.
  const { total } = await searchSequences(db, teamId, { ...search, limit: 1, offset: 0 });
  return { sequences: [], total };
}

export function insertSequence(
  db: Db,
  teamId: string,
  id: string,
  values: SequenceValues,
  now: Temporal.Instant,
) {
  return db.run(
    `insert into sequences (team_id, id, created_at, updated_at, ${VALUES})
     values ($1, $2, $3, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
             $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36)`,
    [teamId, id, now, ...valuesOf(values)],
  );
}

export function updateSequence(
  db: Db,
  teamId: string,
  id: string,
  values: SequenceValues,
  now: Temporal.Instant,
) {
  return db.run(
    `update sequences set (updated_at, ${VALUES}) =
       ($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
        $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36)
      where team_id = $1 and id = $2`,
    [teamId, id, now, ...valuesOf(values)],
  );
}

function valuesOf(values: SequenceValues) {
  return [
    values.name,
    values.description,
    values.isActive,
    values.archivedAt,
    values.ownerId,
    values.scheduleId,
    values.folderId,
    values.rulesetId,
    values.byExactDaytime,
    values.allowedSendFromDomains,
    values.ccEmails,
    values.bccEmails,
    values.creationType,
    values.statusReason,
    values.visibility,
    values.accessType,
    values.deliveryPolicy,
    values.onNotSent,
    values.priorityPolicy,
    values.sendsAtUsualHour,
    ...ruleValues(values),
  ];
}

/** Its steps or mails have changed. */
export function stampSequence(db: Db, teamId: string, id: string, now: Temporal.Instant) {
  return db.run("update sequences set updated_at = $3 where team_id = $1 and id = $2", [teamId, id, now]);
}

/** False where it was so already. */
export async function setStar(db: Db, teamId: string, id: string, userId: string, isStarred: boolean) {
  const changed = isStarred
    ? await db.run(
        "insert into sequence_stars (team_id, sequence_id, user_id) values ($1, $2, $3) on conflict do nothing",
        [teamId, id, userId],
      )
    : await db.run("delete from sequence_stars where team_id = $1 and sequence_id = $2 and user_id = $3", [
        teamId,
        id,
        userId,
      ]);
  return changed > 0;
}

/** When a contact was last added to each of the sequences. */
export function noteLastUses(db: Db, teamId: string) {
  return db.run(
    `update sequences s set last_used_at = e.at
       from (select sequence_id, max(added_at) as at from enrollments where team_id = $1 group by sequence_id) e
      where s.team_id = $1 and s.id = e.sequence_id`,
    [teamId],
  );
}
