// The fields a team adds of its own, and what stands in them. Contacts, accounts and deals keep their values in
// three tables of one shape, so each statement here exists three times.

import type { Db } from "../../db/connect.ts";
import type { FieldDefinition, FieldValue } from "../../domain/custom-fields.ts";

export type Modality = "contact" | "account" | "opportunity";

export type FieldRow = FieldDefinition & {
  modality: Modality;
  position: number;
  createdAt: Temporal.Instant;
  updatedAt: Temporal.Instant;
};

export function listFields(db: Db, teamId: string, modality: Modality) {
  return db.rows<FieldRow>(
    `select f.id, f.modality, f.name, f.type, f.text_max_length, f.position, f.created_at, f.updated_at,
            coalesce(o.options, '[]') as options
       from custom_fields f
       left join lateral (
              select jsonb_agg(jsonb_build_object('id', id, 'name', name) order by position, id) as options
                from custom_field_options
               where team_id = f.team_id and field_id = f.id
            ) o on true
      where f.team_id = $1 and f.modality = $2
      order by f.position, f.created_at, f.id`,
    [teamId, modality],
  );
}

/** What was decided for one record; a field without a value is cleared, one not named is left alone. */
export type RecordValues = { id: string; values: readonly FieldValue[] };

/** One statement for any number of records. */
export async function writeFieldValues(
  db: Db,
  teamId: string,
  modality: Modality,
  records: readonly RecordValues[],
) {
  const rows = new Map<string, object>();
  for (const { id, values } of records) {
    for (const { fieldId, text, number, date, moment, boolean, optionIds } of values) {
      rows.set(`${id} ${fieldId}`, {
        record_id: id,
        field_id: fieldId,
        text_value: text,
        number_value: number,
        date_value: date,
        moment_value: moment,
        boolean_value: boolean,
        option_ids: optionIds,
      });
    }
  }
  if (rows.size > 0) await db.run(STATEMENTS[modality].write, [teamId, JSON.stringify([...rows.values()])]);
}

/** By record, then by field, as `typed_custom_fields` prints them. A record without values has no entry. */
export async function fieldValuesOf(db: Db, teamId: string, modality: Modality, ids: readonly string[]) {
  const rows = await db.rows<{ id: string; fields: Record<string, unknown> }>(STATEMENTS[modality].read, [
    teamId,
    ids,
  ]);
  return new Map(rows.map(({ id, fields }) => [id, fields]));
}

const VALUES = "text_value, number_value, date_value, moment_value, boolean_value, option_ids";

const STATEMENTS = {
  contact: statementsFor("contact_field_values", "contact_id"),
  account: statementsFor("account_field_values", "account_id"),
  opportunity: statementsFor("deal_field_values", "deal_id"),
};

function statementsFor(table: string, recordId: string) {
  return {
    write: `with given as (
         select * from jsonb_to_recordset($2::jsonb) as g (
           record_id text, field_id text, text_value text, number_value numeric, date_value date,
           moment_value timestamptz, boolean_value boolean, option_ids text[])
       ), cleared as (
         delete from ${table} v using given g
          where v.team_id = $1 and v.${recordId} = g.record_id and v.field_id = g.field_id
            and num_nonnulls(g.text_value, g.number_value, g.date_value, g.moment_value, g.boolean_value, g.option_ids) = 0
       )
       insert into ${table} (team_id, ${recordId}, field_id, ${VALUES})
       select $1, record_id, field_id, ${VALUES}
         from given
        where num_nonnulls(${VALUES}) = 1
       on conflict (team_id, ${recordId}, field_id) do update
         set (${VALUES}) = row (excluded.text_value, excluded.number_value, excluded.date_value,
                                excluded.moment_value, excluded.boolean_value, excluded.option_ids)`,
    read: `select v.${recordId} as id,
              jsonb_object_agg(v.field_id, case
                when f.type = 'picklist' then to_jsonb(v.option_ids[1])
                when v.moment_value is not null
                  then to_jsonb(to_char(v.moment_value at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"+00:00"'))
                else coalesce(to_jsonb(v.text_value), to_jsonb(v.number_value), to_jsonb(v.date_value),
                              to_jsonb(v.boolean_value), to_jsonb(v.option_ids))
              end) as fields
         from ${table} v
         join custom_fields f on f.team_id = v.team_id and f.id = v.field_id
        where v.team_id = $1 and v.${recordId} = any($2::text[])
        group by v.${recordId}`,
  };
}
