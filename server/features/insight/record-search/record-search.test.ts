import assert from "node:assert/strict";
import { test } from "node:test";
import type { Caller } from "../../../app.ts";
import type { Db } from "../../../db/connect.ts";
import { mailed, replyTo, taken } from "../../../testing/incoming.ts";
import { newContact, newSequence } from "../../../testing/sequenced.ts";
import { asOwner } from "../../../testing/wire.ts";
import { type Team, tokenIn, useWorld } from "../../../testing/world.ts";
import { findRecords } from "./search.ts";

let team: Team;
let member: Team["api"];
const ids: Record<string, string> = {};

const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
  const { user, invitation_url } = await team.api.users.invite({ email: "mia@example.no", role: "member" });
  const password = "a long sentence is a good password";
  await opened
    .client()
    .invitations.accept({ token: tokenIn(invitation_url), name: "Mia Borealis", password });
  member = (await opened.signIn("mia@example.no", password)).api;
  ids.user = user.id;
  ids.account = (
    await team.api.accounts.create({ name: "Borealis Kraft", domain: "borealis.example" })
  ).account.id;
  ids.contact = await newContact(team, {
    first_name: "Ines",
    last_name: "Okafor",
    title: "Plant Manager",
    organization_name: "Borealis Kraft",
    email: "ines@borealis.example",
  });
  const one = await mailed(opened, team, {
    sequence: { name: "Borealis winback" },
    contact: { first_name: "Ole", last_name: "Nordmann" },
    message: { subject: "Downtime at Borealis" },
  });
  ids.sequence = one.sequenceId;
  ids.message = one.messageId;
  ids.incoming_mail = await taken(opened, team, one, replyTo(one, "Yes, tell me more"));
  await asOwner(opened, (client) =>
    client.query("update incoming_mails set subject = 'Re: Downtime at Borealis' where id = $1", [
      ids.incoming_mail,
    ]),
  );
  ids.deal = (await team.api.opportunities.create({ name: "Borealis, 12 plants" })).opportunity.id;
  ids.label = (await team.api.labels.create({ name: "Borealis people", modality: "contacts" })).label.id;
  ids.other = (await newSequence(team, { name: "Spring intro" })).id;
});

async function search(q_keywords: string, rest: object = {}, api = team.api) {
  return (await api.search.records({ q_keywords, ...rest })).results;
}

test("one word finds records of every kind", async () => {
  const found = await search("borealis");
  assert.deepEqual([...new Set(found.map(({ type }) => type))].sort(), [
    "account",
    "contact",
    "deal",
    "incoming_mail",
    "label",
    "message",
    "sequence",
    "user",
  ]);
  const of = (type: string) => found.find((one) => one.type === type);
  for (const type of ["account", "contact", "deal", "label", "message", "sequence", "user", "incoming_mail"])
    assert.equal(of(type)?.id, ids[type], type);
  assert.ok(found.every(({ match }) => match === "exact"));
  assert.deepEqual(
    [of("contact")?.name, of("contact")?.detail],
    ["Ines Okafor", "Plant Manager · Borealis Kraft"],
  );
});

test("every word must occur, in any order and wherever it is", async () => {
  assert.deepEqual((await search("okafor ines"))[0]?.id, ids.contact);
  assert.deepEqual((await search("ines@borealis"))[0]?.id, ids.contact);
  const both = await search("ines winback", { types: ["contact", "sequence"] });
  assert.deepEqual(both, []);
  assert.equal((await search("ok", { types: ["contact"] }))[0]?.id, ids.contact, "the beginning of a word");
  const contacts = { types: ["contact"] };
  for (const typed of ["okafor in", "in okafor", "borealis pl", "ok in", "i in okafor", "pl ma bo"])
    assert.deepEqual(
      (await search(typed, contacts)).map(({ id }) => id),
      [ids.contact],
      typed,
    );
  for (const typed of ["okafor ka", "okafor in zz", "borealis nt"])
    assert.deepEqual(await search(typed, contacts), [], typed);
  assert.deepEqual(await search("fo", { types: ["contact"] }), [], "two letters inside of a word");
  assert.equal((await search("s", { types: ["sequence"] }))[0]?.id, ids.other);
});

