// A call on its way through the door: what its answer and its line in the log will have to say.

import type { FastifyRequest } from "fastify";
import type { Logger } from "pino";
import type { Caller } from "../app.ts";
import { cameFrom } from "./came-from.ts";
import type { LimitHeaders } from "./limits.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Of the call that this route is; null where it is worth no line in the log. */
    scope?: string | null;
    /** The parameter that may come as a file. */
    takesFile?: string | undefined;
    takesUpload?: string | undefined;
  }
}

export type CallContext = {
  /** Null for what is asked every few seconds and worth no line. */
  scope: string | null;
  since: number;
  caller: Caller | null;
  isDryRun: boolean;
  /** It is answered as Apollo answers, in a sandbox. */
  isStrict: boolean;
  limits: LimitHeaders | null;
  /** The headers that only some good answers carry. */
  marks: Record<string, string> | null;
  /** Cookies that a good answer sets. */
  cookies: readonly string[];
  /** The names of parameters that nothing reads. */
  ignored: readonly string[];
  /** In whose words it is refused, where they are OAuth's: the word for what has none of its own. */
  oauth: string | null;
};

export function beginCall(scope: string | null): CallContext {
  return {
    scope,
    since: performance.now(),
    caller: null,
    isDryRun: false,
    isStrict: false,
    limits: null,
    marks: null,
    cookies: [],
    ignored: [],
    oauth: null,
  };
}

/** No query and no body: either may hold a key. */
export function logRequest(log: Logger, call: CallContext, request: FastifyRequest, status: number) {
  if (call.scope === null) return;
  const credential = call.caller?.credential;
  log.info(
    {
      request: request.id,
      call: call.scope,
      method: request.method,
      status,
      ms: Math.round((performance.now() - call.since) * 10) / 10,
      team: call.caller?.teamId,
      user: call.caller?.userId,
      address: cameFrom(request) ?? undefined,
      key: credential?.kind === "key" ? credential.id : undefined,
      session: credential?.kind === "session" ? credential.id : undefined,
      grant: credential?.kind === "token" ? credential.id : undefined,
      application: credential?.kind === "token" ? credential.applicationId : undefined,
      ignored: call.ignored.length > 0 ? call.ignored : undefined,
    },
    "call",
  );
}
