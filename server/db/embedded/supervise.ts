// A Cadenza process reduced to its database, for tests that kill it. Says in one line of JSON how its start went, stops
// in order when told so by SIGTERM.

import { messageOf } from "./errors.ts";
import { startEmbedded } from "./server.ts";

const dataDir = process.argv[2] ?? "";

try {
  const { owner, adopted, stop } = await startEmbedded({
    dataDir,
    log: (...words) => console.error(...words),
  });
  process.once("SIGTERM", () => void stop().then(() => process.exit(0)));
  console.log(JSON.stringify({ owner, adopted }));
} catch (error) {
  console.log(JSON.stringify({ refusal: messageOf(error) }));
}
