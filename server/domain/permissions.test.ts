import assert from "node:assert/strict";
import { test } from "node:test";
import { type Actor, mayChangeUser, type UserWish } from "./permissions.ts";

const admin: Actor = { userId: "ann", isAdmin: true, isPerson: true };
const member: Actor = { userId: "ann", isAdmin: false, isPerson: true };
const adminsKey: Actor = { userId: "ann", isAdmin: true, isPerson: false };

const cases: [who: string, actor: Actor, whom: string, allowed: UserWish[]][] = [
  ["a member themselves", member, "ann", ["profile", "password"]],
  ["a member somebody else", member, "bob", []],
  ["an admin themselves", admin, "ann", ["profile", "role", "password"]],
  ["an admin somebody else", admin, "bob", ["profile", "role"]],
  ["an admin's key the admin", adminsKey, "ann", ["profile", "role"]],
  ["an admin's key somebody else", adminsKey, "bob", ["profile", "role"]],
];

for (const [who, actor, whom, allowed] of cases) {
  test(`${who} may change: ${allowed.join(", ") || "nothing"}`, () => {
    const wishes: UserWish[] = ["profile", "role", "password"];
    assert.deepEqual(
      wishes.filter((wish) => mayChangeUser(actor, whom, wish)),
      allowed,
    );
  });
}
