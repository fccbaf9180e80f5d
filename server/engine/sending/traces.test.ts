// One email's life as one trace: sent by one process, answered while another is at work, and told to a webhook.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { attributesOf, type CollectedSpan, openCollector } from "../../testing/collector.ts";
import { startEngineProcess } from "../../testing/engine-process.ts";
import { openImapMailbox } from "../../testing/imap-mailbox.ts";
import { replyTo } from "../../testing/incoming.ts";
import { LOOPBACK } from "../../testing/loopback.ts";
import { LOGIN } from "../../testing/post-office.ts";
import { openReceiver } from "../../testing/receiver.ts";
import { alwaysOpen, newSendingMailbox, until, useWitness } from "../../testing/sending.ts";
import { newContacts, newSequence } from "../../testing/sequenced.ts";
import { useWorld } from "../../testing/world.ts";

const collector = await openCollector();
after(collector.close);
const witness = useWitness();
const world = useWorld({
  role: "api",
  mailAllow: LOOPBACK,
  webhookAllow: LOOPBACK,
  traces: collector.settings,
  slowStatementMs: 0.0001, // so that each statement is a slow one
});

const ENGINE = {
  CADENZA_ENGINE_LOOPS: "4",
  CADENZA_IMAP_POLL_MS: "200",
  CADENZA_MAIL_ALLOW: "127.0.0.0/8",
  CADENZA_WEBHOOK_ALLOW: "127.0.0.0/8",
  OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
  OTEL_EXPORTER_OTLP_HEADERS: "api-key=secret%20of%20the%20collector",
};

const named = (name: string, of: (span: CollectedSpan) => boolean = () => true) =>
  collector.spans.filter((span) => span.name === name && of(span));

test("an email's spans stand in one trace, whichever process tells them, and name nobody", async (t) => {
  const team = await world.newTeam();
  const receiver = await openReceiver(t);
  await team.api.webhookSubscriptions.create({ url: receiver.url, types: ["message.sent"] });
  const box = await openImapMailbox();
  t.after(() => box.close());
  const imap = { host: "localhost", port: box.port, security: "none" as const, ...LOGIN };
  const mailbox = await newSendingMailbox(team, witness, { imap });
  const { id } = await newSequence(team, { emailer_schedule_id: await alwaysOpen(team) });
  const contacts = await newContacts(team, 1);
  await team.api.joining.addContacts({
    id,
    contact_ids: contacts,
    send_email_from_email_account_id: [mailbox.id],
    sequence_unverified_email: true,
  });

  const first = startEngineProcess(world, ENGINE);
  t.after(first.stop);
  await witness.waitFor(1);
  await until(async () => named("email").length === 1 && named("record").length === 1);
  await until(async () => named("webhook message.sent").length === 1);
  await first.stop(); // with SIGKILL

  const [sent] = (
    await team.api.emailerMessages.search({ emailer_campaign_ids: [id] })
  ).emailer_messages.filter(({ status }) => status === "completed");
  assert.ok(sent);
  const [line] = await witness.lines();
  const second = startEngineProcess(world, ENGINE);
  t.after(second.stop);
  box.mail.deliver(replyTo({ email: line?.rcpt ?? "", internetId: line?.message_id ?? "" }, "Sounds good"));
  await until(async () => named("incoming email").length === 1);

  const [root] = named("email");
  const ids = { "cadenza.team_id": team.id, "cadenza.message_id": sent.id };
  const { traceId } = root as CollectedSpan;
  const ofEmail = collector.spans.filter((span) => span.traceId === traceId);
  assert.deepEqual(ofEmail.map(({ name }) => name).toSorted(), [
    "claim",
    "email",
    "gate",
    "incoming email",
    "record",
    "send",
    "webhook message.sent",
  ]);
  const [send] = named("send");
  for (const span of ofEmail) {
    const parent = span === root ? undefined : span.name === "gate" ? send?.spanId : root?.spanId;
    assert.equal(span.parentSpanId, parent, span.name);
    if (span.name !== "webhook message.sent") assert.partialDeepStrictEqual(attributesOf(span), ids);
  }
  assert.partialDeepStrictEqual(attributesOf(send), {
    "cadenza.mailbox_id": mailbox.id,
    "cadenza.sequence_id": id,
    "cadenza.outcome": "accepted",
  });
  assert.equal(attributesOf(named("gate")[0])["cadenza.gate"], "pass");
  assert.equal(attributesOf(named("incoming email")[0])["cadenza.incoming_kind"], "reply");
  const [webhook] = named("webhook message.sent");
  assert.equal(receiver.received[0]?.traceparent, `00-${traceId}-${webhook?.spanId}-01`);

  const { contact } = await team.api.contacts.get({ id: contacts[0] ?? "" });
  const all = collector.texts.join("\n");
  for (const word of [contact.email, mailbox.email, "Sounds good", team.key])
    assert.ok(word && !all.includes(word), String(word));
});

test("a call is a span, in the trace of a caller that names one, with its slow statements under it", async () => {
  const team = await world.newTeam();
  const caller = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  await team.api.contacts.search({ per_page: 1 }, { headers: { traceparent: caller } });
  await until(async () => named("POST api/v1/contacts/search").length > 0);
  const [call] = named(
    "POST api/v1/contacts/search",
    ({ parentSpanId }) => parentSpanId === "00f067aa0ba902b7",
  );
  assert.equal(call?.traceId, "4bf92f3577b34da6a3ce929d0e0e4736");
  assert.equal(call?.kind, 2);
  assert.partialDeepStrictEqual(attributesOf(call), {
    "http.request.method": "POST",
    "http.route": "/api/v1/contacts/search",
    "http.response.status_code": 200,
  });
  const under = named("slow statement", ({ parentSpanId }) => parentSpanId === call?.spanId);
  assert.ok(under.some((span) => /^select /.test(String(attributesOf(span)["db.query.text"]))));
  assert.ok(under.every((span) => span.traceId === call?.traceId));
  await team.api.contacts.search({ per_page: 1 }, { headers: { traceparent: caller.replace(/01$/, "00") } });
  await team.api.contacts.get({ id: "64f0aa0000000000000000ff" }).catch(() => {});
  await until(async () => named("GET api/v1/contacts/show").length > 0);
  assert.equal(
    named("POST api/v1/contacts/search", ({ parentSpanId }) => parentSpanId !== undefined).length,
    1,
  );
});
