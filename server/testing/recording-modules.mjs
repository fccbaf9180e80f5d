// Loaded before a program (`--import`): writes down the address of each module it loads, one a line, in RECORDED_MODULES.

import { appendFileSync } from "node:fs";
import { registerHooks } from "node:module";

const file = process.env.RECORDED_MODULES ?? "";

registerHooks({
  load(url, context, nextLoad) {
    appendFileSync(file, `${url}\n`);
    return nextLoad(url, context);
  },
});
