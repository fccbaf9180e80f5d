import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type Actor,
  mayAddInAnothersName,
  mayChangeUser,
  type Ownership,
  ownershipOf,
  type UserWish,
} from "./permissions.ts";

const admin: Actor = { userId: "ann", isAdmin: true, isPerson: true };
const member: Actor = { userId: "ann", isAdmin: false, isPerson: true };
const adminsKey: Actor = { userId: "ann", isAdmin: true, isPerson: false };

const cases: [who: string, actor: Actor, whom: string, allowed: UserWish[]][] = [
  ["a member themselves", member, "ann", ["profile", "password"]],
  ["a member another user", member, "bob", []],
  ["an admin themselves", admin, "ann", ["profile", "role", "password"]],
  ["an admin another user", admin, "bob", ["profile", "role"]],
  ["an admin's key the admin", adminsKey, "ann", ["profile", "role"]],
  ["an admin's key another user", adminsKey, "bob", ["profile", "role"]],
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

const ADDING: [
  isAdmin: boolean,
  isMasterKey: boolean,
  isMate: boolean,
  usual: Ownership,
  strict: Ownership,
][] = [
  [true, false, false, "free", "free"],
  [true, true, false, "free", "free"],
  [false, true, false, "free", "barred"],
  [false, true, true, "free", "flag"],
  [false, false, false, "flag", "barred"],
  [false, false, true, "flag", "flag"],
];
for (const [isAdmin, isMasterKey, isMate, usual, strict] of ADDING) {
  const who = `${isAdmin ? "an admin" : "a member"}${isMasterKey ? "'s master key" : ""}`;
  test(`${who} adds a contact of ${isMate ? "a teammate in the group" : "another owner"}: ${usual}; only owners add: ${strict}`, () => {
    const actor = { userId: "ann", isAdmin, isMasterKey };
    assert.equal(ownershipOf(actor, { id: "bob", isMate }, false), usual);
    assert.equal(ownershipOf(actor, { id: "bob", isMate }, true), strict);
    assert.equal(ownershipOf(actor, { id: "ann", isMate: false }, true), "free");
    assert.equal(mayAddInAnothersName(actor), isAdmin || isMasterKey);
  });
}
