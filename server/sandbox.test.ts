// A sandbox as programs start it: one line of JSON, and an end that leaves nothing behind.

import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { readConfig } from "./config.ts";
import { BadConfiguration } from "./setting-values.ts";
import { freePort } from "./testing/doors.ts";
import { type SandboxProcess as Sandbox, startSandboxProcess } from "./testing/sandbox-process.ts";
import { alwaysOpen, until } from "./testing/sending.ts";
import { MAIL_STEP, newSequence } from "./testing/sequenced.ts";

const folder = mkdtempSync(join(tmpdir(), "cadenza-kept-"));
after(() => rmSync(folder, { recursive: true, force: true }));

test("it starts with a key, says that it is a sandbox, and leaves nothing behind", async () => {
  const own = mkdtempSync(join(folder, "own-"));
  const { TMPDIR } = process.env;
  process.env.TMPDIR = own;
  const box = await startSandboxProcess(["--at", "2027-01-04T09:00:00Z"]);
  const answer = await fetch(`${box.url}/api/v1/sandbox/clock`, { headers: { "x-api-key": box.key } });
  assert.equal(answer.headers.get("cadenza-sandbox"), "true");
  assert.equal(((await answer.json()) as { clock: { now: string } }).clock.now, "2027-01-04T09:00:00.000Z");
  assert.equal((await fetch(box.url)).headers.get("cadenza-sandbox"), "true");
  await box.stop();
  assert.deepEqual(readdirSync(own), []);
  if (TMPDIR === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = TMPDIR;
});

test("with sample data, the time moves on once all of it is there", async () => {
  const box = await startSandboxProcess(["--at", "2027-01-04T09:00:00Z", "--sample"]);
  await box.api.sandbox.advance({ minutes: 1, wait_seconds: 300 });
  const { pagination } = await box.api.contacts.search({ per_page: 1 });
  await box.stop();
  assert.equal(pagination.total_entries, 2_000);
});

test("killed three times on its way, it goes on where it was, and each email goes out once", async () => {
  // It comes back at its port, which no outgoing connection may have meanwhile.
  const port = String(await freePort());
  let box = await startSandboxProcess(["--at", "2027-01-04T00:00:00Z", "--keep", folder, "--port", port]);
  const { api } = box;
  const mailbox = (await api.emailAccounts.create({ email: "me@sender.example", type: "catcher" }))
    .email_account;
  await api.emailAccounts.update({
    id: mailbox.id,
    email_daily_threshold: null,
    max_outbound_emails_per_hour: null,
    seconds_delay_between_emails: 60,
  });
  const sequence = await newSequence(box, {
    emailer_schedule_id: await alwaysOpen(box),
    emailer_steps: [1, 2, 3].map(mailStep),
  });
  const { created_contacts } = await api.contacts.bulkCreate({
    contact_attributes: Array.from({ length: 30 }, (_, n) => ({
      first_name: `Person${n}`,
      email: `person${n}@company${n}.example`,
    })),
  });
  await api.joining.addContacts({
    id: sequence.id,
    contact_ids: created_contacts.map(({ id }) => id),
    send_email_from_email_account_id: [mailbox.id],
    sequence_unverified_email: true,
  });
  // Days without an email pass by the hundred in seconds, so the last kill needs many of them before it.
  await api.sandbox.advance({ days: 300, wait_seconds: 0 });
  for (const day of ["2027-01-04T00:10", "2027-01-09T00:10", "2027-01-14T00:10"]) {
    const { state, now } = await clockAfter(box, day);
    assert.equal(state, "advancing", `it was killed on its way, at ${now}`);
    await box.kill();
    box = await startSandboxProcess(["--keep", folder]);
  }
  await clockAfter(box, "2027-10-31");
  const { clock } = await box.api.sandbox.clock();
  assert.equal(clock.now, "2027-10-31T00:00:00.000Z");
  const mails = (await Promise.all(
    created_contacts.map(async ({ email }) =>
      (
        await box.api.catcher.list({ to: email ?? "", limit: 50 })
      ).messages
        .map(({ subject }) => subject)
        .sort(),
    ),
  )) satisfies string[][];
  for (const subjects of mails) assert.deepEqual(subjects, ["Number 1", "Number 2", "Number 3"]);
  await box.stop();
  assert.ok(existsSync(join(folder, "sandbox-key")));
});

/** Five days after the one before. */
const mailStep = (number: number) => ({
  ...MAIL_STEP,
  wait_time: number === 1 ? 0 : 5,
  wait_mode: "day" as const,
  emailer_touches: [
    {
      status: "approved" as const,
      emailer_template: { subject: `Number ${number}`, body_html: "<p>Hello {{first_name}}</p>" },
    },
  ],
});

/** As soon as its time has come to that. */
const clockAfter = ({ api }: Sandbox, day: string) =>
  until(async () => {
    const { clock } = await api.sandbox.clock();
    return clock.now >= day && clock;
  });

test("a sandbox is one process, and its time is readable", () => {
  const wish = (env: Record<string, string>) => () => readConfig(env, []);
  assert.throws(wish({ CADENZA_SANDBOX: "1", CADENZA_ROLE: "api" }), BadConfiguration);
  assert.throws(wish({ CADENZA_SANDBOX: "1", CADENZA_ENGINE_LOOPS: "0" }), /must not be 0/);
  assert.throws(wish({ CADENZA_SANDBOX: "yesterday" }), /must be 1 or a time/);
  const { sandbox, catcher, mailAllow } = readConfig(
    { CADENZA_SANDBOX: "1", CADENZA_MAIL_ALLOW: "10.0.0.0/8", CADENZA_CATCHER: "0" },
    [],
  );
  assert.deepEqual([sandbox, catcher, mailAllow], [{ at: null, isKept: true }, true, []]);
});
