// Two contacts in one sequence get the same address, in every possible way: no step is mailed twice.

import assert from "node:assert/strict";
import { test } from "node:test";
import { waitForJob } from "@cadenza/sdk";
import { actFor } from "../../../engine/running/act-for.ts";
import { bringIn } from "../../../testing/imported.ts";
import {
  type ContactInput,
  MAIL_STEP,
  newContact,
  newMailbox,
  newSequence,
} from "../../../testing/sequenced.ts";
import { newWorkflow, ran } from "../../../testing/workflowing.ts";
import { type Team, useWorld } from "../../../testing/world.ts";
import { savePeople } from "../../prospecting/people/commands.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

const CODE = "same_address_in_sequence";
let made = 0;

type Pair = {
  sequence: string;
  mailbox: string;
  first: string;
  second: string;
  shared: string;
  profile: string;
};

/** Two in one sequence, each at a company of their own; the first mail is due in a day. */
async function pair(rest: ContactInput = {}): Promise<Pair> {
  const n = ++made;
  const shared = `info@shared${n}.example`;
  const profile = `https://www.linkedin.com/in/same-address-${n}`;
  const sequence = await newSequence(team, {
    emailer_steps: [{ ...MAIL_STEP, wait_time: 1, wait_mode: "day" }],
  });
  const { id: mailbox } = await newMailbox(team);
  const first = await newContact(team, { email: shared });
  const second = await newContact(team, { linkedin_url: profile, ...rest });
  for (const id of [first, second]) await join({ sequence: sequence.id, mailbox }, id);
  return { sequence: sequence.id, mailbox, first, second, shared, profile };
}

async function join({ sequence, mailbox }: Pick<Pair, "sequence" | "mailbox">, id: string, flags = {}) {
  return team.api.joining.addContacts({
    id: sequence,
    contact_ids: [id],
    send_email_from_email_account_id: [mailbox],
    sequence_unverified_email: true,
    sequence_no_email: true,
    ...flags,
  });
}

async function codesOf(sequence: string, contact: string) {
  const { contact_campaign_statuses } = (await team.api.contacts.get({ id: contact })).contact;
  const status = contact_campaign_statuses.find((one) => one.emailer_campaign_id === sequence);
  const { explain } = await team.api.explain.enrollment({ id: String(status?.id) });
  return explain.held_by.map(({ code }) => code as string);
}

type Door = { rest?: ContactInput; go(pair: Pair): Promise<unknown> };

const DOORS: Record<string, Door> = {
  "a change": { go: ({ second: id, shared: email }) => team.api.contacts.update({ id, email }) },
  "a change of the addresses": {
    go: ({ second: id, shared }) => team.api.contacts.update({ id, contact_emails: [shared] }),
  },
  "a bulk change": {
    go: ({ second: id, shared: email }) =>
      team.api.contacts.bulkUpdate({ contact_attributes: [{ id, email }], async: false }),
  },
  "a bulk change that is put off": {
    go: async ({ second: id, shared: email }) => {
      const put = await team.api.contacts.bulkUpdate({
        contact_attributes: [{ id, email }],
        async: true,
      });
      const { entity_progress_job: job } = put as unknown as { entity_progress_job: { id: string } };
      await waitForJob(team.api, job.id);
    },
  },
  "a file": {
    go: async ({ second, shared }) => {
      const { found } = await bringIn(team, `Contact Id,Email\n${second},${shared}\n`, {
        overwrite: "replace",
      });
      assert.equal(found.status, "done");
    },
  },
  "a merge": {
    rest: { email: undefined },
    go: async ({ second, shared }) => {
      const twin = await newContact(team, { email: shared });
      await team.api.contacts.merge({ winner_id: second, loser_ids: [twin] });
    },
  },
  "a workflow that looks people up": {
    rest: { email: undefined },
    go: async ({ second, shared, profile }) => {
      const wish = { teamId: team.id, userId: team.owner.id, cause: "test" };
      await actFor(world.running.app, wish, (act) =>
        savePeople(act, "csv", [
          {
            firstName: "Ines",
            lastName: "Okafor",
            email: shared,
            emailStatus: "verified",
            linkedinUrl: profile,
          },
        ]),
      );
      const { workflow } = await newWorkflow(team, {
        trigger: { type: "schedule", cron: "0 3 * * *" },
        actions: [{ type: "enrich" }],
      });
      await ran(team, workflow.id, [second]);
    },
  },
};

for (const [door, { rest, go }] of Object.entries(DOORS))
  test(`an address that another contact of the sequence has, given by ${door}, is mailed once: the second waits`, async () => {
    const two = await pair(rest);
    assert.ok(!(await codesOf(two.sequence, two.second)).includes(CODE));
    await go(two);
    const { contact } = await team.api.contacts.get({ id: two.second });
    assert.equal(contact.email, two.shared);
    assert.ok((await codesOf(two.sequence, two.second)).includes(CODE), "the second waits");
    assert.ok(!(await codesOf(two.sequence, two.first)).includes(CODE), "the first goes on");
    await team.api.enrollments.removeOrStop({
      emailer_campaign_ids: [two.sequence],
      contact_ids: [two.first],
      mode: "remove",
    });
    assert.ok(!(await codesOf(two.sequence, two.second)).includes(CODE), "it goes on once it is alone");
  });

test("one that was added with the flag for shared addresses does not wait", async () => {
  const { sequence, mailbox, first, shared } = await pair();
  const third = await newContact(team, { email: shared });
  await join({ sequence, mailbox }, third, {
    sequence_same_email_in_same_campaign: true,
    sequence_same_company_in_same_campaign: true,
  });
  for (const id of [first, third]) assert.ok(!(await codesOf(sequence, id)).includes(CODE));
});
