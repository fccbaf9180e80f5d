// Lists that are longer than anybody reads: of what is there only what is in view is drawn and asked for, to their end. How
// quick a table of 100,000 is, to beyond the 50,000 that pages reach, is measured by `npm run bench -- screen`.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Page } from "playwright-core";
import { plantIncoming } from "../../server/testing/incoming.ts";
import { until } from "../../server/testing/sending.ts";
import { newContact, newMailbox, newSequence } from "../../server/testing/sequenced.ts";
import { asOwner } from "../../server/testing/wire.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { signIn, useBrowser } from "./browser.ts";

const MANY = 1_500;
const DRAWN_AT_MOST = 80;

describe("a long list", () => {
  let team: Team;
  let sequence: string;
  const world = useWorld({}, async (opened) => {
    team = await opened.newTeam();
    await plantTasks();
    await plantMails();
    await plantAnswers();
    sequence = await plantHistory();
  });
  const browser = useBrowser();

  const sql = (text: string, params: unknown[] = []) =>
    asOwner(world, async (client) => (await client.query(text, params)).rows);

  /** As many more like one of them, each a minute later. */
  async function multiply(table: string, id: string, changes: string) {
    const [{ columns }] = (await sql(
      `select string_agg(quote_ident(column_name), ', ') as columns from information_schema.columns
        where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER'`,
      [table],
    )) as [{ columns: string }];
    await sql(
      `insert into ${table} (${columns}) select ${columns} from (
         select (jsonb_populate_record(t, jsonb_build_object('id', new_ident(), ${changes}))).*
           from ${table} t, generate_series(2, ${MANY}) n where t.id = $1) copies`,
      [id],
    );
  }

  async function plantTasks() {
    const contact_id = await newContact(team, { first_name: "Ines" });
    const due_at = new Date(Date.now() - 86_400_000).toISOString();
    const wish = {
      type: "action_item",
      user_id: team.owner.id,
      contact_id,
      title: "Task 1",
      due_at,
    } as const;
    const { task } = await team.api.tasks.create(wish);
    await multiply("tasks", task.id, "'title', 'Task ' || n, 'due_at', t.due_at + n * interval '1 minute'");
  }

  async function plantMails() {
    await newMailbox(team);
    const contact_id = await newContact(team, { first_name: "Reader" });
    const wish = { contact_id, subject: "Letter 1", body_html: "<p>Hello</p>" };
    const { id } = (await team.api.emailerMessages.create(wish)).emailer_message;
    await team.api.emailerMessages.update({ id, due_at: new Date(Date.now() + 3_600_000).toISOString() });
    await multiply("messages", id, "'subject', 'Letter ' || n, 'due_at', t.due_at + n * interval '1 minute'");
  }

  async function plantAnswers() {
    const { id } = await plantIncoming(world, team);
    const changes =
      "'from_name', 'Writer ' || n, 'contact_id', null, 'message_id', null, 'enrollment_id', null";
    const unlike =
      "'uid', n, 'content_key', 'long ' || n, 'received_at', t.received_at - n * interval '1 minute'";
    await multiply("incoming_mails", id, `${changes}, ${unlike}`);
  }

  async function plantHistory() {
    const { id } = await newSequence(team);
    await sql(
      `insert into events (team_id, id, type, occurred_at, user_id, cause, subject_type, subject_id, data)
       select $1, new_ident(), 'sequence.changed', now() - n * interval '2 minutes', $3, 'browser', 'sequence', $2, '{}'
         from generate_series(1, ${MANY}) n`,
      [team.id, id, team.owner.id],
    );
    return id;
  }

  const drawn = (page: Page) => page.locator("main [data-walk]").count();

  async function assertFewDrawn(page: Page, where: string) {
    const count = await drawn(page);
    assert.ok(count > 5 && count < DRAWN_AT_MOST, `${where}: ${count} rows are drawn`);
  }

  async function toTheEnd(page: Page, of: string) {
    await page.locator(of).evaluate((list) => list.scrollTo(0, list.scrollHeight));
  }

  const DESKS = [
    { path: "/tasks", first: "Task 1", last: `Task ${MANY}`, says: "1,500 tasks to do." },
    { path: "/inbox", first: "Ines", last: `Writer ${MANY}`, says: "1,500 emails need a reply." },
  ];

  for (const { path, first, last, says } of DESKS)
    test(`of ${path} is walked, jumped through to its end, and never drawn whole`, async () => {
      const { page, leave } = await browser.visit(world.url);
      await signIn(page, team.owner);
      await page.goto(path);
      await page.locator("main [data-walk]").filter({ hasText: first }).first().waitFor();
      await assertFewDrawn(page, path);
      for (let steps = 1; steps <= 60; steps++) {
        await page.keyboard.press("j");
        await page.locator(`main [data-index="${steps}"] [data-walk][aria-current]`).waitFor();
      }
      await assertFewDrawn(page, `${path}, after sixty steps`);
      await toTheEnd(page, "[data-desk-rows]");
      await page.locator("main [data-walk]").filter({ hasText: last }).waitFor();
      await assertFewDrawn(page, `${path}, at its end`);
      await page.getByText(says).waitFor();
      await leave();
    });

  test("of mails that go out grows page by page as one goes on, and stays short in the page", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/outbox");
    await page.locator("main [data-walk]").filter({ hasText: "Letter 1" }).first().waitFor();
    const letters = async () =>
      (await page.locator("main [data-walk]").allTextContents()).map((text) =>
        Number(/Letter (\d+)/.exec(text)?.[1]),
      );
    await until(async () => {
      await toTheEnd(page, "[data-desk-rows]");
      assert.ok((await page.locator("main li[data-index]").count()) < DRAWN_AT_MOST);
      return (await letters()).some((letter) => letter >= 240);
    });
    await leave();
  });

  test("of what happened in a sequence goes back as one scrolls, to its beginning, and is never drawn whole", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/sequences/${sequence}?tab=activity`);
    const lines = page.getByRole("region", { name: "Events" }).getByRole("listitem");
    await lines.first().waitFor();
    const height = () => page.getByRole("main").evaluate((main) => main.scrollHeight);
    const first = await height();
    await until(async () => {
      await toTheEnd(page, "main");
      assert.ok((await lines.count()) < DRAWN_AT_MOST, `${await lines.count()} lines at once`);
      const seen = await lines.evaluateAll((all) => all.map((one) => Number(one.dataset.index)));
      return Math.max(...seen) >= MANY; // that it was made is the first of all
    });
    assert.ok((await height()) > 10 * first, "it has grown as one scrolled");
    await leave();
  });
});
