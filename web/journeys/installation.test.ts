// Settings → Installation: the operator sees backups and what the database holds; an admin of one of several teams is told who may.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { backUpOnce } from "../../server/engine/upkeep/back-up.ts";
import { copyBackupOnce } from "../../server/engine/upkeep/copy-backup.ts";
import { firstTeam } from "../../server/testing/first-team.ts";
import { startS3Server } from "../../server/testing/s3-server.ts";
import { useWorld } from "../../server/testing/world.ts";
import { assertAccessible, assertFitsSideways, pictureWhole, signIn, useBrowser } from "./browser.ts";

const folder = mkdtempSync(join(tmpdir(), "cadenza-shown-"));
after(() => rmSync(folder, { recursive: true, force: true }));

describe("the installation", () => {
  let first: Awaited<ReturnType<typeof firstTeam>>;
  const world = useWorld({ role: "api" }, async (opened) => {
    first = await firstTeam(opened);
  });
  const browser = useBrowser();

  test("a backup is asked for, and is in the list once it was read back", async () => {
    world.running.app.config.backup = {
      folder,
      hour: 5,
      keep: { days: 3, weeks: 0, months: 2 },
      recipients: [],
      bucket: null,
    };
    world.running.app.walArchive = () => walStatus();
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, first.owner);
    await page.goto("/settings");
    await page.getByRole("link", { name: "Installation" }).click();
    await page.getByText(/^Cadenza .+ with PostgreSQL \d/).waitFor();
    await page.getByText(/^No engine is running/).waitFor();
    await page.getByText("Webhook calls are sent in time.").waitFor();
    await page.getByText("No backup was made yet.").waitFor();
    await page.getByRole("button", { name: "Back up now" }).click();
    await page.getByRole("button", { name: "A backup is running" }).waitFor();
    assert.equal(await backUpOnce(world.running.app, world.ownerConnection), 1);
    await page.getByText("Read back, complete").waitFor();
    await page.getByRole("button", { name: "Back up now" }).waitFor();
    const archive = page.getByRole("region", { name: "Point-in-time recovery" });
    await archive.getByText("In order").waitFor();
    await archive.getByText("/mnt/wal").waitFor();
    await assertAccessible(page, "installation");
    await pictureWhole(page, "light-installation");
    await leave();
  });

  test("a copy that failed is shown with its reason, and one that was made with its bucket", async () => {
    const s3 = await startS3Server();
    after(s3.close);
    const plan = world.running.app.config.backup ?? assert.fail();
    world.running.app.config.backup = { ...plan, bucket: s3.settings() };
    s3.faults.push(() => ({ kind: "answer", status: 403, body: "<Error><Code>AccessDenied</Code></Error>" }));
    assert.equal(await copyBackupOnce(world.running.app, s3.open()), 1);
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, first.owner);
    await page.goto("/settings/installation");
    await page.getByText(/^Read back, complete, but not copied. The key has no permission/).waitFor();
    await page.getByText("The last one was not copied").waitFor();
    await assertAccessible(page, "a backup that was not copied");
    await pictureWhole(page, "light-installation-not-copied");
    s3.faults.length = 0;
    world.advance({ minutes: 15 });
    assert.equal(await copyBackupOnce(world.running.app, s3.open()), 1);
    await page.reload();
    await page.getByText("Read back, complete, copied").waitFor();
    await page.getByText(s3.open().address).waitFor();
    await pictureWhole(page, "light-installation-copied");
    await leave();
  });

  function walStatus(failure: { since: Temporal.Instant; says: string } | null = null) {
    const now = world.running.app.now();
    return {
      folder: "/mnt/wal/cadenza-7714049931551380513",
      keepDays: 7,
      until: now,
      failure,
      bases: {
        from: now.subtract({ hours: 160 }),
        lastAt: now.subtract({ hours: 6 }),
        failure: null,
        isRunning: false,
      },
    };
  }

  test("storage is shown by kind and by table, also in the dark and on a phone", async () => {
    const failure = { since: world.running.app.now(), says: "The disk of the WAL archive is full." };
    world.running.app.walArchive = () => walStatus(failure);
    const { page, leave } = await browser.visit(world.url, { colorScheme: "dark" });
    await signIn(page, first.owner);
    await page.goto("/settings/installation");
    await page.getByRole("region", { name: "Point-in-time recovery" }).getByText(failure.says).waitFor();
    const kinds = page.getByRole("table", { name: "Storage by kind" });
    await kinds.getByText("Contacts and companies").waitFor();
    await page.getByRole("img", { name: /Contacts and companies: \d/ }).waitFor();
    await page.getByRole("button", { name: "Show each table" }).click();
    const tables = page.getByRole("table", { name: "Storage by table" });
    await tables.getByText("contact_emails", { exact: true }).waitFor();
    await assertAccessible(page, "storage by table");
    await pictureWhole(page, "dark-installation");
    await page.setViewportSize({ width: 390, height: 844 });
    await assertFitsSideways(page, "installation on a phone");
    await pictureWhole(page, "phone-installation");
    await leave();
  });

  test("an admin of one of several teams is told that the operator sees it", async () => {
    const team = await world.newTeam("Second");
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/settings/installation");
    await page.getByText("Only its operator can see backups and storage.").waitFor();
    await leave();
  });
});
