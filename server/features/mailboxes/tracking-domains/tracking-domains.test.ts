// Links in emails under a team's own name: proved from outside, used while it works, and given up when it does not.

import assert from "node:assert/strict";
import { createServer, get } from "node:http";
import { after, test } from "node:test";
import { checkOnce } from "../../../engine/upkeep/check-domains.ts";
import { openOutgoing } from "../../../outgoing/door.ts";
import { freePort } from "../../../testing/doors.ts";
import { LOOPBACK } from "../../../testing/loopback.ts";
import { openNameServer } from "../../../testing/name-server.ts";
import { alwaysOpen, until } from "../../../testing/sending.ts";
import { MAIL_STEP, newContact, newSequence } from "../../../testing/sequenced.ts";
import { asOwner, call } from "../../../testing/wire.ts";
import { refused, type Team, tokenIn, useWorld } from "../../../testing/world.ts";

const port = await freePort();
const dns = await openNameServer();
after(() => dns.close());

/** Names that lead to this machine. */
const names = new Set<string>();

let team: Team;
const world = useWorld(
  {
    port,
    publicUrl: `http://crm.kraft.no:${port}`,
    dnsServers: [dns.address],
    catcher: true,
    engineLoops: 2,
  },
  async (opened) => {
    opened.running.app.outgoing = openOutgoing({
      allowed: LOOPBACK,
      ownDatabase: [{ host: "/nowhere", port: 9 }],
      lookup: async (name) => (names.has(name) ? ["127.0.0.1"] : []),
    });
    team = await opened.newTeam();
  },
);

let made = 0;
const newName = () => `links${++made}.norrland.no`;

async function working(of = team, rest: { default?: boolean } = {}) {
  const domain = newName();
  names.add(domain);
  const { tracking_domain } = await of.api.trackingDomains.create({ domain, ...rest });
  const checked = await of.api.trackingDomains.check({ id: tracking_domain.id });
  assert.equal(checked.tracking_domain.state, "verified", String(checked.tracking_domain.sentence));
  return { id: tracking_domain.id, domain };
}

async function newMailbox(of: Team, rest: { tracking_domain_id?: string } = {}) {
  const { email_account } = await of.api.emailAccounts.create({
    email: `me${++made}@norrland.no`,
    type: "catcher",
    click_tracking: true,
    open_tracking: true,
    max_outbound_emails_per_hour: null,
    seconds_delay_between_emails: null,
    ...rest,
  });
  return email_account.id;
}

/** What a sequence sends from the mailbox. */
async function sent(of: Team, mailbox: string) {
  const { id } = await newSequence(of, {
    emailer_schedule_id: await alwaysOpen(of),
    emailer_steps: [
      {
        ...MAIL_STEP,
        wait_time: 0,
        emailer_touches: [
          {
            emailer_template: {
              subject: "Hello",
              body_html: '<p><a href="https://kraft.no/prices">Prices</a></p>',
            },
            status: "approved",
          },
        ],
      },
    ],
  });
  const contact_ids = [await newContact(of)];
  await of.api.joining.addContacts({ id, contact_ids, send_email_from_email_account_id: [mailbox] });
  return until(() =>
    asOwner(world, async (client) => {
      const { rows } = await client.query(
        "select body_html, headers from catcher_messages where mailbox_id = $1 and folder = 'Sent' order by at desc limit 1",
        [mailbox],
      );
      return rows[0] as { body_html: string; headers: Record<string, string> } | undefined;
    }),
  );
}

const linksIn = (html: string) => [...html.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, url = ""]) => url);

/** As a browser asks that was led here by the name. */
function under(
  domain: string,
  path: string,
): Promise<{ status: number; text: string; location: string | null }> {
  return new Promise((resolve, reject) => {
    const headers = { host: `${domain}:${port}`, accept: "text/html" };
    get({ host: "127.0.0.1", port, path, headers }, async (answer) => {
      let text = "";
      for await (const chunk of answer) text += chunk;
      resolve({ status: answer.statusCode ?? 0, text, location: answer.headers.location ?? null });
    }).on("error", reject);
  });
}

