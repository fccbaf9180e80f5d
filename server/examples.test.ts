// What is documented is what is answered: the examples of the contract, held against the server.

import assert from "node:assert/strict";
import { test } from "node:test";
import { examplesOf } from "@cadenza/contract/examples";
import { plantContact, plantMessage } from "./testing/planted.ts";
import { makeSequence } from "./testing/wishes/sequences.ts";
import { type Team, useWorld } from "./testing/world.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

/** The keys all the way down, with what kind of value each holds; null fits any kind. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length > 0 ? [shapeOf(value[0])] : [];
  if (typeof value !== "object" || value === null) return value === null ? "null" : typeof value;
  const entries = Object.entries(value).map(
    ([key, inner]) => [key.startsWith("[") ? "<endpoint>" : key, shapeOf(inner)] as const,
  );
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function sameShape(real: unknown, shown: unknown): boolean {
  if (real === "null" || shown === "null") return true;
  if (typeof real !== "object" || typeof shown !== "object" || real === null || shown === null)
    return real === shown;
  if (Array.isArray(real) && Array.isArray(shown))
    return real.length === 0 || shown.length === 0 || sameShape(real[0], shown[0]);
  const keys = Object.keys(real);
  return (
    keys.join() === Object.keys(shown).join() &&
    keys.every((key) =>
      sameShape((real as Record<string, unknown>)[key], (shown as Record<string, unknown>)[key]),
    )
  );
}

async function sentMail() {
  const sequence = await makeSequence(team);
  const contact_id = await plantContact(world, team, { first_name: "Ines", email: "ines@kraft.example" });
  return plantMessage(world, team, sequence.id, {
    contact_id,
    step_id: sequence.step,
    completed_at: "2026-02-03T09:00:40Z",
    subject: "Hello",
    body_html: "<p>Hello</p>",
    body_text: "Hello",
    to_email: "ines@kraft.example",
  });
}

const CALLS: Record<string, (input: Record<string, unknown>) => Promise<unknown>> = {
  "auth.health": () => team.api.auth.health(),
  "users.search": () => team.api.users.search(),
  "users.apiProfile": (input) => team.api.users.apiProfile(input),
  "users.invite": () => team.api.users.invite({ email: "shown@example.no" }),
  "usageStats.apiUsage": () => team.api.usageStats.apiUsage(),
  "apiKeys.create": () => team.api.apiKeys.create({ name: "n8n", scopes: ["read_only"] }),
  "apiKeys.list": () => team.api.apiKeys.list(),
  "apiKeys.update": async () => {
    const { api_key } = await team.api.apiKeys.create({ name: "x", scopes: ["read_only"] });
    return team.api.apiKeys.update({ id: api_key.id, scopes: ["api/v1/contacts/create"] });
  },
  "apiKeys.revoke": async () =>
    team.api.apiKeys.revoke({ id: (await team.api.apiKeys.create({ name: "x", master: true })).api_key.id }),
  "emailerMessages.search": async () => {
    await sentMail();
    return team.api.emailerMessages.search({ emailer_message_stats: ["delivered"] });
  },
  "emailerMessages.getContent": async () => team.api.emailerMessages.getContent({ ids: [await sentMail()] }),
  "emailerMessages.sendStatus": async () => team.api.emailerMessages.sendStatus({ id: await sentMail() }),
  "attachments.create": (input) => team.api.attachments.create(input),
  "teams.current": () => team.api.teams.current(),
  "sessions.start": () => world.client().sessions.start(team.owner),
};

for (const [name, ask] of Object.entries(CALLS)) {
  test(`${name} answers in the shape its examples show`, async () => {
    const examples = examplesOf(name);
    assert.ok(examples.length > 0);
    for (const { title, input, answer } of examples) {
      const real = shapeOf(await ask(input));
      const shown = shapeOf(answer);
      if (!sameShape(real, shown)) assert.deepEqual(real, shown, title);
    }
  });
}
