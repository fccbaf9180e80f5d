import assert from "node:assert/strict";
import { test } from "node:test";
import { foldedAddress, readAsked } from "./request.ts";

const at = (address: string) => new URL(address, "https://cadenza.example.no");

test("OAuth's address and Apollo's are folded into one parameter, and no other address is", () => {
  const query = "client_id=a&state=%7B%22x%22%3A1%7D";
  const folded = `/oauth/authorize?asked=${encodeURIComponent(query)}`;
  assert.equal(foldedAddress(at(`/oauth/authorize?${query}`)), folded);
  assert.equal(foldedAddress(at(`/oauth/authorize/?${query}`)), folded);
  assert.equal(foldedAddress(at(`/#/oauth/authorize?${query}`)), folded);
  assert.equal(foldedAddress(at(folded)), null, "and not twice");
  for (const other of ["/", "/contacts?q=x", "/#/contacts", "/oauth/authorized?x=1", "/invitation#cdz_inv_x"])
    assert.equal(foldedAddress(at(other)), null, other);
});

test("what is asked is read as it was sent, and not where something is missing or said twice", () => {
  const query = "client_id=a&redirect_uri=https%3A%2F%2Fx.example%2F%3Fa%3D1&state=1+2&unknown=3";
  assert.deepEqual(readAsked(query), {
    client_id: "a",
    redirect_uri: "https://x.example/?a=1",
    state: "1 2",
  });
  assert.equal(readAsked(`${query}&client_id=b`), null);
  assert.equal(readAsked("client_id=a"), null);
  assert.equal(readAsked(undefined), null);
});
