// The formula as SQL and the formula as a rule, over contacts and formulas made by chance: one verdict.

import assert from "node:assert/strict";
import { test } from "node:test";
import { type Formula, prospectScore, type ScoreSignal } from "../../../domain/contacts/prospect-score.ts";
import {
  fieldOf,
  OPERANDS,
  type Operator,
  SCORE_FIELDS,
  SCORE_OPERATORS,
  type ScoreFieldName,
} from "../../../domain/contacts/score-fields.ts";
import { plant, plantContact } from "../../../testing/planted.ts";
import { newMailbox } from "../../../testing/sequenced.ts";
import { asOwner } from "../../../testing/wire.ts";
import { type Team, useWorld } from "../../../testing/world.ts";
import { readContacts } from "../contacts/reading-store.ts";
import { rescore, scoringOf } from "./store.ts";

const CONTACTS = 150;
const FORMULAS = 80;

/** The same numbers in every run. */
function chanceFrom(seed: number) {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const below = (count: number) => Math.floor(next() * count);
  return { next, below, pick: <T>(from: readonly T[]) => from[below(from.length)] as T };
}
const chance = chanceFrom(20_261_121);
const maybe = <T>(value: T): T | null => (chance.next() < 0.3 ? null : value);

const TITLES = [
  ...["CEO", "Co-Founder & CEO", "Vice President Sales", "VP, Sales", "Head of Procurement", "Plant Manager"],
  ...[
    "Chief Financial Officer",
    "President",
    "Vice-President",
    "Senior Engineer",
    "Assistant",
    "CEOs office",
  ],
  ...[
    "Geschäftsführer",
    "ÉTUDES/ventes",
    "Director (interim)",
    "100% sales_rep",
    "a\\b lead",
    "Trainee",
    "Partnership lead",
    "  ",
    "\t",
    " VP ",
    "İNTERN",
    "WOR\u212aING STUDENT",
    "Chief Paper\u2028Officer",
    "Vice\u2028President",
  ],
];
const WORDS = [
  "ceo",
  "VP",
  "vice president",
  "sales",
  "geschäftsführer",
  "études",
  "100%",
  "a\\b",
  "sales_rep",
  "lead",
];
const COUNTRIES = ["Norway", "norway", "Sweden", "Österreich"];

let team: Team;
const labels: string[] = [];
const own: { id: string; field: "contact_field" | "account_field"; kind: ScoreSignal["kind"] }[] = [];
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
  await arrange();
});

async function arrange() {
  const { api } = team;
  const mailbox = await newMailbox(team);
  for (const name of ["One", "Two", "Three"])
    labels.push((await api.labels.create({ name, modality: "contacts" })).label.id);
  const stages = (await api.contactStages.list()).contact_stages.map(({ id }) => id);
  const accountStages = (await api.accountStages.list()).account_stages.map(({ id }) => id);
  for (const modality of ["contact", "account"] as const)
    for (const [type, kind] of [
      ["number", "number"],
      ["string", "text"],
      ["date", "date"],
      ["boolean", "flag"],
    ] as const) {
      const made = await api.customFields.create({ modality, label: `${modality} ${type}`, type });
      const id = made.typed_custom_fields[0]?.id ?? "";
      own.push({ id, field: `${modality}_field`, kind });
    }
  const day = (ago: number) => new Date(Date.now() - (ago + 0.5) * 86_400_000).toISOString();
  const accounts: string[] = [];
  for (let n = 0; n < 25; n++) {
    const organization_id = maybe(
      await plant(world, team, "organizations", {
        name: `Company ${n}`,
        source: "test",
        created_at: day(9),
        updated_at: day(9),
        last_refreshed_at: day(9),
        technology_uids: chance.pick([[], ["Salesforce"], ["hubspot", "aws"]]),
      }),
    );
    accounts.push(
      await plant(world, team, "accounts", {
        name: maybe(`Company ${n}`),
        organization_id,
        industry: maybe(chance.pick(["Energy", "energy", "Paper"])),
        estimated_num_employees: maybe(chance.below(500)),
        annual_revenue: maybe(chance.below(10) * 1e6),
        founded_year: maybe(1900 + chance.below(120)),
        country: maybe(chance.pick(COUNTRIES)),
        account_stage_id: maybe(chance.pick(accountStages)),
        source: "api",
        original_source: "api",
        created_at: day(9),
        updated_at: day(9),
      }),
    );
  }
  for (const account_id of accounts) addValues(rows.account_field_values, { account_id }, "account_field");
  for (let n = 0; n < CONTACTS; n++) {
    const contact_id = await plantContact(world, team, {
      title: TITLES[n] ?? maybe(chance.pick(TITLES)), // each of them at least once
      email: maybe(`p${n}@x.example`),
      account_id: maybe(chance.pick(accounts)),
      email_status: maybe(chance.pick(["verified", "unverified", "Bounced"])),
      sanitized_phone: maybe("+4612"),
      linkedin_url: maybe("https://x"),
      time_zone: maybe("Europe/Oslo"),
      contact_stage_id: maybe(chance.pick(stages)),
      owner_id: maybe(team.owner.id),
      city: maybe(chance.pick(["Oslo", "Lund"])),
      state: maybe("Skåne"),
      country: maybe(chance.pick(COUNTRIES)),
      created_at: day(chance.below(60)),
      job_change_detected_at: maybe(day(chance.below(60))),
      email_last_opened_at: maybe(day(chance.below(30))),
      email_last_clicked_at: maybe(day(chance.below(30))),
      last_activity_at: maybe(day(chance.below(30))),
      do_not_contact: chance.next() < 0.05,
      bounced_at: chance.next() < 0.05 ? day(1) : null,
      email_unsubscribed: chance.pick([null, null, null, true, false]),
    });
    for (const label_id of labels)
      if (chance.next() < 0.3) rows.contact_labels.push({ label_id, contact_id, added_at: day(0) });
    addValues(rows.contact_field_values, { contact_id }, "contact_field");
    if (chance.next() < 0.4)
      await plant(world, team, "incoming_mails", {
        mailbox_id: mailbox.id,
        content_key: `k${n}`,
        folder: "INBOX",
        uid: n,
        kind: "reply",
        certainty: "sure",
        contact_id,
        counts: chance.next() < 0.8,
        reply_class: maybe(chance.pick(["interested", "not_now"])),
        received_at: day(chance.below(30)),
        processed_at: day(0),
      });
  }
  await asOwner(world, async (client) => {
    for (const [table, given] of Object.entries(rows)) {
      const whole = given.map((row) => ({ team_id: team.id, ...row }));
      await client.query(`insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1)`, [
        JSON.stringify(whole),
      ]);
    }
  });
}

