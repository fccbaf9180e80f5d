// Where a failed test leaves what a person will want to look at: a folder for each file, and in it one for each test.

import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** `test-failures/contacts` for `web/journeys/contacts.test.ts`. */
export function failureFolder(file: string) {
  const all = process.env.CADENZA_TEST_FAILURES ?? join(ROOT, "test-failures");
  return join(all, basename(file).replace(/\.test\.tsx?$/, ""));
}

/** A test's title as a folder's name. */
export function folderName(title: string) {
  const words = title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.join("-").slice(0, 80) || "unnamed";
}
