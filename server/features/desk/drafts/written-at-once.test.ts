// Two calls about the same mail at the same moment.

import assert from "node:assert/strict";
import { test } from "node:test";
import { actFor } from "../../../engine/running/act-for.ts";
import { bothAtOnce } from "../../../testing/held-open.ts";
import { newContact, newMailbox } from "../../../testing/sequenced.ts";
import { type Team, useWorld } from "../../../testing/world.ts";
import { changeMessage } from "./commands.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
  await newMailbox(team);
});

/** The mail is being changed, and the change is not committed yet. */
async function whileChanged<T>(
  id: string,
  wish: Omit<Parameters<typeof changeMessage>[2], "sendFrom">,
  work: () => Promise<T>,
) {
  const whose = { teamId: team.id, userId: team.owner.id, cause: "test" };
  const [, done] = await bothAtOnce(
    world,
    (beforeCommit) =>
      actFor(world.running.app, whose, async (act) => {
        await changeMessage(act, id, { ...wish, sendFrom: null });
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
  const written = { subject: "Mine", bodyHtml: "<p>Mine</p>", dueAt };
  const second = await whileChanged(empty.id, written, () =>
    begin({ subject: "Other", body_html: "<p>Other</p>" }),
  );
  const { emailer_message: kept } = await team.api.emailerMessages.show({ id: empty.id });
  assert.deepEqual([kept.subject, kept.status], ["Mine", "scheduled"]);
  assert.equal(second.task?.emailer_message?.id, second.emailer_message.id);
});
