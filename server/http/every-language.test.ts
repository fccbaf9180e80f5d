// The language of the screen changes what is said and nothing that is kept: every write is made in a language that marks
// each of its sentences, and no row has the mark afterwards.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { endpoints } from "@cadenza/contract";
import { addLanguage } from "../kernel/language.ts";
import { LOOPBACK } from "../testing/loopback.ts";
import { asOwner } from "../testing/owner.ts";
import { openSmtp, type Peer, trustTestCertificates } from "../testing/post-office.ts";
import { MAIL_STEP, newContact, newSequence } from "../testing/sequenced.ts";
import { openSignInPeer } from "../testing/sign-in-peer.ts";
import { call, callEndpoint } from "../testing/wire.ts";
import { wishesOf } from "../testing/wishes.ts";
import { type Team, useWorld } from "../testing/world.ts";

addLanguage({ code: "marked", catalog: {}, disguise: (text) => `⟦${text}⟧` });
const MARKED = { "cadenza-language": "marked" };

let team: Team;
let post: Peer;
trustTestCertificates();
const peer = await openSignInPeer(() => `${world.running.app.config.publicUrl}/settings/mailboxes/signed-in`);
const reached = {
  mailAllow: LOOPBACK,
  webhookAllow: LOOPBACK,
  signInAddresses: peer.addresses,
  catcher: true,
};
const world = useWorld({ role: "api", ...reached }, async (opened) => {
  post = await openSmtp({ disabledCommands: ["AUTH", "STARTTLS"] });
  team = await opened.newTeam();
});
after(async () => {
  post.close();
  await peer.close();
});

const writes = endpoints.filter(({ endpoint }) => endpoint.effect === "write" && !endpoint.inSandbox);

test("no write keeps a sentence in the language of its caller", async () => {
  const failed: string[] = [];
  let answersInIt = 0;
  for (const { name, endpoint } of writes) {
    const wish = wishesOf(world, team, post)[name];
    if (!wish) continue; // dry-run.test.ts names those that miss one
    const { input, by = { key: team.key } } = await wish();
    const { status, text } = await callEndpoint(world.url, endpoint, input, by, MARKED);
    if (text.includes("⟦")) answersInIt += 1;
    if (status >= 300) failed.push(`${name}: ${status} ${text.slice(0, 200)}`);
  }
  assert.deepEqual(failed, []);
  assert.ok(answersInIt >= 20, `${answersInIt} answers have a sentence in it`);
  assert.deepEqual(await keptMarks(), []);
});

/** Tables with a row that has the mark. */
function keptMarks() {
  return asOwner(world, async (owner) => {
    const { rows } = await owner.query<{ name: string }>(
      `select format('%I.%I', n.nspname, c.relname) as name
         from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p') and not c.relispartition and n.nspname in ('public', 'pgboss')`,
    );
    const found: string[] = [];
    for (const { name } of rows) {
      const { rows: marked } = await owner.query<{ row: string }>(
        `select one::text as row from ${name} one where one::text like '%⟦%' limit 1`,
      );
      if (marked[0]) found.push(`${name}: ${marked[0].row.slice(0, 600)}`);
    }
    return found;
  });
}

const refusedIn = (headers: Record<string, string>) =>
  call(`${world.url}/api/v1/contacts/${"0".repeat(24)}`, { key: team.key, headers });

test("a refusal is said in the language that the call names, with the same code", async () => {
  const [plain, marked] = [await refusedIn({}), await refusedIn(MARKED)];
  assert.deepEqual([marked.status, marked.body.code], [plain.status, plain.body.code]);
  assert.equal(marked.body.error, `⟦${plain.body.error}⟧`);
});

test("Accept-Language and a language that is not spoken change nothing", async () => {
  const plain = await refusedIn({});
  const others: Record<string, string>[] = [
    { "accept-language": "de" },
    { "cadenza-language": "tlh" },
    { "cadenza-language": "" },
  ];
  for (const headers of others) assert.deepEqual((await refusedIn(headers)).body, plain.body);
});

test("calls at the same time are each answered in their own language", async () => {
  const asked = Array.from({ length: 60 }, (_, n) => (n % 2 === 0 ? MARKED : {}));
  const answers = await Promise.all(asked.map((headers) => refusedIn(headers as Record<string, string>)));
  assert.deepEqual(
    answers.map(({ body }) => String(body.error).startsWith("⟦")),
    asked.map((headers) => headers === MARKED),
  );
});

test("why a contact waits is said in the language that the call names", async () => {
  const sequence = await newSequence(team, { emailer_steps: [MAIL_STEP] });
  const contact = await newContact(team);
  const ask = async (headers: Record<string, string>) =>
    (await call(`${world.url}/api/v1/emailer_campaigns/${sequence.id}/explain`, { key: team.key, headers }))
      .body.explain as Record<string, unknown>;
  const [plain, marked] = [await ask({}), await ask(MARKED)];
  assert.ok(contact);
  assert.doesNotMatch(JSON.stringify(plain), /⟦/);
  assert.match(String(marked.sentence), /⟦/);
  assert.deepEqual(Object.keys(marked), Object.keys(plain));
});
