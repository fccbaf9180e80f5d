import assert from "node:assert/strict";
import { test } from "node:test";
import { sayMay } from "./words.ts";

const scope = (name: string, changes = false) => ({ name, says: name, changes });

test("what an application may is said in a few words", () => {
  assert.equal(sayMay([scope("read_user_profile")]), "See who you are");
  assert.equal(
    sayMay([scope("read_user_profile"), scope("app_scopes", true)]),
    "Everything but what only admins may",
  );
  assert.equal(sayMay([scope("read_only")]), "See everything");
  assert.equal(sayMay([scope("contacts_search")]), "See 1 thing");
  assert.equal(sayMay([scope("contacts_search"), scope("tasks_create", true)]), "Do and see 2 things");
  assert.equal(sayMay([scope("tasks_create", true)]), "Do 1 thing");
});