test("a domain is used once it is proved to lead here, for all links of an email", async () => {
  const mine = await world.newTeam("Proved");
  const mailbox = await newMailbox(mine);
  const domain = newName();
  const { tracking_domain: added } = await mine.api.trackingDomains.create({
    domain: ` ${domain.toUpperCase()} `,
  });
  assert.deepEqual(
    [added.domain, added.default, added.state, added.record],
    [domain, true, "unverified", { name: domain, type: "CNAME", value: "crm.kraft.no" }],
  );
  const { tracking_domain: early } = await mine.api.trackingDomains.check({ id: added.id });
  assert.deepEqual(
    [early.state, early.fault, early.sentence],
    ["unverified", "no_record", `The DNS has no record for ${domain}. Publish a CNAME to crm.kraft.no.`],
  );
  const before = await sent(mine, mailbox);
  assert.ok(linksIn(before.body_html).every((url) => url.startsWith(`http://crm.kraft.no:${port}/`)));

  names.add(domain);
  const { tracking_domain: proved } = await mine.api.trackingDomains.check({ id: added.id });
  assert.deepEqual([proved.state, proved.fault, proved.sentence], ["verified", null, null]);
  const second = await newMailbox(mine);
  const mail = await sent(mine, second);
  const links = linksIn(mail.body_html);
  assert.equal(links.length >= 2, true, mail.body_html);
  assert.ok(
    links.every((url) => url.startsWith(`http://${domain}:${port}/`)),
    links.join(),
  );
  assert.match(mail.headers["list-unsubscribe"] ?? "", new RegExp(`<http://${domain}:${port}/u/`));

  const click = links.find((url) => url.includes("/c/")) ?? "";
  const answer = await under(domain, new URL(click).pathname);
  assert.deepEqual([answer.status, answer.location], [302, "https://kraft.no/prices"]);
  const page = await under(
    domain,
    new URL(/<(http[^>]+)>/.exec(mail.headers["list-unsubscribe"] ?? "")?.[1] ?? "").pathname,
  );
  assert.equal(page.status, 200);
});

test("a mailbox's own domain goes before the team's, and a removed one is no longer used", async () => {
  const mine = await world.newTeam("Own");
  const ofTeam = await working(mine);
  const own = await working(mine);
  assert.equal(
    (await mine.api.trackingDomains.list()).tracking_domains.filter((one) => one.default).length,
    1,
  );
  const mailbox = await newMailbox(mine, { tracking_domain_id: own.id });
  const isUnder = async (domain: string) =>
    linksIn((await sent(mine, mailbox)).body_html).every((url) => url.startsWith(`http://${domain}:`));
  assert.ok(await isUnder(own.domain));
  await mine.api.trackingDomains.destroy({ id: own.id });
  const { email_accounts } = await mine.api.emailAccounts.list();
  assert.equal(email_accounts.find(({ id }) => id === mailbox)?.tracking_domain_id, null);
  await asOwner(world, (client) =>
    client.query("delete from catcher_messages where mailbox_id = $1", [mailbox]),
  );
  assert.ok(await isUnder(ofTeam.domain));
  const unknown = await refused(
    mine.api.emailAccounts.update({ id: mailbox, tracking_domain_id: own.id, test: false }),
  );
  assert.equal(unknown.code, "tracking_domain_unknown");
});

test("a domain that no longer leads here is given up at the second look, and comes back by itself", async () => {
  const mine = await world.newTeam("Lost");
  const { id, domain } = await working(mine);
  const state = async () =>
    (await mine.api.trackingDomains.list()).tracking_domains.find((one) => one.id === id)?.state;
  const look = async () => {
    await asOwner(world, (client) =>
      client.query("update tracking_domains set check_at = now() - interval '1 second' where id = $1", [id]),
    );
    const before = (await mine.api.trackingDomains.list()).tracking_domains[0]?.checked_at;
    await until(async () => {
      await checkOnce(world.running);
      return (await mine.api.trackingDomains.list()).tracking_domains[0]?.checked_at !== before;
    });
  };
  names.delete(domain);
  await look();
  assert.equal(await state(), "verified", "one failure may be a moment's");
  await look();
  assert.equal(await state(), "lost");
  const mail = await sent(mine, await newMailbox(mine));
  assert.ok(linksIn(mail.body_html).every((url) => url.startsWith(`http://crm.kraft.no:${port}/`)));
  names.add(domain);
  await look();
  assert.equal(await state(), "verified");
  const told = await asOwner(world, async (client) => {
    const { rows } = await client.query(
      "select data->>'is' as is from events where team_id = $1 and type = 'tracking_domain.changed' order by position",
      [mine.id],
    );
    return rows.map((row) => row.is);
  });
  assert.deepEqual(told, ["added", "checked", "verified", "lost", "verified"]);
});

