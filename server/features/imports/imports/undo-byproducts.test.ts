// What an import created along the way is undone with it: companies that rows named, open positions and news, unless
// other records use them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { bringIn, undo } from "../../../testing/imported.ts";
import { asOwner } from "../../../testing/wire.ts";
import { type Team, useWorld } from "../../../testing/world.ts";

const world = useWorld();

const lines = (...all: unknown[]) => all.map((one) => JSON.stringify(one)).join("\n");
const STORE = ["organizations", "people", "job_postings", "news_articles", "news_article_organizations"];

/** How many of each the team has. */
function storeOf(team: Team, tables = STORE) {
  return asOwner(world, async (client) => {
    const counts: Record<string, number> = {};
    for (const table of tables) {
      const sql = `select count(*)::int as n from ${table} where team_id = $1`;
      counts[table] = (await client.query(sql, [team.id])).rows[0].n;
    }
    return counts;
  });
}

async function industries(team: Team) {
  return asOwner(world, async (client) => {
    const sql = "select name, industry from organizations where team_id = $1 order by created_at, id";
    const { rows } = await client.query<{ name: string; industry: string | null }>(sql, [team.id]);
    return Object.fromEntries(rows.map(({ name, industry }) => [name, industry]));
  });
}

test("companies that people were said to work for go with them, and what was learnt of known ones is unlearnt", async () => {
  const team = await world.newTeam();
  await bringIn(team, "name,domain,city\nKraft,kraft.example,Umeå\n", { kind: "organizations" });
  const person = (name: string, company: string, industry: string) => ({
    name,
    email: `${name}@${company}.example`,
    organization: { name: company, primary_domain: `${company}.example`, industry },
  });
  const { found } = await bringIn(
    team,
    lines(
      person("ines", "Kraft", "Energy"),
      person("ole", "Fjord", "Food"),
      person("ada", "Fjord", "Food"),
      person("eva", "Dal", "Wood"),
    ),
    { kind: "people" },
  );
  assert.deepEqual(await industries(team), { Kraft: "Energy", Fjord: "Food", Dal: "Wood" });
  // Another file says that a further person works at one of them.
  await bringIn(team, "name,email,organization_domain\nPer Dal,per@dal.example,dal.example\n", {
    kind: "people",
  });
  const back = await undo(team, found.id);
  assert.deepEqual(back.job.counts, { undone: 4, companies_undone: 2, companies_left: 1 });
  assert.deepEqual(await industries(team), { Kraft: null, Dal: "Wood" });
});

test("nothing is left of a file of companies with positions and news, whichever batch made it", async () => {
  const team = await world.newTeam();
  const company = (n: number) => ({
    name: `Company ${n}`,
    primary_domain: `company${n}.example`,
    job_postings: [{ title: "Buyer" }, { title: "Welder", url: `https://company${n}.example/jobs/1` }],
    news: [{ title: `Company ${n} grows`, url: `https://news.example/${n}`, published_at: "2026-05-02" }],
  });
  const { found } = await bringIn(team, lines(...Array.from({ length: 300 }, (_, n) => company(n))), {
    kind: "organizations",
  });
  assert.equal((await storeOf(team)).job_postings, 600);
  const back = await undo(team, found.id);
  assert.deepEqual(back.job.counts, { undone: 300, positions_undone: 600, news_undone: 300 });
  assert.deepEqual(new Set(Object.values(await storeOf(team))), new Set([0]));
});

test("what a later batch repeats is still the import's own, unless another import repeated it since", async () => {
  const team = await world.newTeam();
  const article = { title: "One grows", url: "https://news.example/1", published_at: "2026-05-02" };
  const one = {
    name: "One",
    primary_domain: "one.example",
    job_postings: [{ title: "Buyer" }],
    news: [article],
  };
  const two = { name: "Two", primary_domain: "two.example", job_postings: [{ title: "Welder" }] };
  const others = Array.from({ length: 2_000 }, (_, n) => ({
    name: `Other ${n}`,
    primary_domain: `other${n}.example`,
  }));
  const options = { kind: "organizations" as const, source: "crm" };
  const { found } = await bringIn(team, lines(one, two, ...others, one), options);
  await bringIn(team, lines(two), options);
  const back = await undo(team, found.id);
  const { undone, ...counts } = back.job.counts as Record<string, number>;
  assert.deepEqual(counts, { positions_undone: 1, positions_left: 1, news_undone: 1, has_positions: 1 });
  assert.equal(undone, 2_001);
  assert.deepEqual(await industries(team), { Two: null });
});

