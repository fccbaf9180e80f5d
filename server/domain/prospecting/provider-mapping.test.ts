import assert from "node:assert/strict";
import { test } from "node:test";
import { readApolloOrganization, readApolloPerson } from "./provider-answers.ts";
import {
  type CallMapping,
  faultInMapping,
  fillCall,
  readOrganization,
  readProviderPerson,
  valueAtPath,
} from "./provider-mapping.ts";

const call = (rest: Partial<CallMapping> = {}): CallMapping => ({
  method: "POST",
  url: "https://api.example.com/find?d={{domain}}",
  body: { q: { mail: "{{email}}", who: "{{first_name}} {{last_name}}", n: 3 } },
  result: { email: "data.emails[0].value", name: "data.name" },
  ...rest,
});

test("what is filled in stays a value", () => {
  const values = { email: '"}, "x": "', domain: "kraft.no&admin=1#", first_name: "Ines" };
  const filled = fillCall(call(), { in: "header", name: "X-Key" }, values, "secret");
  assert.equal(filled.url, "https://api.example.com/find?d=kraft.no%26admin%3D1%23");
  assert.deepEqual(JSON.parse(filled.body ?? ""), { q: { mail: '"}, "x": "', who: "Ines ", n: 3 } });
  assert.equal(filled.headers["x-key"], "secret");
  assert.equal(JSON.parse(fillCall(call(), { in: "bearer" }, {}, "s").body ?? "").q.mail, null);
  assert.equal(fillCall(call(), { in: "bearer" }, {}, "s").headers.authorization, "Bearer s");
  assert.equal(
    fillCall(call({ method: "GET" }), { in: "query", name: "k" }, {}, "a b").url.endsWith("k=a+b"),
    true,
  );
  assert.equal(fillCall(call({ method: "GET" }), { in: "bearer" }, {}, "s").body, null);
});

test("a fact is found by its path, and only in the answer itself", () => {
  const answer = { data: { emails: [{ value: "ines@kraft.no" }], name: "Ines Okafor" } };
  const cases: [string, unknown][] = [
    ["data.emails[0].value", "ines@kraft.no"],
    ["data.emails.0.value", "ines@kraft.no"],
    ["data.emails[1].value", undefined],
    ["data.constructor.name", undefined],
    ["__proto__", undefined],
    ["nothing.at.all", undefined],
  ];
  for (const [path, value] of cases) assert.equal(valueAtPath(answer, path), value, path);
  const person = readProviderPerson(call(), answer);
  assert.deepEqual([person?.email, person?.firstName, person?.lastName], ["ines@kraft.no", "Ines", "Okafor"]);
  assert.equal(readProviderPerson(call(), { data: null }), null);
  assert.equal(readProviderPerson(call(), "nonsense"), null);
  const company = call({ result: { domain: "d", estimated_num_employees: "n" } });
  assert.deepEqual(
    (({ domain, estimatedNumEmployees }) => [domain, estimatedNumEmployees])(
      readOrganization(company, { d: "kraft.no", n: "250" }) ?? {},
    ),
    ["kraft.no", 250],
  );
});

test("a mapping that cannot work is refused, and one whose host a contact would choose", () => {
  const key = { in: "bearer" } as const;
  const cases: [Parameters<typeof faultInMapping>[0], string | undefined][] = [
    [{ key, person: call() }, undefined],
    [{ key }, "nothing"],
    [{ key, person: call({ url: "not a url" }) }, "url"],
    [{ key, person: call({ url: "https://{{domain}}/x" }) }, "url"],
    [{ key, person: call({ url: "https://api.{{domain}}/x" }) }, "url"],
    [{ key, person: call({ body: { a: "{{password}}" } }) }, "variable"],
    [{ key, person: call({ result: { shoe_size: "x" } }) }, "field"],
    [{ key, person: call({ result: {} }) }, "nothing"],
    [{ key, person: call({ headers: { Host: "elsewhere" } }) }, "header"],
    [{ key, person: call({ headers: { ok: "a\r\nx: y" } }) }, "header"],
  ];
  for (const [mapping, fault] of cases)
    assert.equal(faultInMapping(mapping)?.what, fault, JSON.stringify(mapping));
});

test("an answer's lies are left out: wrong kinds, scripts as links, text without end", () => {
  const person = readApolloPerson({
    id: { a: 1 },
    first_name: "Ines",
    last_name: ["x"],
    title: "x".repeat(10_000),
    email: "ines@kraft.no\u0000",
    linkedin_url: "javascript:alert(1)",
    departments: ["sales", 7, null, {}],
    employment_history: [{ organization_name: "Kraft", current: "yes", start_date: "2026-02-31" }, "x"],
    organization: { name: "Kraft", estimated_num_employees: "many", founded_year: 1e9 },
  });
  assert.equal(person?.title?.length, 500);
  assert.deepEqual(
    [person?.externalId, person?.lastName, person?.email, person?.linkedinUrl],
    [null, null, "ines@kraft.no", null],
  );
  assert.deepEqual(person?.departments, ["sales", "7"]);
  assert.deepEqual(
    [person?.employments?.length, person?.employments?.[0]?.isCurrent, person?.employments?.[0]?.startDate],
    [1, false, null],
  );
  assert.deepEqual(
    [person?.organization?.estimatedNumEmployees, person?.organization?.foundedYear],
    [null, null],
  );
  assert.equal(
    readApolloPerson({ email: "email_not_unlocked@domain.com", last_name: "Okafor" })?.email,
    null,
  );
  for (const nothing of [null, undefined, [], "x", {}]) assert.equal(readApolloPerson(nothing), null);
  assert.equal(readApolloOrganization({}), null);
});