const rows: Record<"contact_labels" | "contact_field_values" | "account_field_values", object[]> = {
  contact_labels: [],
  contact_field_values: [],
  account_field_values: [],
};

function addValues(to: object[], record: Record<string, string>, field: string) {
  for (const one of own.filter((candidate) => candidate.field === field)) {
    if (chance.next() < 0.4) continue;
    const values = {
      number: { number_value: chance.below(100) },
      text: { text_value: chance.pick(COUNTRIES) },
      date: { date_value: `2026-0${1 + chance.below(9)}-15` },
      flag: { boolean_value: chance.next() < 0.5 },
    };
    to.push({ ...record, field_id: one.id, ...values[one.kind as keyof typeof values] });
  }
}

function anySignal(): ScoreSignal {
  const field = chance.pick(Object.keys(SCORE_FIELDS) as ScoreFieldName[]);
  const ours = own.filter((one) => one.field === field);
  const chosen = ours.length > 0 ? chance.pick(ours) : null;
  const kind = chosen?.kind ?? fieldOf(field).kind;
  const operator = chance.pick(SCORE_OPERATORS[kind] as readonly Operator[]);
  const weight = chance.below(60) - 20;
  return {
    field,
    kind,
    operator,
    weight,
    name: null,
    customFieldId: chosen?.id ?? null,
    value: anyValue(field, kind, operator),
  };
}

function anyValue(
  field: ScoreFieldName,
  kind: ScoreSignal["kind"],
  operator: Operator,
): ScoreSignal["value"] {
  switch (OPERANDS[operator]) {
    case "nothing":
      return null;
    case "days":
      return 1 + chance.below(40);
    case "number":
      return chance.pick([3, 49.5, 50, 250, 1950, 2e6]);
    case "date":
      return `2026-0${1 + chance.below(9)}-${chance.pick(["14", "15", "16"])}`;
    case "texts": {
      const from =
        kind === "words"
          ? WORDS
          : field === "lists"
            ? labels
            : (fieldOf(field).choices ?? [
                ...COUNTRIES,
                "Oslo",
                "ENERGY",
                "salesforce",
                "AWS",
                "Interested",
                "api",
                team.owner.id,
              ]);
      return Array.from({ length: 1 + chance.below(3) }, () => chance.pick(from));
    }
  }
}

test(`${FORMULAS} formulas give ${CONTACTS} contacts the same scores in SQL as by the rule`, async () => {
  let earned = 0;
  const used = new Set<string>();
  for (let n = 0; n < FORMULAS; n++) {
    const signals = Array.from({ length: 1 + chance.below(25) }, anySignal);
    const formula: Formula = { signals, outOf: 1 + chance.below(120), marks: [] };
    for (const { field, operator } of signals) used.add(`${field} ${operator}`);
    await world.running.app.db.inTeam(team.id, async (db) => {
      const ids = (await db.rows<{ id: string }>("select id from contacts")).map(({ id }) => id);
      await rescore(db, team.id, formula, ids);
      const stored = await db.rows<{ id: string; score: number }>(
        "select id, prospect_score as score from contacts order by id",
      );
      const scorings = await scoringOf(db, team.id, ids, formula);
      const row = { ...formula, version: null, changedAt: null, changedBy: null };
      const read = await readContacts(db, team.id, ids, null, row);
      for (const { id, scoring } of read) assert.deepEqual({ ...scoring, formula }, scorings.get(id));
      assert.equal(read.length, ids.length);
      for (const { id, score } of stored) {
        const scoring = scorings.get(id);
        assert.ok(scoring);
        const ruled = prospectScore(formula, scoring);
        if (score !== ruled.score) assert.fail(`${score}, not ${ruled.score}: ${JSON.stringify(scoring)}`);
        if (ruled.score > 0) earned += 1;
      }
    });
  }
  assert.ok(earned > (CONTACTS * FORMULAS) / 10, "formulas by which everybody has 0 prove nothing");
  assert.ok(used.size > 80, `${used.size} pairs of field and operator`);
});
