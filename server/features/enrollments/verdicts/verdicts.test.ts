// Verdicts as a file; as pages they are tested with what makes them, in joining.test.ts.

import assert from "node:assert/strict";
import { test } from "node:test";
import { dayWords } from "../../../kernel/say.ts";
import { until } from "../../../testing/sending.ts";
import { newContact, newMailbox, newSequence } from "../../../testing/sequenced.ts";
import { asOwner, call } from "../../../testing/wire.ts";
import { type Team, useWorld } from "../../../testing/world.ts";

let team: Team;
let mailbox: string;
const world = useWorld({ role: "api" }, async (opened) => {
  team = await opened.newTeam();
  mailbox = (await newMailbox(team)).id;
});

const add = (id: string, contact_ids: string[]) =>
  team.api.joining.addContacts({ id, contact_ids, send_email_from_email_account_id: [mailbox] });

function fetchFile(id: string, query = "", { key = team.key, accept = "text/csv" } = {}) {
  return call(`${world.url}/api/v1/emailer_campaigns/${id}/verdicts${query}`, { key, headers: { accept } });
}

async function called(id: string) {
  const { contact } = await team.api.contacts.get({ id });
  return `${contact.name},${contact.email}`;
}

const HEAD =
  "request_id,contact_id,verdict,code,all_codes,flags,reasons,at,by_user_id,contact_name,contact_email";
const lines = (text: string) => text.split("\r\n");

test("the verdicts of a request are a file: a line each, with every reason and the flags that lift them", async () => {
  const elsewhere = await newSequence(team, { name: '=HYPERLINK("http://x.example","Nice, one")' });
  const { id } = await newSequence(team);
  const [joins, stays] = [await newContact(team), await newContact(team, { email_status: "unverified" })];
  await team.api.joining.addContacts({
    id: elsewhere.id,
    contact_ids: [stays],
    send_email_from_email_account_id: [mailbox],
    sequence_unverified_email: true,
  });
  const { request_id: request } = await add(id, [joins, stays]);
  const { status, headers, text } = await fetchFile(id, `?request_id=${request}&per_page=1`);
  assert.deepEqual(
    [status, headers.get("content-type"), headers.get("content-disposition"), headers.get("cache-control")],
    [200, "text/csv; charset=utf-8", `attachment; filename="verdicts-${request}.csv"`, "no-store"],
  );
  assert.equal(headers.get("x-content-type-options"), "nosniff");
  const { verdicts } = await team.api.joining.verdicts({ id, request_id: request });
  const at = verdicts[0]?.at;
  const codes = `contacts_unverified_email contacts_with_unverified_user_managed_email contacts_active_in_other_campaigns`;
  const flags = "sequence_unverified_email sequence_active_in_other_campaigns";
  const since = dayWords(at);
  const why = `"The contact's email address is not verified (status: unverified). The email address was entered by your team and is not verified. The contact has been in the sequence =HYPERLINK(""http://x.example"",""Nice, one"") since ${since} and is active."`;
  assert.deepEqual(lines(text), [
    HEAD,
    ...[
      `${request},${joins},added,,,,,${at},${team.owner.id},${await called(joins)}`,
      `${request},${stays},skipped,contacts_unverified_email,${codes},${flags},${why},${at},${team.owner.id},${await called(stays)}`,
    ].sort(),
    "",
  ]);
  assert.equal(lines((await fetchFile(id, `?request_id=${request}&verdict=added`)).text).length, 3);
});

test("a file has all pages, each line once, in the order of the pages", async () => {
  const { id } = await newSequence(team);
  await asOwner(world, (client) =>
    client.query(
      `insert into verdicts (team_id, request_id, contact_id, sequence_id, code, reasons, decided_at)
       select $1::text, lpad(to_hex(n % 3), 24, '0'), lpad(to_hex(n), 24, '0'), $2::text, 'contact_not_found',
              '[{"code": "contact_not_found", "flag": null, "evidence": {}}]', now() - (n % 2) * interval '1 hour'
         from generate_series(1, 7001) n`,
      [team.id, id],
    ),
  );
  const { text } = await fetchFile(id);
  const ids = lines(text)
    .slice(1, -1)
    .map((line) => line.split(",")[1]);
  assert.deepEqual([ids.length, new Set(ids).size], [7001, 7001]);
  const paged: string[] = [];
  for (let page = 1; page <= 71; page++) {
    const { verdicts } = await team.api.joining.verdicts({ id, page, per_page: 100 });
    paged.push(...verdicts.map((one) => one.contact_id));
  }
  assert.deepEqual(ids, paged);
});

test("an empty file has its head, and a caller who does not ask for a file gets none", async () => {
  const { id } = await newSequence(team);
  assert.equal((await fetchFile(id)).text, `${HEAD}\r\n`);
  for (const accept of ["application/json", "*/*", "text/html", "application/json, text/csv;q=0.9"]) {
    const { headers, body } = await fetchFile(id, "", { accept });
    assert.match(headers.get("content-type") ?? "", /^application\/json/);
    assert.deepEqual(body.verdicts, []);
  }
  const users = await call(`${world.url}/api/v1/users/search`, {
    key: team.key,
    headers: { accept: "text/csv" },
  });
  assert.match(users.headers.get("content-type") ?? "", /^application\/json/, "nothing else is a file");
});

test("a user of another team, and a caller without a key, get a refusal and no file", async () => {
  const { id } = await newSequence(team);
  const stranger = await world.newTeam("Elsewhere");
  for (const [key, status] of [
    [stranger.key, 404],
    ["nobody", 401],
  ] as const) {
    const answer = await fetchFile(id, "", { key });
    assert.equal(answer.status, status);
    assert.equal(answer.headers.get("content-disposition"), null);
  }
  assert.equal((await fetchFile(id, "?request_id=x")).status, 422);
});

test("a caller who hangs up in the middle of a file holds nothing", async () => {
  const { id } = await newSequence(team);
  await asOwner(world, (client) =>
    client.query(
      `insert into verdicts (team_id, request_id, contact_id, sequence_id, code, reasons, decided_at)
       select $1::text, lpad('f', 24, '0'), lpad(to_hex(n), 24, '0'), $2::text, 'contact_not_found', '[]', now()
         from generate_series(1, 40000) n`,
      [team.id, id],
    ),
  );
  const hangUp = new AbortController();
  const answer = await fetch(`${world.url}/api/v1/emailer_campaigns/${id}/verdicts`, {
    headers: { "x-api-key": team.key, accept: "text/csv" },
    signal: hangUp.signal,
  });
  await answer.body?.getReader().read();
  hangUp.abort();
  const { db } = world.running.app;
  await until(async () => db.counts().idle === db.counts().total); // all connections are given back
  assert.equal(lines((await fetchFile(id)).text).length, 40_002);
});