test("two letters beside a word that all contacts have are found without reading all contacts", async () => {
  const many = await world.newTeam();
  const last = "Zetterberg";
  await asOwner(world, (client) =>
    client.query(
      `insert into contacts (team_id, id, first_name, last_name, organization_name, owner_id, creator_id, source, original_source,
              created_at, updated_at)
       select $1, new_ident(), 'Ada', case when n = 1 then $3 else 'Lund' end, 'Company ' || n, $2, $2, 'api', 'api',
              now() - interval '1 day' + n * interval '1 second', now() - interval '1 day' + n * interval '1 second'
         from generate_series(1, 8000) n`,
      [many.id, many.owner.id, last],
    ),
  );
  await asOwner(world, (client) => client.query("analyze contacts"));
  const plans: unknown[] = [];
  const found = await world.running.app.db.inTeam(many.id, (db) => {
    const watched: Db = {
      ...db,
      rows: async (sql, params) => {
        plans.push(
          ...(await db.rows<object>(`explain (analyze, format json) ${sql}`, params)).flatMap(Object.values),
        );
        return db.rows(sql, params);
      },
    };
    const caller = { teamId: many.id, userId: many.owner.id, role: "admin" } as Caller;
    return findRecords(watched, caller, {
      keywords: "company ze",
      types: ["contact"],
      openedIds: [],
      perType: 5,
    });
  });
  assert.deepEqual(
    found.map(({ name }) => name),
    [`Ada ${last}`],
  );
  const dropped = JSON.stringify(plans).match(/"Rows Removed by [A-Za-z ]+": (\d+)/g) ?? [];
  const most = Math.max(...dropped.map((one) => Number(one.split(": ")[1])));
  assert.ok(most <= 2_000, `${most} contacts were read, and not only the newest 2,000`);
});

test("a typing error is tolerated, and what is exact comes before", async () => {
  for (const typed of ["okafro", "okfaor", "oakfor", "okafo", "ines okafro", "okkafor"]) {
    const [first] = await search(typed, { types: ["contact"] });
    assert.deepEqual([first?.id, first?.match === "exact"], [ids.contact, typed === "okafo"], typed);
  }
  assert.equal((await search("borelais kraft", { types: ["account"] }))[0]?.id, ids.account);
  assert.equal((await search("sprign", { types: ["sequence"] }))[0]?.id, ids.other);
  assert.deepEqual(await search("zzqqxx"), []);
});

test("each of several words may have an error of its own kind", async () => {
  for (const typed of ["inse okaffor", "inez okafro", "ians okafr", "borelais krfat", "plnat manger"]) {
    const [first] = await search(typed, { types: ["contact"] });
    if (typed === "ians okafr") assert.equal(first, undefined, "too much is wrong in a word of four letters");
    else assert.deepEqual([first?.id, first?.match], [ids.contact, "similar"], typed);
  }
});

test("a phone number in any spelling finds its contact and its company", async () => {
  const phone = await newContact(team, {
    first_name: "Ada",
    last_name: "Ringer",
    organization_name: "Fjord",
    direct_phone: "+47 22 12 34 56",
  });
  const plain = await newContact(team, { first_name: "Bo", last_name: "Local", direct_phone: "33 12 34 56" });
  const { account } = await team.api.accounts.create({ name: "Ringers", phone: "+47 22 12 34 99" });
  for (const typed of [
    "+47 22 12 34 56",
    "0047 22123456",
    "4722123456",
    "22 12 34 56",
    "22123456",
    "022-12.34 56",
  ]) {
    const [first, ...others] = await search(typed);
    assert.deepEqual(
      [first?.id, first?.detail, first?.match, others.length],
      [phone, "+4722123456 · Fjord", "exact", 0],
      typed,
    );
  }
  const begun = (await search("+47 22 12")).map(({ id }) => id);
  assert.deepEqual(begun.toSorted(), [phone, account.id].toSorted(), "as far as it is typed");
  assert.deepEqual(
    (await search("+47 22 12", { types: ["account"] })).map(({ id }) => id),
    [account.id],
  );
  assert.equal((await search("+47 33 12 34 56"))[0]?.id, plain, "stored without the country's code");
  assert.deepEqual(await search("+47 99 99 99 99"), []);
  const stranger = await world.newTeam();
  assert.deepEqual((await stranger.api.search.records({ q_keywords: "22123456" })).results, []);
});

