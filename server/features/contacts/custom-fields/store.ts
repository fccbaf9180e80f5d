// The custom fields of a team, and their values. Contacts, accounts and deals keep their values in three tables of one
// shape, so each statement here exists three times.

import type { Db } from "../../../db/connect.ts";
import { unlessDuplicate } from "../../../db/duplicates.ts";
import type { FieldDefinition, FieldValue } from "../../../domain/contacts/custom-fields.ts";

export type FieldModality = "contact" | "account" | "opportunity";

export type FieldRow = FieldDefinition & {
  modality: FieldModality;
  position: number;
  createdAt: Temporal.Instant;
  updatedAt: Temporal.Instant;
};

export function listFields(db: Db, teamId: string, modality: FieldModality) {
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

/** The same, for values that are written: until they are, no choice is taken away. */
export async function holdFields(db: Db, teamId: string, modality: FieldModality) {
  await db.run(
    `select from custom_fields where team_id = $1 and modality = $2 and type in ('picklist', 'multipicklist')
      order by id for key share`,
    [teamId, modality],
  );
  return listFields(db, teamId, modality);
}

/** What was decided for one record; a field without a value is cleared, one not named is left alone. */
type RecordValues = { id: string; values: readonly FieldValue[] };

/** One statement for any number of records. */
export async function writeFieldValues(
  db: Db,
  teamId: string,
  modality: FieldModality,
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
export async function fieldValuesOf(db: Db, teamId: string, modality: FieldModality, ids: readonly string[]) {
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

/** The values of contacts $2, as `typed_custom_fields` prints them. */
export const CONTACT_FIELD_VALUES = STATEMENTS.contact.read;

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
    moveChoices: `update ${table} v
         set option_ids = array(
               select id from (
                 select coalesce(m.to_id, u.id) as id, min(u.position) as position
                   from unnest(v.option_ids) with ordinality as u (id, position)
                   left join unnest($3::text[], $4::text[]) as m (from_id, to_id) on m.from_id = u.id
                  where m.from_id is null or m.to_id is not null
                  group by 1) as kept
                order by position)
       where v.team_id = $1 and v.field_id = $2 and v.option_ids && $3::text[]`,
    dropEmpty: `delete from ${table} where team_id = $1 and field_id = $2 and option_ids = '{}'`,
  };
}

const DEFINITION = `f.id, f.modality, f.name, f.type, f.text_max_length, f.position, f.created_at, f.updated_at,
  coalesce((select jsonb_agg(jsonb_build_object('id', o.id, 'name', o.name) order by o.position, o.id)
              from custom_field_options o where o.team_id = f.team_id and o.field_id = f.id), '[]') as options`;

export function listAllFields(db: Db, teamId: string) {
  return db.rows<FieldRow>(
    `select ${DEFINITION} from custom_fields f where f.team_id = $1 order by f.modality, f.position, f.created_at, f.id`,
    [teamId],
  );
}

/**
 * Locks first and reads afterwards: the choices are rows of their own, and another caller may just have changed them.
 */
export async function lockFields(db: Db, teamId: string, ids: readonly string[]) {
  await db.rows(
    "select 1 from custom_fields where team_id = $1 and id = any($2::text[]) order by id for update",
    [teamId, ids],
  );
  return db.rows<FieldRow>(
    `select ${DEFINITION} from custom_fields f where f.team_id = $1 and f.id = any($2::text[])`,
    [teamId, ids],
  );
}

type NewFieldRow = Pick<FieldRow, "id" | "modality" | "name" | "type" | "textMaxLength">;

/** Stands last among its kind. False where a field of this name is there already. */
export async function insertField(db: Db, teamId: string, field: NewFieldRow, now: Temporal.Instant) {
  const inserted = await db.run(
    `insert into custom_fields (team_id, id, modality, name, type, text_max_length, position, created_at, updated_at)
     values ($1::text, $2, $3::text, $4, $5, $6,
             (select coalesce(max(position) + 1, 0) from custom_fields where team_id = $1::text and modality = $3::text),
             $7, $7)
     on conflict (team_id, modality, lower(name)) do nothing`,
    [teamId, field.id, field.modality, field.name, field.type, field.textMaxLength, now],
  );
  return inserted === 1;
}

/** False where another field of its kind bears the name. */
export function updateField(
  db: Db,
  teamId: string,
  field: Pick<FieldRow, "id" | "name" | "textMaxLength">,
  now: Temporal.Instant,
) {
  return unlessDuplicate(
    db.run(
      "update custom_fields set name = $3, text_max_length = $4, updated_at = $5 where team_id = $1 and id = $2",
      [teamId, field.id, field.name, field.textMaxLength, now],
    ),
  );
}

/** With all its choices and values. */
export function deleteField(db: Db, teamId: string, id: string) {
  return db.run("delete from custom_fields where team_id = $1 and id = $2", [teamId, id]);
}

export type Option = { id: string; name: string };

/** Leaves the field with exactly these choices, in this order. */
export async function writeOptions(db: Db, teamId: string, fieldId: string, options: readonly Option[]) {
  const ids = options.map(({ id }) => id);
  await db.run(
    "delete from custom_field_options where team_id = $1 and field_id = $2 and id <> all($3::text[])",
    [teamId, fieldId, ids],
  );
  await db.run(
    `insert into custom_field_options (team_id, id, field_id, name, position)
     select $1, o.id, $2, o.name, o.position - 1
       from unnest($3::text[], $4::text[]) with ordinality as o (id, name, position)
     on conflict (team_id, id) do update set name = excluded.name, position = excluded.position`,
    [teamId, fieldId, ids, options.map(({ name }) => name)],
  );
}

export type OptionMove = { from: string; to: string | null };

/** Records that had one choice have another now, or none; a record left without any choice loses the value. */
export async function moveChoices(
  db: Db,
  teamId: string,
  modality: FieldModality,
  fieldId: string,
  moves: readonly OptionMove[],
) {
  if (moves.length === 0) return;
  const from = moves.map((move) => move.from);
  const to = moves.map((move) => move.to);
  await db.run(STATEMENTS[modality].moveChoices, [teamId, fieldId, from, to]);
  await db.run(STATEMENTS[modality].dropEmpty, [teamId, fieldId]);
}
