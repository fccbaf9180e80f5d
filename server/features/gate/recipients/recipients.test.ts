// How much a mailbox sends to one mail provider and to one domain, where the provider of a domain is known by its MX records.

import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import type { Input } from "@cadenza/sdk";
import { HOLD_WORDS } from "../../../domain/insight/hold-words.ts";
import { checkOnce } from "../../../engine/upkeep/check-domains.ts";
import { feedSettles } from "../../../testing/feed.ts";
import { LOOPBACK } from "../../../testing/loopback.ts";
import { openNameServer } from "../../../testing/name-server.ts";
import { alwaysOpen, newSendingMailbox, until, useWitness } from "../../../testing/sending.ts";
import { MAIL_STEP, newContact, newSequence } from "../../../testing/sequenced.ts";
import { asOwner } from "../../../testing/wire.ts";
import { type Team, useWorld } from "../../../testing/world.ts";

const dns = await openNameServer();
after(() => dns.close());
const witness = useWitness();
const world = useWorld({ engineLoops: 4, mailAllow: LOOPBACK, dnsServers: [dns.address] });
let team: Team;
let hours: string;
let mailbox: string;

const NO_LIMITS = {
  email_daily_threshold: null,
  max_outbound_emails_per_hour: null,
  seconds_delay_between_emails: null,
};

beforeEach(async () => {
  team = await world.newTeam();
  hours = await alwaysOpen(team);
  mailbox = (await newSendingMailbox(team, witness, NO_LIMITS)).id;
});

type Limits = NonNullable<Input<"teams", "update">["recipient_limits"]>;
const allow = (...recipient_limits: Limits) => team.api.teams.update({ recipient_limits });

async function enrol(emails: string[], from = mailbox) {
  const contact_ids: string[] = [];
  for (const email of emails) contact_ids.push(await newContact(team, { email }));
  const { id } = await newSequence(team, { emailer_schedule_id: hours, emailer_steps: [MAIL_STEP] });
  const answer = await team.api.joining.addContacts({
    id,
    contact_ids,
    send_email_from_email_account_id: [from],
    sequence_same_company_in_same_campaign: true,
    sequence_unverified_email: true,
  });
  return "enrollments" in answer ? answer.enrollments.map((one) => one.id) : [];
}

const mails = (of = team) =>
  asOwner(world, async (client) => {
    const { rows } = await client.query(
      "select to_email, delivery, hold_code, recipient_provider from messages where team_id = $1 order by to_email",
      [of.id],
    );
    return rows;
  });
/** The name server is asked whenever the engine has not done so yet. */
const sent = (count: number) =>
  until(async () => {
    await checkOnce(world.running);
    return (await mails()).filter(({ delivery }) => delivery === "sent").length === count;
  });
const held = (count: number) =>
  until(
    async () => (await mails()).filter(({ hold_code }) => hold_code === "limit:recipients").length === count,
  );
async function reasonOf(id: string) {
  const { explain } = await team.api.explain.enrollment({ id });
  const [first] = explain.held_by;
  return [first?.code, first?.rule];
}

test("domains with the same provider by their MX records share its limit, and other providers pass", async () => {
  dns.mail.set("fjord.dk", ["aspmx.l.google.com"]);
  dns.mail.set("havn.dk", ["ALT1.aspmx.l.google.com", "aspmx.l.google.com"]);
  dns.mail.set("skov.dk", ["skov-dk.mail.protection.outlook.com"]);
  await allow({ to: "provider", most: 1, per: "hour" });
  await enrol(["ana@fjord.dk"]);
  await sent(1);
  const [waiting = ""] = await enrol(["ben@havn.dk"]);
  await enrol(["cyd@skov.dk"]);
  await sent(2);
  await held(1);
  const { email } = (await team.api.emailAccounts.list({})).email_accounts[0] ?? {};
  assert.deepEqual(await reasonOf(waiting), [
    "limit:recipients",
    `${email} has reached its limit of emails to Google: 1 of 1 email sent in an hour.`,
  ]);
  assert.deepEqual(
    (await mails()).map(({ to_email, recipient_provider }) => [to_email, recipient_provider]),
    [
      ["ana@fjord.dk", "google"],
      ["cyd@skov.dk", "microsoft"],
      [null, null], // not claimed yet
    ],
  );
  const other = (await newSendingMailbox(team, witness, NO_LIMITS)).id;
  await enrol(["dan@gmail.com"], other); // the limit is each mailbox's own
  await sent(3);
  world.advance({ minutes: 62 });
  await sent(4);
});

