// What mails, scores, lookups and lists bring about sets workflows off too: by which way a list is joined, or an answer comes,
// makes no difference.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import type { shapes } from "@cadenza/sdk";
import { actFor } from "../../../engine/running/act-for.ts";
import { followScoresOnce } from "../../../engine/upkeep/follow-scores.ts";
import { bringIn, undo } from "../../../testing/imported.ts";
import { arrival, bounceOf, mailed, replyTo } from "../../../testing/incoming.ts";
import { newContact } from "../../../testing/sequenced.ts";
import { call } from "../../../testing/wire.ts";
import { onWorkflow, settled } from "../../../testing/workflowing.ts";
import { type Team, useWorld } from "../../../testing/world.ts";
import { savePeople } from "../../prospecting/people/commands.ts";
import { type Arrival, takeIn } from "../../receiving/incoming/commands.ts";
import { insertLinks } from "../../sending/tracked/store.ts";

const world = useWorld();
const tell = () => [{ type: "notify", text: "It happened" }] as [{ type: "notify"; text: string }];

type Scene = { id: string; act(): Promise<unknown> };

async function arrives(team: Team, mailboxId: string, ...arrivals: Arrival[]) {
  const readsFrom = world.running.app.now();
  const folder = { role: "inbox", path: "INBOX", uidValidity: 1, lastUid: 1, readsFrom } as const;
  return takeIn(world.running.app, { teamId: team.id, mailboxId, folder }, arrivals);
}

const BROWSER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/133.0.0.0 Safari/537.36";
const visit = (path: string) => call(`${world.url}${path}`, { headers: { "user-agent": BROWSER } });

async function readerOf(team: Team) {
  const token = randomBytes(32).toString("hex");
  const one = await mailed(world, team, { message: { token } });
  return { ...one, token, id: one.contactId };
}

