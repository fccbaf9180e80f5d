import assert from "node:assert/strict";
import { test } from "node:test";
import { sayMay } from "./words.ts";

const scope = (name: string, changes = false) => ({ name, says: name, changes });

test("what an application may is said in a few words", () => {
  assert.equal(sayMay([scope("read_user_profile")]), "Read your profile");
  assert.equal(
    sayMay([scope("read_user_profile"), scope("app_scopes", true)]),
    "Everything except admin actions",
  );
  assert.equal(sayMay([scope("read_only")]), "Read everything");
  assert.equal(sayMay([scope("contacts_search")]), "Read only: 1 permission");
  assert.equal(
    sayMay([scope("contacts_search"), scope("tasks_create", true)]),
    "Read and change: 2 permissions",
  );
  assert.equal(sayMay([scope("tasks_create", true)]), "Change: 1 permission");
});
