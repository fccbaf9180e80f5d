import type { Db } from "../../../db/connect.ts";
import type { TrackingFault, TrackingState } from "../../../domain/contacts/tracking-domains.ts";

export type TrackingDomain = {
  id: string;
  domain: string;
  isDefault: boolean;
  state: TrackingState;
  verifiedAt: Temporal.Instant | null;
  checkedAt: Temporal.Instant | null;
  fault: TrackingFault | null;
  pointsTo: string | null;
  failures: number;
  createdAt: Temporal.Instant;
};

const COLUMNS =
  "id, domain, is_default, state, verified_at, checked_at, fault, points_to, failures, created_at";

export function listTrackingDomains(db: Db, teamId: string) {
  return db.rows<TrackingDomain>(
    `select ${COLUMNS} from tracking_domains where team_id = $1 order by created_at, id`,
    [teamId],
  );
}

export function findTrackingDomain(db: Db, teamId: string, id: string) {
  return db.row<TrackingDomain>(`select ${COLUMNS} from tracking_domains where team_id = $1 and id = $2`, [
    teamId,
    id,
  ]);
}

/** All of them, so that a change of the default meets no other. */
export function lockTrackingDomains(db: Db, teamId: string) {
  return db.rows<TrackingDomain>(
    `select ${COLUMNS} from tracking_domains where team_id = $1 order by id for update`,
    [teamId],
  );
}

/** New domains of a team come one after the other. */
export function lockTeam(db: Db, teamId: string) {
  return db.run("select 1 from teams where id = $1 for no key update", [teamId]);
}

/** Of any team. */
export async function isTrackingDomain(db: Db, name: string) {
  const row = await db.row<{ is: boolean }>('select is_tracking_domain($1) as "is"', [name]);
  return row?.is ?? false;
}

type New = Pick<TrackingDomain, "id" | "domain" | "isDefault"> & { by: string | null; now: Temporal.Instant };

/** False where another team was quicker. */
export async function insertTrackingDomain(db: Db, teamId: string, { id, domain, isDefault, by, now }: New) {
  const inserted = await db.run(
    `insert into tracking_domains (team_id, id, domain, is_default, check_at, created_at, created_by)
     values ($1, $2, $3, $4, $5, $5, $6) on conflict (domain) do nothing`,
    [teamId, id, domain, isDefault, now, by],
  );
  return inserted > 0;
}

export async function setDefault(db: Db, teamId: string, id: string | null) {
  await db.run(
    "update tracking_domains set is_default = false where team_id = $1 and is_default and id is distinct from $2",
    [teamId, id],
  );
  await db.run("update tracking_domains set is_default = true where team_id = $1 and id = $2", [teamId, id]);
}

export function deleteTrackingDomain(db: Db, teamId: string, id: string) {
  return db.run("delete from tracking_domains where team_id = $1 and id = $2", [teamId, id]);
}

/** Takes so many for the caller: no other process looks at them before `again`. */
export function takeDue(
  db: Db,
  teamId: string,
  { now, again, limit }: { now: Temporal.Instant; again: Temporal.Instant; limit: number },
) {
  return db.rows<TrackingDomain>(
    `update tracking_domains set check_at = $3
      where team_id = $1 and id in (select id from tracking_domains where team_id = $1 and check_at <= $2
                                     order by check_at limit $4 for update skip locked)
      returning ${COLUMNS}`,
    [teamId, now, again, limit],
  );
}

export function writeLook(
  db: Db,
  teamId: string,
  row: Omit<TrackingDomain, "domain" | "isDefault" | "createdAt"> & { checkAt: Temporal.Instant },
) {
  return db.run(
    `update tracking_domains
        set state = $3, verified_at = $4, checked_at = $5, fault = $6, points_to = $7, failures = $8, check_at = $9
      where team_id = $1 and id = $2`,
    [
      teamId,
      row.id,
      row.state,
      row.verifiedAt,
      row.checkedAt,
      row.fault,
      row.pointsTo,
      row.failures,
      row.checkAt,
    ],
  );
}
