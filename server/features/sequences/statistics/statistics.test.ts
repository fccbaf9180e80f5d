// What is printed of sequences and their variants, counted a second time and another way: row by row, from the mails and
// the events themselves.

import assert from "node:assert/strict";
import { test } from "node:test";
import { CALL_NOW, newPeople } from "../../../testing/stepping.ts";
import { asOwner } from "../../../testing/wire.ts";
import { makeSequence } from "../../../testing/wishes/sequences.ts";
import { type Team, useWorld } from "../../../testing/world.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

/** Mails of every kind there is, drawn anew from a seed: also such as must not be counted. */
async function plantMails(sequence: string, touches: readonly string[], seed: number) {
  await asOwner(world, async (db) => {
    await db.query("select setseed($1)", [seed / 1_000_000]);
    await db.query(
      `with drawn as materialized (
         select g, random() as d, random() as b, random() as o, random() as c, random() as r, random() as t, random() as k
           from generate_series(1, 600) g)
       insert into messages (team_id, id, sequence_id, touch_id, type, delivery, has_bounced, is_hard_bounce, is_spam_blocked,
              num_opens, num_clicks, replied_at, reply_class, demoed_at, unsubscribed_at, open_tracking, click_tracking,
              created_at, updated_at)
       select $1, new_ident(), $2, case when k < 0.9 then ($3::text[])[1 + g % 2] end, 'outreach_automatic_email',
              (array['draft','planned','claimed','dot','sent','sent','sent','sent','sent','unconfirmed','failed','skipped','cancelled'])[1 + floor(d * 13)::int],
              case when b < 0.1 then true when b < 0.5 then false end, case when b < 0.06 then true end, case when c > 0.9 then true end,
              case when o < 0.4 then floor(o * 10)::int + 1 else 0 end, case when o < 0.2 then 1 else 0 end,
              case when r < 0.3 then now() end, case when r < 0.1 then 'out_of_office' when r < 0.2 then 'willing_to_meet' end,
              case when r > 0.95 then now() end, case when t > 0.93 then now() end, k > 0.4, k > 0.6, now(), now()
         from drawn`,
      [team.id, sequence, touches],
    );
    await db.query(
      `insert into messages (team_id, id, sequence_id, touch_id, type, delivery, copy_of, num_opens, replied_at, created_at, updated_at)
       select team_id, new_ident(), sequence_id, touch_id, type, delivery, id, 3, now(), now(), now() from messages
        where sequence_id = $1 and id like '%a'`,
      [sequence],
    );
    await db.query(
      `insert into message_events (team_id, id, message_id, type, at, is_machine)
       select m.team_id, new_ident(), m.id, v.type, now(), random() < 0.6
         from messages m cross join (values ('open'), ('open'), ('click'), ('reply')) v (type)
        where m.sequence_id = $1 and random() < 0.4`,
      [sequence],
    );
  });
}

type Mail = Record<string, unknown> & { id: string };

/** Counted in plain words. */
function recount(mails: readonly Mail[], machines: ReadonlySet<string>) {
  const own = mails.filter((mail) => mail.copy_of === null && mail.status !== null);
  const is = (word: string) => (mail: Mail) =>
    ({ planned: 1, claimed: 1, dot: 1, unconfirmed: 1 })[String(mail.delivery)]
      ? word === "scheduled"
      : mail.delivery === word;
  const came = own.filter(
    (mail) => is("sent")(mail) && mail.has_bounced !== true && mail.is_spam_blocked !== true,
  );
  const left = own.filter(
    (mail) => is("sent")(mail) || mail.has_bounced === true || mail.is_spam_blocked === true,
  );
  const count = (among: readonly Mail[], fits: (mail: Mail) => boolean) => among.filter(fits).length;
  const opened = (mail: Mail) => Number(mail.num_opens) > 0;
  const clicked = (mail: Mail) => Number(mail.num_clicks) > 0;
  const fetched = (mail: Mail) => opened(mail) || machines.has(`open ${mail.id}`);
  const followed = (mail: Mail) => clicked(mail) || machines.has(`click ${mail.id}`);
  const of = (part: number, whole: number) => (whole === 0 ? 0 : Math.min(1, part / whole));
  const n = {
    unique_scheduled: count(own, is("scheduled")),
    unique_delivered: came.length,
    unique_bounced: count(own, (mail) => mail.has_bounced === true),
    unique_hard_bounced: count(own, (mail) => mail.is_hard_bounce === true),
    unique_spam_blocked: count(own, (mail) => mail.is_spam_blocked === true),
    unique_opened: count(came, opened),
    unique_clicked: count(came, clicked),
    unique_replied: count(own, (mail) => mail.replied_at !== null && mail.reply_class !== "out_of_office"),
    unique_demoed: count(own, (mail) => mail.demoed_at !== null),
    unique_unsubscribed: count(own, (mail) => mail.unsubscribed_at !== null),
    unique_opened_unfiltered: count(came, fetched),
    unique_clicked_unfiltered: count(came, followed),
    unique_delivered_open_tracked: count(came, (mail) => mail.open_tracking === true),
    unique_delivered_click_tracked: count(came, (mail) => mail.click_tracking === true),
  };
  const rates = {
    bounce_rate: of(n.unique_bounced, left.length),
    hard_bounce_rate: of(n.unique_hard_bounced, left.length),
    spam_block_rate: of(n.unique_spam_blocked, left.length),
    spam_blocked_rate: of(n.unique_spam_blocked, left.length),
    open_rate: of(n.unique_opened, came.length),
    click_rate: of(n.unique_clicked, came.length),
    reply_rate: of(n.unique_replied, came.length),
    opt_out_rate: of(n.unique_unsubscribed, came.length),
    demo_rate: of(n.unique_demoed, came.length),
  };
  const tracked = (kind: "open" | "click", fits: (mail: Mail) => boolean) => {
    const known = came.filter((mail) => mail[`${kind}_tracking`] === true);
    return of(count(known, fits), known.length);
  };
  const ofTouch = {
    open_rate_unfiltered: of(n.unique_opened_unfiltered, came.length),
    open_rate_tracked: tracked("open", opened),
    open_rate_unfiltered_tracked: tracked("open", fetched),
    click_rate_unfiltered: of(n.unique_clicked_unfiltered, came.length),
    click_rate_tracked: tracked("click", clicked),
    click_rate_unfiltered_tracked: tracked("click", followed),
  };
  return { ofSequence: { ...n, ...rates }, ofTouch: { ...n, ...rates, ...ofTouch } };
}

