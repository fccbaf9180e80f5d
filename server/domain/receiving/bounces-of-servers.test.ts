// What mail servers and large providers say word for word, without the help of a code in the report.

import assert from "node:assert/strict";
import { test } from "node:test";
import { type BounceClass, bounceReason } from "./bounces.ts";
import { OF_COMMON_SERVERS } from "./refusals/of-common-servers.ts";
import { OF_GATEWAYS } from "./refusals/of-gateways.ts";
import { OF_LARGE_PROVIDERS } from "./refusals/of-large-providers.ts";
import { OF_MORE_PROVIDERS } from "./refusals/of-more-providers.ts";
import { OF_OTHER_SERVERS } from "./refusals/of-other-servers.ts";

const ALL = [
  ...OF_COMMON_SERVERS,
  ...OF_OTHER_SERVERS,
  ...OF_LARGE_PROVIDERS,
  ...OF_MORE_PROVIDERS,
  ...OF_GATEWAYS,
];

function wrong(expected: BounceClass) {
  return ALL.flatMap(({ server, where, [expected]: said = [] }) =>
    said.flatMap((words) => {
      const reason = bounceReason(null, words);
      return reason.class === expected
        ? []
        : [`${server} (${where}): ${words}\n    ${reason.class} by ${reason.rule}`];
    }),
  );
}

test("an address that does not exist is a hard bounce in the words of every server", () => {
  assert.deepEqual(wrong("hard"), []);
});

test("a full mailbox or a busy server is a soft bounce", () => {
  assert.deepEqual(wrong("soft"), []);
});

test("a refusal of the sender, of the content or of relaying bars no address", () => {
  assert.deepEqual(wrong("policy"), []);
});

test("every sentence says where it was found", () => {
  assert.deepEqual(
    ALL.filter(({ where }) => where === ""),
    [],
  );
});
