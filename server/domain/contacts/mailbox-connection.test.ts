import assert from "node:assert/strict";
import { test } from "node:test";
import {
  changeServer,
  type ServerChange,
  type ServerSettings,
  type ServerWish,
} from "./mailbox-connection.ts";

const stored: ServerSettings = { host: "smtp.example.se", port: 465, security: "tls", username: "ines" };

const cases: [why: string, wish: ServerWish | null | undefined, hasSecret: boolean, result: ServerChange][] =
  [
    ["nothing said", undefined, true, { kind: "kept", settings: stored }],
    ["removed", null, true, { kind: "removed" }],
    [
      "another name to sign in by",
      { username: "eva" },
      true,
      { kind: "changed", settings: { ...stored, username: "eva" }, password: "kept" },
    ],
    [
      "the same host in capitals",
      { host: "SMTP.example.se" },
      true,
      { kind: "changed", settings: { ...stored, host: "SMTP.example.se" }, password: "kept" },
    ],
    ["another host without the password", { host: "evil.example" }, true, { kind: "secretNeeded" }],
    ["another port without the password", { port: 25 }, true, { kind: "secretNeeded" }],
    ["less security without the password", { security: "none" }, true, { kind: "secretNeeded" }],
    [
      "another host with the password",
      { host: "new.example", password: "x" },
      true,
      { kind: "changed", settings: { ...stored, host: "new.example" }, password: "x" },
    ],
    [
      "another host where there is no password",
      { host: "new.example" },
      false,
      { kind: "changed", settings: { ...stored, host: "new.example" }, password: null },
    ],
  ];
for (const [why, wish, hasSecret, result] of cases)
  test(`a server changes: ${why}`, () => assert.deepEqual(changeServer(stored, hasSecret, wish), result));

test("a server that was not there needs host and port, and is spoken to by TLS", () => {
  assert.deepEqual(changeServer(null, false, {}), { kind: "incomplete", missing: "host" });
  assert.deepEqual(changeServer(null, false, { host: "a.example" }), { kind: "incomplete", missing: "port" });
  assert.deepEqual(changeServer(null, false, { host: "a.example", port: 993, password: "x" }), {
    kind: "changed",
    settings: { host: "a.example", port: 993, security: "tls", username: null },
    password: "x",
  });
  assert.deepEqual(changeServer(null, true, { host: "a.example", port: 993 }), { kind: "secretNeeded" });
});
