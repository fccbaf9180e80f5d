// Every call that changes a record that several callers may change takes `If-Match`, and the record's etag stands for all the call can
// change.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { z } from "zod";
import { endpoints, pathParameters, shownBy, tagged } from "./index.ts";

/** Calls that change a record and take no condition, with the reason. */
const WITHOUT: Record<string, string> = {
  "users.update": "a user's own profile, of which calls show different parts",
  "labels.update": "a list has one name, and lists as Apollo lists them lack the rest",
  "apiKeys.update": "scopes are sent whole, and the audit log has what they were",
  "sandbox.setProspects": "only in a sandbox",
  "sandbox.setFaults": "only in a sandbox",
  "sandbox.setProfile": "only in a sandbox",
  "enrichmentProviders.update": "one admin's connection, each setting by itself",
  "emailVerifications.updateSettings": "switches and limits, each by itself",
  "credits.allow": "one figure",
  "brakes.update": "each limit by itself",
  "dataRetention.update": "each rule by itself",
  "trackingDomains.update": "one switch",
  "pushSubscriptions.update": "one device's own switches",
  "reportSchedules.update": "one user's own, each setting by itself",
  "signInClients.save": "secrets, which no read shows",
  "copilots.edit": "one choice for one proposal",
  "conversations.update": "records of calls that programs write, each field by itself",
  "phoneCalls.update": "one call that its caller logs",
  "subteams.update": "members are sent whole by an admin",
  "languageModel.save": "a connection with a secret, which no read shows",
  "tableLayouts.save": "one user's own columns",
};

const updates = endpoints.filter(
  ({ endpoint: { method, effect } }) => effect === "write" && (method === "PUT" || method === "PATCH"),
);

test("each call that changes a record takes If-Match, or says why not", () => {
  const named = updates.flatMap(({ name, endpoint }) => (endpoint.ifMatch ? [] : [name]));
  assert.deepEqual(named.sort(), Object.keys(WITHOUT).sort());
});

test("only calls that change a record take If-Match", () => {
  const others = endpoints.filter((one) => one.endpoint.ifMatch && !updates.includes(one));
  assert.deepEqual(
    others.map(({ name }) => name),
    [],
  );
});

for (const { name, endpoint } of updates.filter((one) => one.endpoint.ifMatch)) {
  const { record, shows = {}, within = {} } = endpoint.ifMatch ?? assert.fail();
  const parameters = Object.keys(endpoint.input.shape).filter(
    (key) => !pathParameters(endpoint.path).includes(key),
  );
  test(`${name}: the etag stands for all that the call changes`, () => {
    const named = parameters.flatMap((key) => (key in shows ? (shows[key] ?? []) : key));
    assert.deepEqual(
      named.filter((key) => !(key in record.shape)),
      [],
      "the record does not show these: say in `shows` where it does",
    );
    assert.deepEqual(
      Object.keys(within).filter((key) => !named.includes(key)),
      [],
      "nothing is taken of these",
    );
  });

  test(`${name}: the record is answered by reads with its etag`, () => {
    const field = record.shape.etag as z.ZodType;
    assert.ok(tagged.get(field)?.parts.size);
    const read = shownBy(endpoint);
    assert.equal(read?.effect, "read");
    assert.ok(holds(read?.output, field));
  });
}

function holds(schema: unknown, field: z.ZodType): boolean {
  if (typeof schema !== "object" || schema === null) return false;
  if (schema === field) return true;
  const { shape, element, def } = schema as {
    shape?: object;
    element?: unknown;
    def?: { innerType?: unknown; options?: unknown[] };
  };
  return [...Object.values(shape ?? {}), element, def?.innerType, ...(def?.options ?? [])].some((one) =>
    holds(one, field),
  );
}
