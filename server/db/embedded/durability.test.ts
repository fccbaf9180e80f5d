import assert from "node:assert/strict";
import { test } from "node:test";
import { connect, openFolder, start } from "./bench.ts";
import { refuseUnsafeSettings } from "./durability.ts";

test("settings under which a commit may be lost are refused by name", async (t) => {
  const { owner } = await start(t, await openFolder(t));
  const client = await connect(owner);
  t.after(() => client.end());
  await refuseUnsafeSettings(client);
  for (const safe of ["remote_apply", "remote_write", "local"]) {
    await client.query(`set synchronous_commit = ${safe}`);
    await refuseUnsafeSettings(client);
  }
  await client.query("set synchronous_commit = off");
  await assert.rejects(refuseUnsafeSettings(client), {
    name: "UnsafeDatabase",
    setting: "synchronous_commit",
  });
  await client.query("reset synchronous_commit");
  await client.query("alter system set full_page_writes = off");
  await client.query("select pg_reload_conf()");
  const isOff = async () => (await client.query("show full_page_writes")).rows[0].full_page_writes === "off";
  while (!(await isOff())) await client.query("select pg_sleep(0.05)");
  await assert.rejects(refuseUnsafeSettings(client), { name: "UnsafeDatabase", setting: "full_page_writes" });
});
