// In a strict sandbox every call that Apollo publishes is answered, with the published fields that Cadenza answers elsewhere, and with
// no field that is not published.

import assert from "node:assert/strict";
import { test } from "node:test";
import { type Operation, readPublished } from "@cadenza/contract/published";
import { ask } from "./testing/parity/asking.ts";
import { CALLS } from "./testing/parity/calls.ts";
import { type FieldVerdict, judgeField } from "./testing/parity/fields.ts";
import { plantScene } from "./testing/parity/scene.ts";
import { inSandbox } from "./testing/sandboxed.ts";
import { useWorld } from "./testing/world.ts";

const world = useWorld(await inSandbox());

/** Of the published fields; not those of a task's deal and of a background job, which no documented parameter brings. */
const STANDING = 3434;

/** Every place where a value stands, lists without their positions: `contacts[].account.name`. */
function placesIn(value: unknown, path = ""): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => placesIn(one, `${path}[]`));
  if (typeof value !== "object" || value === null) return [path];
  const inner = Object.entries(value).flatMap(([key, one]) => placesIn(one, path ? `${path}.${key}` : key));
  return path ? [path, ...inner] : inner;
}

/** Published, or within something of which nothing is published but that it is there. */
function isPublished({ answer }: Operation, place: string) {
  const known = new Set(answer.map(({ path }) => path));
  const steps = place.split(/(?=\[\])|\./);
  const above = steps.map((_, n) => steps.slice(0, n + 1).reduce(joined, ""));
  const isWhole = (path: string) => known.has(path) && !answer.some((one) => isWithin(one.path, path));
  return known.has(place) || above.some(isWhole) || answer.some((one) => isWithin(one.path, place));
}

const joined = (path: string, step: string) =>
  step === "[]" || path === "" ? path + step : `${path}.${step}`;
const isWithin = (path: string, above: string) =>
  path.startsWith(`${above}.`) || path.startsWith(`${above}[]`);

test("every published call is answered with published fields alone", async () => {
  const team = await world.newTeam();
  const scene = await plantScene(world, team);
  const { setProfile } = team.api.sandbox;
  const unanswered: string[] = [];
  const unpublished = new Set<string>();
  const verdicts: FieldVerdict[] = [];
  for (const operation of readPublished()) {
    const answers = [];
    await setProfile({ strict: false, plan: "organization" }); // what the call is about may be made by calls of Cadenza's own
    const wishes = (await CALLS[operation.name]?.(scene)) ?? [];
    await setProfile({ strict: true });
    for (const wish of wishes) answers.push(await ask({ url: world.url, key: team.key }, operation, wish));
    const good = answers.filter(({ status }) => status === 200);
    if (good.length === 0)
      unanswered.push(
        `${operation.name} ${JSON.stringify(answers.map(({ status, body }) => [status, body]))}`,
      );
    if (operation.answer.length === 0) continue;
    const bodies = good.map(({ body }) => body);
    verdicts.push(...operation.answer.map((field) => judgeField(field, bodies)));
    for (const { body } of good)
      for (const place of placesIn(body).filter((one) => !/[0-9a-f]{24}/.test(one)))
        if (!isPublished(operation, place)) unpublished.add(`${operation.name} ${place}`);
  }
  assert.deepEqual(unanswered, []);
  assert.deepEqual([...unpublished], []);
  const standing = verdicts.filter((one) => one === "filled" || one === "empty").length;
  assert.ok(standing >= STANDING, `${standing} published fields`);
});
