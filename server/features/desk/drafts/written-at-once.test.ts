// Two calls about the same mail at the same moment.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Act } from "../../../app.ts";
import { actFor } from "../../../engine/running/act-for.ts";
import { bothAtOnce } from "../../../testing/held-open.ts";
import { newContact, newMailbox } from "../../../testing/sequenced.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";
import { changeMessage } from "./commands.ts";
import { sendNow } from "./sending.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
  await newMailbox(team);
});

/** The first is done, and not committed yet. */
async function whileOpen<T>(first: (act: Act) => Promise<unknown>, work: () => Promise<T>) {
  const whose = { teamId: team.id, userId: team.owner.id, cause: "test" };
  const [, done] = await bothAtOnce(
    world,
    (beforeCommit) =>
      actFor(world.running.app, whose, async (act) => {
        await first(act);
        await beforeCommit();
      }),
    work,
  );
  return done;
}

test("a mail that is written and planned while another one takes its place at a task is kept", async () => {
  const contact_id = await newContact(team);
  const { task } = await team.api.tasks.create({
    type: "outreach_manual_email",
    contact_id,
    user_id: team.owner.id,
  });
  const begin = (text: object) =>
    team.api.emailerMessages.create({ contact_id, outreach_task_id: task.id, ...text });
  const { emailer_message: empty } = await begin({});
  const dueAt = world.running.app.now().add({ hours: 5 });
  const written = { subject: "Mine", bodyHtml: "<p>Mine</p>", dueAt, sendFrom: null };
  const second = await whileOpen(
    (act) => changeMessage(act, empty.id, written),
    () => begin({ subject: "Other", body_html: "<p>Other</p>" }),
  );
  const { emailer_message: kept } = await team.api.emailerMessages.show({ id: empty.id });
  assert.deepEqual([kept.subject, kept.status], ["Mine", "scheduled"]);
  assert.equal(second.task?.emailer_message?.id, second.emailer_message.id);
});

test("of two mails that are asked for at once, the second finds the last place of the day taken", async () => {
  const { id: email_account_id } = await newMailbox(team, { email_daily_threshold: 1 });
  const draft = async () => {
    const wish = { contact_id: await newContact(team), subject: "Hello", body_html: "<p>Hello</p>" };
    return (await team.api.emailerMessages.create({ ...wish, email_account_id })).emailer_message;
  };
  const [first, second] = [await draft(), await draft()];
  const asked = { mailboxId: undefined, sendFrom: null, touchReason: null };
  const refusal = await whileOpen(
    (act) => sendNow(act, first.id, asked),
    () => refused(team.api.emailerMessages.sendNow({ id: second.id })),
  );
  assert.equal((refusal.body as { error_code?: string }).error_code, "SEND_NOW_LIMIT_EXCEEDED");
});
