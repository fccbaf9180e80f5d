// Node makes an object for everything that is to happen on the next tick, several for every request and every answer of
// the database, and V8 makes it quickly as long as it remembers the shape it had. The memory is weak: once the garbage
// is collected at a moment when no such object lives, the shape is forgotten, and Node's code for it stays on the slow
// path for as long as the process lives; a quarter of all that a call costs went there. One object that is kept keeps
// the shape. It has to be taken before the first collection, so this is imported before anything else.

import { createHook } from "node:async_hooks";

const kept: object[] = [];
const hook = createHook({
  init(_id, type, _trigger, resource) {
    if (type === "TickObject") kept.push(resource);
  },
}).enable();
process.nextTick(() => {});
hook.disable();

/** Held, and never read. */
export const tickShape: readonly object[] = kept;
