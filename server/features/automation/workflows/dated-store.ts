// Records by their dates: custom fields of contacts, accounts and deals, and the dates of deals themselves. A deal's date is about
// its contacts and its account.

import type { Db } from "../../../db/connect.ts";
import type { DealDate } from "../../../domain/automation/date-trigger.ts";
import type { DateTrigger, Entity } from "../../../domain/automation/workflow.ts";

export type DatedRecord = { entityId: string; date: Temporal.PlainDate };

type Wish = {
  /** Null: it is not saved. */
  workflowId: string | null;
  entity: Entity;
  trigger: DateTrigger;
  first: Temporal.PlainDate;
  last: Temporal.PlainDate;
  most: number;
  newestFirst?: boolean;
};

/** Those with a date from the first to the last, once for each date; without those whom the workflow has looked at for it. */
export function findDated(db: Db, teamId: string, wish: Wish): Promise<DatedRecord[]> {
  const { workflowId, entity, trigger, first, last, most, newestFirst = false } = wish;
  if (entity === "person") return Promise.resolve([]); // they have no dates
  return db.rows<DatedRecord>(
    `select entity_id, date from (select distinct entity_id, date from (${datesOf(entity, trigger.field)}) all_dates
             where date between $4 and $5) dated
      where not exists (select 1 from workflow_candidates c
                         where c.team_id = $1 and c.workflow_id = $6 and c.entity_id = dated.entity_id
                           and c.trigger_key = 'date:' || $2 || ':' || dated.date)
      order by date ${newestFirst ? "desc" : "asc"}, entity_id limit $7`,
    [teamId, trigger.field, trigger.zone, first, last, workflowId, most],
  );
}

const VALUE = "coalesce(v.date_value, (v.moment_value at time zone $3)::date)";
const OPEN =
  "not coalesce((select s.is_closed from deal_stages s where s.team_id = $1 and s.id = d.stage_id), false)";

const DATES: Record<DealDate, string> = {
  closed_date: `select d.id, d.account_id, d.closes_on as date from deals d where d.team_id = $1 and ${OPEN}`,
  next_step_date: `select d.id, d.account_id, d.next_step_on as date from deals d where d.team_id = $1 and ${OPEN}`,
  actual_close_date:
    "select d.id, d.account_id, d.actually_closed_on as date from deals d where d.team_id = $1",
};

const isOfDeals = (field: string): field is DealDate => Object.hasOwn(DATES, field);

/** $2 is the field and $3 the time zone of a moment's day; each is named, so that the database knows its type. */
function datesOf(entity: "contact" | "account", field: string) {
  const deals = isOfDeals(field)
    ? DATES[field]
    : `select d.id, d.account_id, ${VALUE} as date from deal_field_values v join deals d on d.team_id = $1 and d.id = v.deal_id
        where v.team_id = $1 and v.field_id = $2`;
  const through =
    entity === "account"
      ? `select x.account_id::text as entity_id, x.date from (${deals}) x where x.account_id is not null and ${KNOWN}`
      : `select r.contact_id::text as entity_id, x.date from (${deals}) x
           join deal_contacts r on r.team_id = $1 and r.deal_id = x.id where ${KNOWN}`;
  if (isOfDeals(field)) return through;
  return `select v.${entity}_id::text as entity_id, ${VALUE} as date from ${entity}_field_values v
           where v.team_id = $1 and v.field_id = $2 union all ${through}`;
}

const KNOWN = "$2::text is not null and $3::text is not null";
