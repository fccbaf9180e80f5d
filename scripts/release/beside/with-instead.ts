// A file of deploy/ with what a test has in other places.

import assert from "node:assert/strict";

/** Replaces what must be there. */
export function withInstead(text: string, changes: Record<string, string>) {
  return Object.entries(changes).reduce((changed, [from, to]) => {
    assert.ok(changed.includes(from), `the file has ${from}`);
    return changed.replaceAll(from, to);
  }, text);
}