test("under the name there are the links of emails, and nothing of the app", async () => {
  const { domain } = await working();
  for (const path of ["/", "/sequences", "/api/v1/auth/health", "/openapi.json", "/help/", "/assets/x.js"]) {
    const answer = await under(domain, path);
    assert.deepEqual([answer.status, answer.text], [404, "There is nothing here.\n"], path);
  }
  assert.equal((await under("crm.kraft.no", "/api/v1/auth/health")).status, 200);
  assert.equal((await under("other.kraft.no", "/api/v1/auth/health")).status, 200, "names that are nobody's");
  const asked = (name: string) => call(`${world.url}/tracking-domain/ask?domain=${name}`);
  assert.deepEqual([(await asked(domain)).status, (await asked("CRM.kraft.no")).status], [200, 200]);
  assert.deepEqual(
    await Promise.all(["evil.example", "", "x".repeat(300)].map(async (name) => (await asked(name)).status)),
    [404, 404, 404],
  );
});

test("what is wrong with a domain is said", async () => {
  const mine = await world.newTeam("Wrong");
  const other = createServer((_request, response) => response.end("another server"));
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  after(() => other.close());
  const domain = newName();
  const { tracking_domain } = await mine.api.trackingDomains.create({ domain });
  const looked = async (allowed = LOOPBACK, leadsTo = "127.0.0.1") => {
    const { app } = world.running;
    const { outgoing } = app;
    app.outgoing = openOutgoing({ allowed, ownDatabase: [], lookup: async () => [leadsTo] });
    const answer = await mine.api.trackingDomains.check({ id: tracking_domain.id });
    app.outgoing = outgoing;
    return answer.tracking_domain;
  };
  assert.equal((await looked([])).fault, "private_address");
  const { tracking_domain: foreign } = await world
    .newTeam("Foreign")
    .then((theirs) => theirs.api.trackingDomains.create({ domain: newName() }));
  assert.equal((await under(domain, `/tracking-domain/${mine.id}/${foreign.id}`)).status, 404);
  assert.equal((await under(domain, `/tracking-domain/${mine.id}/x`)).status, 404);
  assert.equal((await looked()).state, "verified");
});

test("a name belongs to one team, is no address of Cadenza's own, and is set by admins", async () => {
  const { domain, id } = await working();
  const theirs = await world.newTeam("Theirs");
  const codeOf = async (wish: { domain: string }, of = theirs) =>
    (await refused(of.api.trackingDomains.create(wish))).code;
  assert.equal(await codeOf({ domain }), "tracking_domain_taken");
  assert.equal(await codeOf({ domain: "crm.kraft.no" }), "tracking_domain_own");
  for (const odd of ["norrland", "127.0.0.1", "a b.no", "-.no", "no"])
    assert.equal(await codeOf({ domain: odd }), "tracking_domain_unusable", odd);
  const email = "member@norrland.no";
  const password = "a password long enough";
  const { invitation_url } = await team.api.users.invite({ email });
  await world.client().invitations.accept({ token: tokenIn(invitation_url), name: "Member", password });
  const { api } = await world.signIn(email, password);
  assert.equal((await refused(api.trackingDomains.create({ domain: newName() }))).status, 403);
  assert.equal((await refused(api.trackingDomains.destroy({ id }))).status, 403);
  const many = await world.newTeam("Many");
  for (let n = 0; n < 20; n++) await many.api.trackingDomains.create({ domain: newName() });
  assert.equal(await codeOf({ domain: newName() }, many), "too_many_tracking_domains");
});
