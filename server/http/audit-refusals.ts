// Calls that are refused for want of permission are told, once what they had begun is rolled back, and before they are
// answered. Dry runs leave nothing behind, not even that.

import { isForbidding } from "@cadenza/contract";
import type { FastifyRequest } from "fastify";
import type { Caller, Origin } from "../app.ts";
import { Refusal } from "../kernel/refusal.ts";
import type { TellRefused } from "../kernel/refused-calls.ts";
import type { CallContext } from "./call.ts";
import { cameFrom } from "./came-from.ts";

export async function tellIfForbidden(
  tell: TellRefused,
  request: FastifyRequest,
  { caller, scope, isDryRun }: CallContext,
  error: unknown,
) {
  if (!(error instanceof Refusal) || caller === null || scope === null || isDryRun) return;
  const code = error.because ?? error.code;
  if (!isForbidding(code)) return;
  const { id } = request.params as { id?: string };
  const recordId = id !== undefined && /^[0-9a-f]{24}$/.test(id) ? id : null;
  await tell({ caller, origin: originOf(request, caller), operation: scope, code, recordId });
}

export function originOf(request: FastifyRequest, caller: Caller | null): Origin {
  const isProgram = caller !== null && caller.credential.kind !== "session";
  return { requestId: request.id, address: cameFrom(request), cause: isProgram ? "api" : "web" };
}
