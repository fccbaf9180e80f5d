// What every answer tells browsers: take it for what it says it is, run nothing in it, and stay with TLS. And that it comes from a
// sandbox, where it does.

import type { FastifyReply } from "fastify";
import type { Config } from "../config.ts";

export type SafeHeaders = Readonly<Record<string, string>>;

export function safeHeaders({ publicUrl, sandbox }: Pick<Config, "publicUrl" | "sandbox">): SafeHeaders {
  const isSecure = publicUrl.startsWith("https:");
  return {
    ...(sandbox && { "cadenza-sandbox": "true" }),
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    ...(isSecure && { "strict-transport-security": "max-age=31536000" }),
  };
}

/** A page that needs more than nothing has said so before. */
export function setSafeHeaders(reply: FastifyReply, safe: SafeHeaders) {
  for (const name in safe) if (!reply.hasHeader(name)) reply.header(name, safe[name]);
}