test("positions and news that another import repeated since stay, and so does their company", async () => {
  const team = await world.newTeam();
  const article = { title: "Two grow", url: "https://news.example/1", published_at: "2026-05-02" };
  const options = { kind: "organizations" as const, source: "crm" };
  const one = {
    name: "One",
    primary_domain: "one.example",
    job_postings: [{ title: "Buyer" }],
    news: [article],
  };
  const two = { name: "Two", primary_domain: "two.example", job_postings: [{ title: "Welder" }] };
  const { found } = await bringIn(team, lines(one, two), options);
  await bringIn(team, lines({ ...two, name: "Two", news: [article] }), { ...options, overwrite: "never" });
  await bringIn(team, lines({ ...two, news: [article] }), options);
  const back = await undo(team, found.id);
  assert.deepEqual(
    back.rows.map(({ undone }) => undone),
    ["has_news", "has_positions"],
  );
  assert.deepEqual(back.job.counts, {
    has_news: 1,
    has_positions: 1,
    positions_undone: 1,
    positions_left: 1,
    news_left: 1,
  });
  const left = await storeOf(team);
  assert.deepEqual([left.organizations, left.job_postings, left.news_articles], [2, 1, 1]);
});

test("an article that was there before is only laid to its own companies again", async () => {
  const team = await world.newTeam();
  const article = { title: "Two grow", url: "https://news.example/1", published_at: "2026-05-02" };
  const company = (name: string, news: unknown[]) => ({ name, primary_domain: `${name}.example`, news });
  const options = { kind: "organizations" as const, source: "crm" };
  await bringIn(team, lines(company("one", [article]), company("two", [])), options);
  const { found } = await bringIn(team, lines(company("two", [article])), options);
  assert.equal((await storeOf(team)).news_article_organizations, 2);
  await undo(team, found.id);
  const left = await storeOf(team);
  assert.deepEqual([left.organizations, left.news_articles, left.news_article_organizations], [2, 1, 1]);
});

test("companies that contacts named go with the contacts, but for those that others use", async () => {
  const team = await world.newTeam();
  const text = ["a", "b", "c"].map((n) => `Person ${n},${n}@${n}co.example,${n.toUpperCase()} Co`).join("\n");
  const { found } = await bringIn(team, `Name,Email,Company\n${text}\n`);
  const { accounts } = await team.api.accounts.search({});
  assert.deepEqual(accounts.map(({ name }) => name).sort(), ["A Co", "B Co", "C Co"]);
  const idOf = (name: string) => accounts.find((one) => one.name === name)?.id ?? "";
  await team.api.accounts.update({ id: idOf("B Co"), name: "B Company" });
  await team.api.contacts.create({ first_name: "Else", account_id: idOf("C Co") });
  const back = await undo(team, found.id);
  assert.deepEqual(back.job.counts, { undone: 3, companies_undone: 1, companies_left: 2 });
  const left = (await team.api.accounts.search({})).accounts.map(({ name }) => name).sort();
  assert.deepEqual(left, ["B Company", "C Co"]);
});

test("a company that people of several batches were said to work for goes with them", async () => {
  const team = await world.newTeam();
  const people = Array.from({ length: 2_100 }, (_, n) => ({
    name: `Person ${n}`,
    email: `p${n}@big.example`,
    organization: { name: "Big", primary_domain: "big.example", industry: n < 2_000 ? "Energy" : "Food" },
  }));
  const { found } = await bringIn(team, lines(...people), { kind: "people", overwrite: "replace" });
  assert.deepEqual(await industries(team), { Big: "Food" });
  const back = await undo(team, found.id);
  assert.deepEqual(back.job.counts, { undone: 2_100, companies_undone: 1 });
  assert.deepEqual(await industries(team), {});
});

test("lists that rows named are deleted with the import, unless others use them; contacts leave the lists that stay", async () => {
  const team = await world.newTeam();
  const lists = async () => (await team.api.labels.list({})).map((one) => [one.name, one.cached_count]);
  const { contact } = await team.api.contacts.create({
    first_name: "Ines",
    email: "ines@lists.example",
    label_names: ["Known"],
  });
  const { found } = await bringIn(
    team,
    "Email,Company,Lists\nines@lists.example,Norrland Kraft,Known; Fair; Kept\nole@lists.example,Norrland Kraft,Known; Fair; Named\n",
    { label_names: ["All of them"] },
  );
  await team.api.contacts.create({
    first_name: "Ada",
    email: "ada@elsewhere.example",
    label_names: ["Kept"],
  });
  const named = (await team.api.labels.list({})).find(({ name }) => name === "Named")?.id;
  await team.api.workflows.create({
    name: "By list",
    trigger: { type: "schedule", cron: "0 3 * * *" },
    filters: { contact_label_ids: [named] },
    actions: [{ type: "notify", text: "Here" }],
  });
  const back = await undo(team, found.id);
  assert.deepEqual(back.job.counts, { undone: 2, companies_undone: 1, lists_undone: 2, lists_left: 2 });
  assert.deepEqual((await lists()).toSorted(), [
    ["Kept", 1],
    ["Known", 1],
    ["Named", 0],
  ]);
  const { contact: ines } = await team.api.contacts.get({ id: contact.id });
  assert.equal(ines.account_id, null);
});
