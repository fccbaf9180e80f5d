import assert from "node:assert/strict";
import { test } from "node:test";
import { sendingByApis } from "./apis.ts";
import { APIS } from "./faults.ts";
import { faultsIn } from "./report.ts";
import { tryShortly } from "./short-form.ts";

tryShortly(APIS);

test("an engine that sends again what lost its answer is found out", async () => {
  const { run } = sendingByApis("sends again");
  assert.match(faultsIn(await run(20_260_717, 1)).join("\n"), /^\d+ mails were taken twice/);
});
