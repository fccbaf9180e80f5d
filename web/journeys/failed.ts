// What a failed journey leaves behind: a picture of each open page, what stands in it, and the trace of what was done.

import { mkdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { BrowserContext } from "playwright-core";
import { failureFolder, folderName } from "../../server/testing/failure-folder.ts";
import { testFile } from "../../server/testing/test-file.ts";

/** Pictures and copies of the page at each action cost a tenth of a journey, so only a person who looks for a fault asks for them. */
const IN_FULL = process.env.CADENZA_TRACE === "full";

export function startTrace(context: BrowserContext) {
  return context.tracing.start({ screenshots: IN_FULL, snapshots: IN_FULL, sources: true });
}

/** Says where it is. A page that has crashed or closed must not hide why the test failed. */
export async function keepWhatFailed(title: string, contexts: Iterable<BrowserContext>) {
  const folder = join(failureFolder(testFile()), folderName(title));
  mkdirSync(folder, { recursive: true });
  for (const [number, context] of [...contexts].entries()) {
    for (const [tab, page] of context.pages().entries()) {
      const name = join(folder, `visitor-${number + 1}-page-${tab + 1}`);
      await page.screenshot({ path: `${name}.png`, timeout: 10_000 }).catch(tell);
      await page.content().then((html) => writeFileSync(`${name}.html`, html), tell);
    }
    await context.tracing.stopChunk({ path: join(folder, `visitor-${number + 1}-trace.zip`) }).catch(tell);
    await context.tracing.startChunk().catch(tell);
  }
  return relative(process.cwd(), folder);
}

function tell(error: Error) {
  console.error(`Could not keep what the journey left: ${error.message}`);
}
