// Refusals and failures as answers. Only here are status codes known. What went wrong inside is
// written to the log with the request's id, and the caller gets that id and nothing of the inside.

import { type RefusalEntry, refusals } from "@cadenza/contract";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Logger } from "pino";
import { isFull } from "../db/away.ts";
import { fixOf, Refusal, sentenceOf } from "../kernel/refusal.ts";
import { say } from "../kernel/say.ts";
import { BadKeyFile, UnreadableSecret } from "../kernel/secrets.ts";
import { type CallContext, logRequest } from "./call.ts";
import { IGNORED_HEADER } from "./ignored.ts";
import { asApolloRefuses } from "./strict.ts";

/** Errors that the operator must see, whatever the caller was told. */
const LOGGED: ReadonlySet<string> = new Set(["internal", "busy", "storage_full", "secret_unreadable"]);

type ErrorAnswer = { status: number; body: unknown; plain: boolean };

export function answerFor(refusal: Refusal): ErrorAnswer {
  const entry: RefusalEntry = refusals[refusal.code];
  const sentence = sentenceOf(refusal);
  if (entry.plain) return { status: entry.status, body: sentence, plain: true };
  const body = {
    [entry.asMessage ? "message" : "error"]: sentence,
    ...(entry.errorCode && { error_code: entry.errorCode }),
    code: refusal.code,
    ...(entry.fix && { fix: fixOf(refusal) }),
    ...refusal.details,
  };
  return { status: entry.status, body, plain: false };
}

export function sendError(
  log: Logger,
  request: FastifyRequest,
  reply: FastifyReply,
  error: unknown,
  call: CallContext,
) {
  const refusal = error instanceof Refusal ? error : refusalBehind(error);
  if (LOGGED.has(refusal.code)) log.error({ request: request.id, err: error }, "a request failed");
  const answer = call.oauth === null ? answerFor(refusal) : inOAuthsWords(refusal, call.oauth);
  const { challenge } = refusals[refusal.code] as RefusalEntry;
  if (challenge) reply.header("www-authenticate", challenge);
  const wait = refusal.facts.seconds;
  if (wait !== undefined) reply.header("retry-after", String(wait));
  // Apollo's 401 and 403 carry no limits, also where the refusal came only after the call was counted.
  if (call.limits && answer.status !== 401 && answer.status !== 403) reply.headers(call.limits);
  if (call.ignored.length > 0) reply.header(IGNORED_HEADER, call.ignored.join(", "));
  reply.code(answer.status);
  if (answer.plain) reply.type("text/plain; charset=utf-8").send(answer.body);
  else {
    const body = answer.status >= 500 ? { ...(answer.body as object), request_id: request.id } : answer.body;
    const said = call.isStrict ? asApolloRefuses(body as object) : body;
    reply.type("application/json; charset=utf-8").send(JSON.stringify(said));
  }
  logRequest(log, call, request, answer.status);
}

/** What OAuth's clients read: one of its words, and a sentence of plain characters (RFC 6749, 5.2). */
function inOAuthsWords(refusal: Refusal, otherwise: string): ErrorAnswer {
  const entry: RefusalEntry = refusals[refusal.code];
  const isPassing = entry.status === 429 || entry.status >= 500;
  const error = entry.oauth ?? (isPassing ? "temporarily_unavailable" : otherwise);
  const { body } = answerFor(refusal);
  const { error: says, message } = body as { error?: string; message?: string };
  const error_description = (says ?? message ?? "").replace(/[^\x20-\x7e]|["\\]/g, "'");
  const status = entry.oauth || isPassing || entry.status === 413 ? entry.status : 400;
  return { status, body: { error, error_description, code: refusal.code }, plain: false };
}

/** Fastify's own complaints, and the database's of being out of reach, in our words. */
function refusalBehind(error: unknown): Refusal {
  const {
    code = "",
    statusCode,
    message = "",
  } = error as { code?: string; statusCode?: number; message?: string };
  if (code === "FST_ERR_CTP_BODY_TOO_LARGE") return new Refusal("body_too_large", { limit: "10 MB" });
  if (code === "FST_ERR_BAD_URL") return new Refusal("malformed_address");
  if (code.startsWith("FST_ERR_CTP"))
    return new Refusal("malformed_body", { why: say("its length or content type is wrong") });
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return new Refusal("malformed_body", { why: say("it could not be read") });
  if (error instanceof UnreadableSecret || error instanceof BadKeyFile)
    return new Refusal("secret_unreadable");
  if (isFull(error)) return new Refusal("storage_full");
  if (isUnreachable(code, message)) return new Refusal("busy");
  return new Refusal("internal");
}

// 57: the server is shutting down or starting up; 53: out of connections or space; 08: connection lost.
function isUnreachable(code: string, message: string) {
  return (
    /^(08|53|57)/.test(code) ||
    ["ECONNREFUSED", "ECONNRESET", "ENOENT", "EPIPE"].includes(code) ||
    /timeout exceeded when trying to connect|Connection terminated/.test(message)
  );
}
