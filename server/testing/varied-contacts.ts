// A team's contacts with every kind of part and in every kind of order: some with all, some with none, some deleted.

import { holdContact } from "./incoming.ts";
import { plantMembers } from "./members.ts";
import { plant, plantContact, plantEnrollment } from "./planted.ts";
import { newSequence } from "./sequenced.ts";
import { asOwner } from "./wire.ts";
import type { Team, World } from "./world.ts";

const CONTACTS = 130;
const TITLES = [
  null,
  "VP Sales",
  "Co-Founder & CEO",
  "  ",
  "İNTERN",
  "Vice\u2028President",
  'Head "of" \\ \u{1F600}',
];
const DAY_MS = 86_400_000;

/** Half a day off every limit, so that no age turns to the next day while the test runs. */
const ago = (days: number) => new Date(Date.now() - (days + 0.5) * DAY_MS).toISOString();

/** With what is hidden from members, and who was deleted. */
export async function plantVariedContacts(world: World, team: Team) {
  const hidden = (await newSequence(team)).id;
  const open = (await newSequence(team)).id;
  await team.api.sequences.update({
    id: open,
    sharing_permission: { visibility: "everyone", access_type: "can_edit" },
  });
  const labels = [];
  for (const name of ["One", "Two", "Three"])
    labels.push((await team.api.labels.create({ name, modality: "contacts" })).label.id);
  const fields = await ownFields(team);
  const accounts = [];
  for (const name of ["Nord", null, "Syd"])
    accounts.push(
      await plant(world, team, "accounts", {
        name,
        domain: `${name ?? "unnamed"}.example`,
        industry: "Paper",
        estimated_num_employees: 70,
        annual_revenue: 1_250_000.5,
        source: "api",
        original_source: "api",
        created_at: ago(9),
        updated_at: ago(9),
      }),
    );
  const ids: string[] = [];
  for (let n = 0; n < CONTACTS; n++)
    ids.push(
      await plantContact(world, team, {
        first_name: n % 5 ? `Person${n % 40}` : null,
        title: TITLES[n % TITLES.length],
        email: n % 6 ? `p${n}@bytes.example` : null,
        email_status: n % 3 ? "verified" : null,
        account_id: n % 4 ? accounts[n % 3] : null,
        owner_id: n % 2 ? team.owner.id : null,
        sanitized_phone: n % 7 ? null : "+4612",
        do_not_contact: n % 20 === 0,
        created_at: ago(n % 50),
        updated_at: ago(n % 30), // some at the same moment, or nearly
        last_activity_at: n % 3 ? ago(n % 20) : null,
        email_last_opened_at: n % 4 ? null : ago(n),
        email_last_clicked_at: n % 8 ? null : "2026-03-03T00:00:00Z",
      }),
    );
  await addParts(world, team, ids, labels, fields);
  for (const [n, contact_id] of ids.slice(0, 40).entries())
    for (const sequence of n % 2 ? [hidden, open] : [open])
      await plantEnrollment(world, team, sequence, {
        contact_id,
        state: n % 9 ? "active" : "removed",
        removed_at: n % 9 ? null : ago(0),
      });
  await plantMembers(world, team, hidden, 2);
  await holdContact(world, team, ids[3] as string, { until: null });
  await holdContact(world, team, ids[4] as string, { until: world.running.app.now().add({ hours: 72 }) });
  const deleted = ids.slice(-5);
  for (const id of deleted) await team.api.contacts.delete({ id });
  await team.api.labels.delete({ id: labels[2] as string });
  await team.api.scoreFormula.replace({
    signals: [
      { field: "seniority", operator: "is_any_of", value: ["vp", "founder", "intern"], weight: 20 },
      { field: "created", operator: "within_days", value: 30, weight: 10 },
      { field: "account", operator: "is_known", weight: 15 },
      { field: "annual_revenue", operator: "at_least", value: 1e6, weight: 5 },
      { field: "title", operator: "has_any_of", value: ["vp", "vice president"], weight: 7 },
      { field: "contact_field", custom_field_id: fields.number, operator: "at_least", value: 2, weight: 5 },
    ],
  });
  return { hidden, deleted };
}

async function ownFields(team: Team) {
  const made: Record<string, string> = {};
  for (const type of ["string", "number", "date", "datetime", "boolean"] as const) {
    const { typed_custom_fields } = await team.api.customFields.create({
      modality: "contact",
      label: type,
      type,
    });
    made[type] = typed_custom_fields[0]?.id ?? "";
  }
  return made;
}

/** Of some contacts all kinds, of others one, of others none. */
function addParts(
  world: World,
  team: Team,
  ids: readonly string[],
  labels: readonly string[],
  fields: Record<string, string>,
) {
  return asOwner(world, async (client) => {
    const fill = (table: string, given: object[]) =>
      client.query(`insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1)`, [
        JSON.stringify(given.map((row) => ({ team_id: team.id, ...row }))),
      ]);
    const some = (every: number, rest = 0) => ids.filter((_, n) => n % every === rest);
    // Backwards, so that the order in which they lie is not the order in which they are shown.
    await fill(
      "contact_emails",
      some(3).flatMap((contact_id) =>
        [3, 2, 1].map((position) => ({
          contact_id,
          position,
          email: `Extra"${position}"@${contact_id}.example`,
          email_status: position === 2 ? null : "verified",
          free_domain: position === 1,
        })),
      ),
    );
    await fill(
      "contact_phones",
      some(4).flatMap((contact_id) =>
        [2, 1, 0].map((position) => ({
          contact_id,
          position,
          raw_number: `0${position} \\ \u2028`,
          type: "mobile",
          status: "no_status",
          source_name: position ? "Hand" : null,
        })),
      ),
    );
    await fill(
      "contact_labels",
      labels.flatMap((label_id, n) =>
        some(n + 2).map((contact_id) => ({ label_id, contact_id, added_at: ago(1) })),
      ),
    );
    const values = [
      ["string", { text_value: 'Å "quote" \\ \n\u2028 \u{1F600}' }, 2],
      ["number", { number_value: 1234567.125 }, 3],
      ["date", { date_value: "2026-02-03" }, 5],
      ["datetime", { moment_value: "2026-02-03T04:05:06.789Z" }, 4],
      ["boolean", { boolean_value: false }, 6],
    ] as const;
    await fill(
      "contact_field_values",
      values.flatMap(([type, value, every]) =>
        some(every).map((contact_id) => ({ contact_id, field_id: fields[type], ...value })),
      ),
    );
  });
}
