import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { backUpOnce } from "../../../engine/upkeep/back-up.ts";
import { openLog } from "../../../kernel/log.ts";
import { start } from "../../../start.ts";
import { refused, useWorld } from "../../../testing/world.ts";
import { whyFailed } from "./why-failed.ts";

const folder = mkdtempSync(join(tmpdir(), "cadenza-asked-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const backup = { folder, hour: 5, keep: { days: 3, weeks: 0, months: 2 }, recipients: [], bucket: null };
const world = useWorld({ role: "api" });

test("without a folder none is made, and that is said", async () => {
  const { backups } = await world.operator.installation.backups();
  assert.deepEqual(
    [backups.scheduled, backups.folder, backups.next_at, backups.trouble],
    [false, null, null, null],
  );
  assert.equal((await refused(world.operator.installation.backUp())).code, "backups_off");
});

test("one that was asked for is made at once, also by the process after a restart", async () => {
  const { app } = world.running;
  app.config.backup = backup;
  assert.equal(await backUpOnce(app, world.ownerConnection), 1);
  world.advance({ seconds: 2 });
  assert.equal(await backUpOnce(app, world.ownerConnection), 0);
  const asked = (await world.operator.installation.backUp()).backups;
  assert.deepEqual([asked.running, asked.next_at, asked.keep, asked.hour], [true, null, "3d 2m", 5]);
  const twice = await refused(world.operator.installation.backUp());
  assert.deepEqual([twice.status, twice.code], [409, "backup_running"]);
  const later = await start({ ...app.config, port: 0 }, openLog("silent"));
  try {
    later.app.now = app.now;
    assert.equal(await backUpOnce(later.app, world.ownerConnection), 1);
  } finally {
    await later.stop();
  }
  const { backups } = await world.operator.installation.backups();
  assert.deepEqual([backups.running, backups.runs.length], [false, 2]);
  assert.ok(backups.runs[0]?.requested_at && backups.runs[0].verified_at);
  assert.equal(backups.runs[1]?.requested_at, null);
  assert.equal(readdirSync(folder).length, 1, "of one day, the rule keeps the newest");
});

test("an admin may while the team is the only one; with a second team only the operator may", async () => {
  const { api_key } = await world.operator.apiKeys.create({ name: "alone", master: true });
  const alone = world.client({ apiKey: api_key.key });
  assert.equal((await alone.installation.backups()).backups.scheduled, true);
  const team = await world.newTeam();
  for (const call of [() => team.api.installation.backups(), () => team.api.installation.backUp()])
    assert.equal((await refused(call())).code, "operator_only");
  assert.equal((await world.operator.installation.backups()).backups.scheduled, true);
});

test("a disk that is full is said in words, and what is not known is said as it is", () => {
  const failed = (code: string) => whyFailed(Object.assign(new Error(`${code}: write`), { code }));
  assert.equal(failed("ENOSPC"), "The disk of the backup folder is full.");
  assert.equal(failed("EROFS"), "The backup folder is on a read-only disk.");
  assert.equal(whyFailed(new Error("Connection lost.")), "Connection lost. The server log has the details.");
});
