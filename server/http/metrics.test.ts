// The port for metrics: its page is in Prometheus's format, and has the metrics of the table and no others.

import assert from "node:assert/strict";
import { test } from "node:test";
import { METRICS, type Metric, topAndOther } from "../kernel/metrics.ts";
import { freePort } from "../testing/doors.ts";
import { readExposition } from "../testing/exposition.ts";
import { LOOPBACK } from "../testing/loopback.ts";
import { newSendingMailbox, until } from "../testing/sending.ts";
import { newContact } from "../testing/sequenced.ts";
import { call } from "../testing/wire.ts";
import { type Team, useWorld } from "../testing/world.ts";

const port = await freePort();
let team: Team;
const world = useWorld(
  { catcher: true, engineLoops: 2, mailAllow: LOOPBACK, metrics: { host: "127.0.0.1", port } },
  async (opened) => {
    team = await opened.newTeam();
  },
);

async function readPage() {
  const { status, text } = await call(`http://127.0.0.1:${port}/metrics`);
  assert.equal(status, 200);
  return { text, families: readExposition(text) };
}

type Page = Awaited<ReturnType<typeof readPage>>;
function figureIn({ families }: Page, name: keyof typeof METRICS, labels: Record<string, string> = {}) {
  const wanted = JSON.stringify(Object.entries(labels).sort());
  const samples = families.get(name)?.samples ?? [];
  return samples.find((one) => JSON.stringify(Object.entries(one.labels).sort()) === wanted)?.value;
}

async function sendFrom(email_account_id: string) {
  const contact_id = await newContact(team);
  const wish = { contact_id, subject: "Hi", body_html: "<p>Hi</p>", email_account_id };
  const { emailer_message } = await team.api.emailerMessages.create(wish);
  await team.api.emailerMessages.sendNow({ id: emailer_message.id });
}

test("the page is in Prometheus's format, and every metric of the table is on it with its help and its labels", async () => {
  await call(`${world.url}/health/live`);
  const { families, text } = await readPage();
  assert.deepEqual([...families.keys()].sort(), Object.keys(METRICS).sort());
  for (const [name, metric] of Object.entries<Metric>(METRICS)) {
    const family = families.get(name);
    assert.equal(family?.type, metric.type, name);
    if (metric.of !== "node") assert.equal(family?.help, metric.help, name);
    const known = [...(metric.labels ?? []), ...(metric.type === "histogram" ? ["le"] : [])].sort();
    for (const { labels } of family?.samples ?? [])
      assert.ok(
        Object.keys(labels).every((label) => known.includes(label)),
        `${name} ${Object.keys(labels)}`,
      );
  }
  assert.ok(!text.includes(team.key) && !text.includes(team.owner.email));
});

test("every figure of the process is measured: the ones that are set together with another one, too", async () => {
  const page = await until(async () => {
    const page = await readPage();
    const delays = page.families.get("cadenza_event_loop_delay_seconds")?.samples ?? [];
    return delays.some((one) => one.name.endsWith("_count") && one.value > 0) ? page : undefined;
  });
  for (const [name, { type, of }] of Object.entries<Metric>(METRICS))
    if (of === "node" && type !== "histogram")
      assert.ok((figureIn(page, name as keyof typeof METRICS) ?? 0) > 0, name);
});

test("a mail that was sent, one whose server is away, and the calls that asked for them are counted", async () => {
  const { email_account } = await team.api.emailAccounts.create({
    email: "ole@kraft.example",
    type: "catcher",
  });
  const away = await newSendingMailbox(team, { port: await freePort() });
  await sendFrom(email_account.id);
  await sendFrom(away.id);
  const page = await until(async () => {
    const page = await readPage();
    const queued = figureIn(page, "cadenza_queue_emails", { team: team.id, mailbox: away.id });
    return figureIn(page, "cadenza_emails_sent_total") === 1 && queued === 1 ? page : undefined;
  });
  assert.ok((figureIn(page, "cadenza_emails_unsent_total", { outcome: "not_started" }) ?? 0) >= 1);
  assert.equal(figureIn(page, "cadenza_team_queue_emails", { team: team.id }), 1);
  assert.equal(figureIn(page, "cadenza_mailboxes", { state: "active" }), 2);
  assert.equal(figureIn(page, "cadenza_engines"), 1);
  assert.equal(figureIn(page, "cadenza_sending_paused"), 0);
  assert.equal(figureIn(page, "cadenza_database_up"), 1);
  const sendNow = { operation: "api/v1/emailer_messages/send_now", status: "200" };
  assert.equal(figureIn(page, "cadenza_http_requests_total", sendNow), 2);
  const samples = (name: keyof typeof METRICS) => page.families.get(name)?.samples ?? [];
  for (const name of ["cadenza_claim_duration_seconds", "cadenza_gate_duration_seconds"] as const)
    assert.ok(
      samples(name).some((one) => one.name === `${name}_count` && one.value >= 1),
      name,
    );
});

test("a path that nobody serves makes no series of its own", async () => {
  for (let n = 0; n < 3; n++) await call(`${world.url}/no/such/path/${n}`);
  const { families } = await readPage();
  const operations = families
    .get("cadenza_http_requests_total")
    ?.samples.map(({ labels }) => labels.operation);
  assert.deepEqual(
    operations?.filter((one) => one?.includes("such")),
    [],
  );
});

test("a thousand teams make as many series as the limit says, and none of their emails is missing", () => {
  const rows = Array.from({ length: 1_000 }, (_, n) => ({ id: `team${n}`, value: n }));
  const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0);
  const shown = topAndOther(rows, ({ id }) => ({ team: id }), sum, 20);
  assert.equal(shown.length, 21);
  assert.deepEqual(shown[0], { labels: { team: "team999" }, value: 999 });
  assert.deepEqual(shown.at(-1)?.labels, { team: "other" });
  assert.equal(sum(shown.map(({ value }) => value)), sum(rows.map(({ value }) => value)));
  assert.equal(topAndOther(rows.slice(0, 20), ({ id }) => ({ team: id }), sum, 20).length, 20);
});

test("the strict reader refuses what Prometheus's own checker refuses", () => {
  const head = (name: string, type: string) => `# HELP ${name} A figure.\n# TYPE ${name} ${type}\n`;
  for (const [text, why] of [
    ["a 1\n", /no TYPE/],
    [`${head("a", "gauge")}a 1`, /no end/],
    [`${head("a", "gauge")}b 1\n`, /no sample of/],
    [`${head("a", "gauge")}a 1\na 2\n`, /twice/],
    [`${head("a", "counter")}a 1\n`, /is a counter/],
    [`${head("a_total", "gauge")}a_total 1\n`, /is a gauge/],
    [`${head("a_ms", "gauge")}a_ms 1\n`, /conventions/],
    [`${head("a", "gauge")}a{b="1"c="2"} 1\n`, /bad labels/],
    [
      `${head("a", "histogram")}a_bucket{le="1"} 2\na_bucket{le="+Inf"} 1\na_sum 1\na_count 1\n`,
      /no histogram/,
    ],
  ] as const)
    assert.throws(() => readExposition(text), why, text);
});
