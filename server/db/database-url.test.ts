import assert from "node:assert/strict";
import { test } from "node:test";
import { BadDatabaseUrl, readDatabaseUrl } from "./database-url.ts";

const placesOf = (text: string) => readDatabaseUrl(text).places.map(({ host, port }) => [host, port]);

const PLACES: [url: string, places: unknown[]][] = [
  ["postgres://localhost/cadenza", [["localhost", undefined]]],
  ["postgres://u:p@db.example.no:6000/cadenza", [["db.example.no", 6000]]],
  ["postgresql://[::1]:6000/cadenza", [["::1", 6000]]],
  ["postgres:///cadenza?host=/run/postgresql", [["/run/postgresql", undefined]]],
  ["postgres://u:p@/cadenza?host=%2Frun%2Fpostgresql", [["/run/postgresql", undefined]]],
  ["postgres://u:p@%2Frun%2Fpostgresql/cadenza", [["/run/postgresql", undefined]]],
  ["postgres://u:p@localhost:6000/cadenza?host=%2Frun", [["/run", 6000]]],
  ["postgres://", [[undefined, undefined]]],
  [
    "postgres://u:p@a:1,b,[::1]:3/cadenza?target_session_attrs=read-write",
    [
      ["a", 1],
      ["b", undefined],
      ["::1", 3],
    ],
  ],
  [
    "postgres://u:p@/cadenza?host=a,b&port=1,2",
    [
      ["a", 1],
      ["b", 2],
    ],
  ],
  [
    "postgres://u:p@/cadenza?host=a,b&port=6432",
    [
      ["a", 6432],
      ["b", 6432],
    ],
  ],
];

for (const [url, places] of PLACES)
  test(`${url} names these servers`, () => assert.deepEqual(placesOf(url), places));

test("the user, the password, the database and the options are decoded", () => {
  const { user, password, database, options, tls } = readDatabaseUrl(
    "postgres://a%40b:p%3Aw%2F%C3%A9:x@localhost/my%20db?options=-c%20geqo%3Doff&connect_timeout=3",
  );
  assert.deepEqual(
    [user, password, database, options, tls],
    ["a@b", "p:w/é:x", "my db", "-c geqo=off", null],
  );
});

const REFUSED: [url: string, why: RegExp][] = [
  ["postgres://u:secret@a:1,b:2,c/cadenza?port=1,2", /one port for all of its hosts, or a port for each/],
  ["postgres://u:secret@localhost:0/cadenza", /must be the URL/],
  ["postgres://u:secret@localhost:66000/cadenza", /must be the URL/],
  ["postgres://u:secret@local:host:1/cadenza", /must be the URL/],
  ["postgres://u:%zz@localhost/cadenza", /must be the URL/],
  ["postgres://localhost/cadenza?target_session_attrs=standby", /must be read-write.* It is "standby"/],
  ["postgres://localhost/cadenza?sslmode=allow", /sslmode in DATABASE_URL must be one of disable, prefer,/],
  ["postgres://localhost/cadenza?sslmode=verify-ca", /sslmode=verify-ca .* needs sslrootcert/],
  ["postgres://localhost/cadenza?sslmode=require&sslrootcert=/nowhere.crt", /\/nowhere\.crt,.* ENOENT/],
];

for (const [url, why] of REFUSED)
  test(`${url} is refused in a sentence that does not repeat the password`, () =>
    assert.throws(
      () => readDatabaseUrl(url),
      (error: Error) =>
        error instanceof BadDatabaseUrl && why.test(error.message) && !error.message.includes("secret"),
    ));

test("sslmode and the driver's own words for it", () => {
  const modeOf = (query: string) => readDatabaseUrl(`postgres://localhost/cadenza?${query}`).tls?.mode;
  for (const mode of ["disable", "prefer", "require", "verify-full"])
    assert.equal(modeOf(`sslmode=${mode}`), mode);
  assert.deepEqual(["ssl=true", "ssl=0", "sslmode=no-verify", "application_name=x"].map(modeOf), [
    "verify-full",
    "disable",
    "require",
    undefined,
  ]);
});
