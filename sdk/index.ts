export { type Client, createClient, type Input, type Output } from "./client.ts";
export {
  addContactsToSequence,
  type Configuration,
  type Context,
  Misconfigured,
  MOST_AT_ONCE,
  type Problem,
} from "./connector.ts";
export { Refused, Unreached, type UnreachedCode } from "./errors.ts";
export type { Download } from "./files.ts";
export { hasEnded, type Job, type Waiting, waitForJob } from "./jobs.ts";
export type * from "./records.ts";
export type { Attempt, CallOptions, ClientOptions } from "./sending.ts";
export type * as shapes from "./shapes.ts";
