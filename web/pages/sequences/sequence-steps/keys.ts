import { currentTimeMs } from "../../../parts/current-time.ts";

let made = 0;

/** A name of its own while something is worked on. */
export const newKey = () => `new-${currentTimeMs().toString(36)}-${++made}`;
