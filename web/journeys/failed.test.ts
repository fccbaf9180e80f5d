import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";

/** Three journeys: one fails at its page, one fails when it leaves, and one passes. */
const JOURNEYS = (origin: string) => `
  import assert from "node:assert/strict";
  import { test } from "node:test";
  import { useBrowser } from ${JSON.stringify(new URL("./browser.ts", import.meta.url).href)};
  const browser = useBrowser();
  test("a sum is wrong, and then?", async () => {
    const { page } = await browser.visit(${JSON.stringify(origin)});
    await page.goto("/");
    assert.equal(await page.getByRole("heading").innerText(), "5");
  });
  test("the page throws", async () => {
    const { page, leave } = await browser.visit(${JSON.stringify(origin)});
    await page.goto("/throws");
    await leave();
  });
  test("all is well", async () => {
    const { page, leave } = await browser.visit(${JSON.stringify(origin)});
    await page.goto("/");
    await leave();
  });
`;

test("a failed journey leaves a picture, the page and a trace; one that passes leaves nothing", async (t) => {
  const origin = await serve(t);
  const folder = mkdtempSync(join(tmpdir(), "cadenza-failures-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "sums.test.ts");
  writeFileSync(file, JOURNEYS(origin));
  const { CADENZA_TRACE: _, NODE_TEST_CONTEXT: __, ...env } = process.env;
  const ended = await run(file, { ...env, CADENZA_TEST_FAILURES: folder });
  assert.match(ended, /pass 1\n/, ended);
  assert.match(ended, /fail 2\n/, ended);

  const left = globSync("sums/**/*.*", { cwd: folder }).map((path) => path.replaceAll("\\", "/"));
  assert.deepEqual(
    left.filter((path) => path.startsWith("sums/a-sum-is-wrong-and-then/")).sort(),
    ["visitor-1-page-1.html", "visitor-1-page-1.png", "visitor-1-trace.zip"].map(
      (name) => `sums/a-sum-is-wrong-and-then/${name}`,
    ),
  );
  assert.ok(left.includes("sums/the-page-throws/visitor-1-page-1.png"), left.join());
  assert.ok(!left.some((path) => path.includes("all-is-well")), left.join());
  const inFolder = (name: string) => readFileSync(join(folder, "sums", "a-sum-is-wrong-and-then", name));
  assert.match(inFolder("visitor-1-page-1.html").toString(), /<h1>4<\/h1>/);
  assert.equal(inFolder("visitor-1-page-1.png").subarray(1, 4).toString(), "PNG");
  assert.equal(inFolder("visitor-1-trace.zip").subarray(0, 2).toString(), "PK");
});

async function serve(t: TestContext) {
  const server = createServer(({ url }, answer) => {
    const script = url === "/throws" ? "<script>throw new Error('no')</script>" : "";
    answer.setHeader("content-type", "text/html").end(`<link rel="icon" href="data:,"><h1>4</h1>${script}`);
  });
  t.after(() => server.close());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function run(file: string, env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve) => {
    const args = ["--test-reporter=spec", file];
    execFile(process.execPath, args, { env }, (_, stdout, stderr) => resolve(stdout + stderr));
  });
}
