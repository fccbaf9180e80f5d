import assert from "node:assert/strict";
import { test } from "node:test";
import { Refused, Unreached } from "@cadenza/sdk";
import { accountFor } from "./trouble.ts";

const refused = (status: number, body: unknown, headers = {}) =>
  new Refused(status, body, new Headers(headers));

test("a refusal is told in the server's sentence, with its fix", () => {
  const account = accountFor(
    refused(422, { error: "A team needs an admin.", code: "last_admin", fix: "Make another." }),
    "writing",
  );
  assert.equal(account.happened, "A team needs an admin.");
  assert.equal(account.todo, "Make another.");
  assert.equal(account.code, "last_admin");
});

test("a fault of the server's says that nothing was saved, and hands over the request id", () => {
  const account = accountFor(refused(500, { error: "An error occurred.", request_id: "req-7" }), "writing");
  assert.match(account.safe ?? "", /Nothing was saved/);
  assert.equal(account.requestId, "req-7");
});

test("the request id is taken from the header where the body has none", () => {
  assert.equal(accountFor(refused(502, "<html>", { "x-request-id": "req-8" }), "reading").requestId, "req-8");
});

test("without an answer, a write is not said to be undone", () => {
  assert.equal(
    accountFor(new Unreached("unreachable", "The server could not be reached."), "writing").safe,
    "Your change may not have been saved.",
  );
  assert.equal(
    accountFor(new Unreached("unreachable", "The server could not be reached."), "reading").safe,
    "Nothing was changed.",
  );
});

test("anything else is owned up to", () => {
  assert.match(accountFor(new Error("x is undefined"), "reading").happened, /has an error/);
});