async function readAll(sequence: string) {
  return asOwner(world, async (db) => {
    const mails = await db.query<Mail>("select * from messages where sequence_id = $1", [sequence]);
    const events = await db.query<{ type: string; message_id: string }>(
      "select type, message_id from message_events where is_machine and message_id in (select id from messages where sequence_id = $1)",
      [sequence],
    );
    return {
      mails: mails.rows,
      machines: new Set(events.rows.map((row) => `${row.type} ${row.message_id}`)),
    };
  });
}

const sameKeys = (answer: Record<string, unknown>, expected: Record<string, number>) =>
  Object.fromEntries(Object.keys(expected).map((key) => [key, answer[key]]));

const SEEDS = process.env.SEED ? [Number(process.env.SEED)] : [7, 8, 9];

test("every count and rate of sequences and variants equals a second count of the rows", async () => {
  for (const seed of SEEDS) {
    const { id } = await makeSequence(team);
    const { emailer_touches } = await team.api.sequences.show({ id });
    const touches = emailer_touches.map((touch) => touch.id);
    await plantMails(id, touches, seed);
    const { mails, machines } = await readAll(id);
    const whole = await team.api.sequences.show({ id });
    const { ofSequence } = recount(mails, machines);
    assert.ok(
      ofSequence.unique_delivered > 50 && ofSequence.unique_opened_unfiltered > ofSequence.unique_opened,
    );
    assert.deepEqual(sameKeys(whole.emailer_campaign, ofSequence), ofSequence, `seed ${seed}`);
    const { emailer_campaigns } = await team.api.sequences.search({ per_page: 100 });
    const listed = emailer_campaigns.find((one) => one.id === id) ?? {};
    assert.deepEqual(sameKeys(listed, ofSequence), ofSequence, `seed ${seed}, in the list`);
    for (const touch of whole.emailer_touches) {
      const own = mails.filter((mail) => mail.touch_id === touch.id);
      const { ofTouch } = recount(own, machines);
      assert.deepEqual(sameKeys(touch, ofTouch), ofTouch, `seed ${seed}, variant ${touch.id}`);
    }
  }
});

test("statistics and the search for mails agree on what each word means", async () => {
  const { id } = await makeSequence(team);
  await plantMails(id, [], SEEDS[0] ?? 0);
  const { emailer_campaign } = await team.api.sequences.show({ id });
  const pairs = {
    scheduled: emailer_campaign.unique_scheduled,
    delivered: emailer_campaign.unique_delivered,
    bounced: emailer_campaign.unique_bounced,
    spam_blocked: emailer_campaign.unique_spam_blocked,
    replied: emailer_campaign.unique_replied,
    demoed: emailer_campaign.unique_demoed,
    unsubscribed: emailer_campaign.unique_unsubscribed,
  };
  for (const [stat, expected] of Object.entries(pairs)) {
    let found = 0;
    for (let page = 1; ; page++) {
      const filter = { emailer_campaign_ids: [id], emailer_message_stats: [stat as "opened"] };
      const { emailer_messages } = await team.api.emailerMessages.search({ ...filter, page, per_page: 100 });
      found += emailer_messages.length;
      if (emailer_messages.length < 100) break;
    }
    assert.equal(found, expected, stat);
  }
});

const FIGURES = [
  "num_steps",
  "num_contacts",
  "unique_scheduled",
  "unique_delivered",
  "open_rate",
  "click_rate",
  "reply_rate",
  "demo_rate",
  "bounce_rate",
] as const;

test("a search sorts by every figure that it answers, both ways, and pages repeat and leave out none", async () => {
  for (const [contacts, seed] of [
    [3, 11],
    [1, 12],
    [2, 13],
  ] as const) {
    const { sequence } = await newPeople(team, Array(contacts).fill(CALL_NOW), { count: contacts });
    await plantMails(sequence, [], seed);
  }
  await makeSequence(team); // without an email
  const { emailer_campaigns: all } = await team.api.sequences.search({ per_page: 100 });
  for (const figure of FIGURES)
    for (const sort_ascending of [true, false]) {
      const search = { sort_by_field: figure, sort_ascending, per_page: 2 };
      const found: typeof all = [];
      for (let page = 1; found.length < all.length; page++)
        found.push(...(await team.api.sequences.search({ ...search, page })).emailer_campaigns);
      assert.deepEqual(found.map(({ id }) => id).sort(), all.map(({ id }) => id).sort(), figure);
      const isRate = figure.endsWith("_rate");
      const known = found.filter(({ unique_delivered }) => !isRate || unique_delivered > 0);
      assert.deepEqual(known, found.slice(0, known.length), `${figure}: without an email, last`);
      const values = known.map((one) => one[figure]);
      const sorted = values.toSorted((one, other) => (sort_ascending ? one - other : other - one));
      assert.deepEqual(values, sorted, `${figure}, ${sort_ascending ? "lowest" : "highest"} first`);
      assert.ok(new Set(values).size > 1, `${figure} tells sequences apart`);
    }
});