test("a domain whose provider is not known counts by itself, and the reason says so", async () => {
  dns.mail.set("klit.dk", ["mx.klit.dk"]);
  dns.mail.set("mose.dk", ["mx.mose.dk"]);
  dns.mail.set("lyng.dk", "refused");
  await allow({ to: "provider", most: 1, per: "day" });
  await enrol(["ana@klit.dk"]);
  await sent(1);
  const [waiting = ""] = await enrol(["ben@klit.dk"]);
  await enrol(["cyd@mose.dk", "dan@lyng.dk"]);
  await sent(3);
  await held(1);
  const { email } = (await team.api.emailAccounts.list({})).email_accounts[0] ?? {};
  assert.deepEqual(await reasonOf(waiting), [
    "limit:recipients",
    `${email} has reached its limit of emails to klit.dk, whose mail provider is not known: 1 of 1 email sent in 24 hours.`,
  ]);
});

test("the first email to a domain waits until the name server has told its provider, and later ones do not ask", async () => {
  dns.mail.set("tind.dk", ["mx1.hc1-2.eu.iphmx.com"]);
  await allow({ to: "provider", provider: "cisco", most: 5, per: "hour" });
  await enrol(["ana@tind.dk"]);
  await sent(1);
  await feedSettles(world);
  const { events } = await team.api.events.list({ types: ["message.delayed"] });
  assert.deepEqual(
    events.map(({ data }) => data.code),
    ["limit:recipients"],
  );
  assert.equal(
    HOLD_WORDS["limit:recipients"].says({ domain: "tind.dk", isLookedUp: true }, () => ""),
    "The team limits emails per mail provider. Cadenza is looking up which provider takes email for tind.dk.",
  );
  assert.equal((await mails())[0]?.recipient_provider, "cisco");
  const asked = dns.asked.filter((name) => name === "tind.dk").length;
  await enrol(["ben@tind.dk"]);
  await sent(2);
  assert.equal(dns.asked.filter((name) => name === "tind.dk").length, asked, "it is known for a week");
});

test("a limit of one provider leaves others alone, a limit of domains leaves free mail alone, and none asks the name server for nothing", async () => {
  const before = dns.asked.length;
  await allow(
    { to: "provider", provider: "google", most: 0, per: "hour" },
    { to: "domain", most: 1, per: "day" },
  );
  await enrol(["ana@gmail.com", "ben@yahoo.com", "cyd@yahoo.com", "dan@acme.example", "eve@acme.example"]);
  await sent(3);
  await held(2);
  assert.equal(dns.asked.length, before, "no domain here has to be looked up");
  await allow();
  await sent(5);
  await enrol(["fay@dal.dk"]);
  await sent(6);
  const { rows } = await asOwner(world, (client) =>
    client.query("select domain from recipient_domains where team_id = $1", [team.id]),
  );
  assert.deepEqual([rows, dns.asked.length], [[], before], "without limits nothing is looked up");
});

test("limits are a few, and each makes sense", async () => {
  await assert.rejects(allow({ to: "provider", most: -1, per: "hour" }));
  const one = { to: "domain", most: 1, per: "day" } as const;
  await assert.rejects(allow(...Array.from({ length: 13 }, () => one)));
  await allow(one, { to: "provider", provider: "gmx", most: 9, per: "hour" });
  const { team: kept } = await team.api.teams.current();
  assert.deepEqual(kept.recipient_limits, [
    { ...one, provider: null },
    { to: "provider", provider: "gmx", most: 9, per: "hour" },
  ]);
});