const SCENES: [event: string, how: string, (team: Team) => Promise<Scene>][] = [
  [
    "message.opened",
    "by a person",
    async (team) => {
      const { id, token } = await readerOf(team);
      return { id, act: () => visit(`/o/${token}.gif`) };
    },
  ],
  [
    "message.clicked",
    "by a person",
    async (team) => {
      const { id, token, messageId } = await readerOf(team);
      const links = [{ messageId, links: ["https://norrland.example/one"] }];
      await world.running.app.db.inTeam(team.id, (db) => insertLinks(db, team.id, links));
      return { id, act: () => visit(`/c/${token}/1`) };
    },
  ],
  [
    "message.replied",
    "by mail",
    async (team) => {
      const one = await mailed(world, team);
      const raw = replyTo(one, "Thank you, let us talk on Monday.");
      return { id: one.contactId, act: async () => arrives(team, one.mailboxId, await arrival(world, raw)) };
    },
  ],
  [
    "message.bounced",
    "by a report",
    async (team) => {
      const one = await mailed(world, team);
      const raw = bounceOf(one, "5.1.1", "user unknown");
      return { id: one.contactId, act: async () => arrives(team, one.mailboxId, await arrival(world, raw)) };
    },
  ],
  [
    "contact.unsubscribed",
    "by the link",
    async (team) => {
      const { id, token } = await readerOf(team);
      return { id, act: () => call(`${world.url}/u/${token}`, { method: "POST" }) };
    },
  ],
  [
    "contact.score_crossed",
    "upwards",
    async (team) => {
      const signals: shapes.Signal[] = [{ field: "phone", operator: "is_known", weight: 60 }];
      await team.api.scoreFormula.replace({ signals, out_of: 100, marks: [50] });
      const id = await newContact(team);
      return {
        id,
        act: async () => {
          await team.api.contacts.update({ id, direct_phone: "+46 8 123 456 78" });
          while ((await followScoresOnce(world.running)) > 0);
        },
      };
    },
  ],
  [
    "person.job_changed",
    "found by looking up",
    async (team) => {
      const at = { name: "Fjord Energi", domain: "fjord.no" };
      const per = { firstName: "Per", lastName: "Lund", linkedinUrl: "https://linkedin.com/in/per" };
      const person = { ...per, email: "per@fjord.no", title: "Chief buyer", organization: at };
      const whose = { teamId: team.id, userId: team.owner.id, cause: "engine" };
      await actFor(world.running.app, whose, (act) => savePeople(act, "test", [person]));
      const id = await newContact(team, {
        first_name: "Per",
        last_name: "Lund",
        email: "per@old.no",
        organization_name: "Old AS",
        linkedin_url: "https://linkedin.com/in/per",
      });
      return { id, act: () => team.api.contacts.enrich({ contact_ids: [id] }) };
    },
  ],
  [
    "label.records_added",
    "when a contact is made with it",
    async (team) => {
      const made = { id: "" };
      return {
        get id() {
          return made.id;
        },
        act: async () => {
          made.id = await newContact(team, { label_names: ["Joined"] });
        },
      };
    },
  ],
  [
    "label.records_added",
    "when a contact is given it",
    async (team) => {
      const id = await newContact(team, { label_names: ["Before"] });
      return { id, act: () => team.api.contacts.update({ id, label_names: ["Before", "Joined"] }) };
    },
  ],
  [
    "label.records_removed",
    "when a contact is left without it",
    async (team) => {
      const id = await newContact(team, { label_names: ["Before"] });
      return { id, act: () => team.api.contacts.update({ id, label_names: [] }) };
    },
  ],
  [
    "label.records_added",
    "when a file puts a contact on it",
    async (team) => {
      const id = await newContact(team, { email: "filed@joined.example" });
      const wish = {
        kind: "contacts" as const,
        overwrite: "fill" as const,
        label_names: ["Joined"],
        text: "Email,First name\nfiled@joined.example,Filed\n",
      };
      return { id, act: () => team.api.imports.create(wish) };
    },
  ],
  [
    "label.records_added",
    "when a contact is merged with one who is on it",
    async (team) => {
      const id = await newContact(team, { email: "winner@joined.example" });
      const loser = await newContact(team, { email: "loser@joined.example", label_names: ["Joined"] });
      return { id, act: () => team.api.contacts.merge({ winner_id: id, loser_ids: [loser] }) };
    },
  ],
  [
    "label.records_removed",
    "when a file that put a contact on it is taken back",
    async (team) => {
      const id = await newContact(team, { email: "filed@left.example" });
      const { found } = await bringIn(team, "Email,First name\nfiled@left.example,Filed\n", {
        kind: "contacts" as const,
        overwrite: "fill" as const,
        label_names: ["Joined"],
      });
      return { id, act: () => undo(team, found.id) };
    },
  ],
];

for (const [event, how, arrange] of SCENES)
  test(`${event} ${how} sets a workflow off`, async () => {
    const team = await world.newTeam();
    const scene = await arrange(team);
    const trigger = { type: "event", event } as const;
    const { id } = await onWorkflow(team, { trigger, reentry: "every_time", actions: tell() });
    await scene.act();
    const lines = await settled(team, id, 1);
    assert.deepEqual(
      lines.map(({ entity_id, verdict, event: by }) => [entity_id, verdict, by?.type]),
      [[scene.id, "done", event]],
    );
    const { workflows } = await team.api.workflows.list();
    assert.deepEqual(
      workflows.map(({ last_run: last }) => [last?.cause, last?.counts.done]),
      [["event", 1]],
    );
  });

test("who is on a list already joins it no second time", async () => {
  const team = await world.newTeam();
  const contact = await newContact(team, { label_names: ["Joined"] });
  const trigger = { type: "event", event: "label.records_added" } as const;
  const { id } = await onWorkflow(team, { trigger, reentry: "every_time", actions: tell() });
  await team.api.contacts.update({ id: contact, label_names: ["Joined"] });
  await team.api.labels.addEntityIds({
    entity_ids: [contact],
    label_names: ["Joined"],
    modality: "contacts",
  });
  const other = await newContact(team, { label_names: ["joined"] });
  const lines = await settled(team, id, 1);
  assert.deepEqual(
    lines.map(({ entity_id }) => entity_id),
    [other],
  );
});