test("digits that are no phone number of the team are found in names", async () => {
  const { id } = (await team.api.opportunities.create({ name: "Order 471100" })).opportunity;
  assert.equal((await search("471100"))[0]?.id, id);
});

test("a deal names its main contact", async () => {
  const { id } = (
    await team.api.opportunities.create({
      name: "Turbines for Ines",
      opportunity_contact_roles: [{ contact_id: ids.contact ?? "", is_primary: true }],
    })
  ).opportunity;
  const [first] = await search("turbines for");
  assert.deepEqual([first?.id, first?.contact_id], [id, ids.contact]);
});

test("without words it lists what was opened last, in that order, and with words equals in that order", async () => {
  const opened_ids = [ids.deal ?? "", ids.contact ?? "", "64f0aa0000000000000000ff", ids.sequence ?? ""];
  const { results } = await team.api.search.records({ opened_ids });
  assert.deepEqual(
    results.map(({ id, match }) => [id, match]),
    [ids.deal, ids.contact, ids.sequence].map((id) => [id, "opened"]),
  );
  assert.deepEqual((await team.api.search.records({})).results, []);
  const first = async (opened: string[]) => (await search("borealis", { opened_ids: opened }))[0]?.id;
  assert.equal(await first([ids.sequence ?? ""]), ids.sequence);
  assert.equal(await first([ids.deal ?? ""]), ids.deal);
});

test("of each kind it lists so many as are asked for", async () => {
  for (let n = 0; n < 4; n++) await newContact(team, { first_name: "Twin", last_name: `Number${n}` });
  assert.equal((await search("twin", { per_type: 3 })).length, 3);
});

test("a member finds no sequence, email or reply that is hidden from them, nor by what they opened", async () => {
  const types = (await search("borealis", {}, member)).map(({ type }) => type);
  assert.deepEqual([...new Set(types)].sort(), ["account", "contact", "deal", "label", "user"]);
  const hidden = [ids.sequence ?? "", ids.message ?? "", ids.incoming_mail ?? ""];
  assert.deepEqual((await member.search.records({ opened_ids: hidden })).results, []);
  assert.deepEqual(await search("borealsi winbakc", { types: ["sequence"] }, member), []);
  await team.api.sequences.update({
    id: ids.sequence ?? "",
    sharing_permission: { visibility: "everyone", access_type: "can_view" },
  });
  const after = (await search("borealis", {}, member)).map(({ type }) => type);
  assert.ok(["sequence", "message", "incoming_mail"].every((type) => after.some((one) => one === type)));
});

test("another team finds none of it", async () => {
  const stranger = await world.newTeam();
  const found = (await stranger.api.search.records({ q_keywords: "borealis" })).results;
  assert.deepEqual(found, []);
  const opened_ids = Object.values(ids);
  assert.deepEqual((await stranger.api.search.records({ opened_ids })).results, []);
});

test("signs that a pattern knows are letters like others", async () => {
  await newContact(team, { first_name: "100%", last_name: "Solar_Park" });
  assert.equal((await search("100% solar_"))[0]?.name, "100% Solar_Park");
  for (const typed of ["%%%", "___", "\\\\\\", "'; drop table contacts; --", "a".repeat(200)])
    assert.ok(Array.isArray(await search(typed)), typed);
});
