import assert from "node:assert/strict";
import { test } from "node:test";
import { isRegistered, leadsTo, redirectFault, redirectWith } from "./redirects.ts";

const GOOD = [
  "https://app.example.com/callback",
  "https://app.example.com/callback?tenant=4",
  "http://localhost:4711/callback",
  "http://127.0.0.1/callback",
  "http://[::1]:9/",
  "com.example.app:/oauth",
  "cursor://anysphere.cursor-retrieval/oauth/callback",
];

const BAD = [
  "javascript:alert(1)",
  "JavaScript://x.example/%0aalert(1)",
  "data:text/html,x",
  "vbscript:x",
  "blob:https://x.example/1",
  "file:///etc/passwd",
  "intent://x#Intent;end",
  "view-source:https://x.example/",
  "ftp://x.example/",
  "http://app.example.com/callback",
  "http://127.0.0.1.evil.example/",
  "http://localhost.evil.example/",
  "http://localhost@evil.example/",
  "https://user:pass@app.example.com/",
  "https://app.example.com/callback#fragment",
  "https://app.example.com/callback#",
  "https:app.example.com",
  "https:///app.example.com",
  "//app.example.com/callback",
  "/callback",
  "callback",
  "myapp:callback",
  "https://app.example.com/\r\nset-cookie: x",
  "https://app.example.com/ x",
  "https://app.example.com\\@evil.example/",
  "https://äpp.example.com/",
  "",
  `https://app.example.com/${"x".repeat(2000)}`,
];

for (const uri of GOOD) test(`${uri} may be sent to`, () => assert.equal(redirectFault(uri), null));
for (const uri of BAD)
  test(`${JSON.stringify(uri.slice(0, 60))} may not be sent to`, () => assert.ok(redirectFault(uri)));

test("an address counts as registered only letter by letter", () => {
  const registered = ["https://app.example.com/callback"];
  assert.ok(isRegistered("https://app.example.com/callback", registered));
  for (const uri of [
    "https://app.example.com/callback/",
    "https://app.example.com/callback?x=1",
    "https://app.example.com/Callback",
    "https://APP.example.com/callback",
    "https://app.example.com:443/callback",
    "https://app.example.com/callback/../evil",
    "https://app.example.com/%63allback",
    "https://app.example.com.evil.example/callback",
    "http://app.example.com/callback",
  ])
    assert.ok(!isRegistered(uri, registered), uri);
});

test("on this computer any port will do, and everything else is the same", () => {
  const registered = ["http://127.0.0.1/callback", "http://localhost:3000/callback?a=1"];
  for (const uri of ["http://127.0.0.1:5555/callback", "http://localhost:1/callback?a=1"])
    assert.ok(isRegistered(uri, registered), uri);
  for (const uri of [
    "http://localhost:5555/callback",
    "http://127.0.0.1:5555/other",
    "http://127.0.0.1:5555@evil.example/callback",
    "http://127.0.0.1:x/callback",
    "http://127.0.0.1:999999/callback",
    "https://127.0.0.1:5555/callback",
    "http://[::1]:5555/callback",
  ])
    assert.ok(!isRegistered(uri, registered), uri);
});

test("where it leads is said in words", () => {
  assert.equal(leadsTo("https://app.example.com:8443/x"), "app.example.com:8443");
  assert.equal(leadsTo("http://127.0.0.1:99/x"), "a program on this computer");
  assert.equal(leadsTo("cursor://auth/x"), "the program cursor on this computer");
});

test("what is told comes behind what the address asks for already", () => {
  assert.equal(
    redirectWith("https://a.example/", { code: "x y", state: undefined }),
    "https://a.example/?code=x+y",
  );
  assert.equal(
    redirectWith("https://a.example/?t=1", { state: "&=" }),
    "https://a.example/?t=1&state=%26%3D",
  );
});
