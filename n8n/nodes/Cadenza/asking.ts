// One call to the server, through n8n's own helper. Whatever goes wrong is told in the server's words, with what to do next.
//
// What is easy to get wrong: n8n runs a node again when it failed, and a workflow's item again with it. So every write carries
// a key made of the execution, the node, its run, the item and what is sent: the same try again gets the first answer, and
// the next item, turn of a loop or execution has a key of its own.

import { createHash } from "node:crypto";
import {
  type IDataObject,
  type IExecuteFunctions,
  type IHookFunctions,
  type IHttpRequestMethods,
  type IHttpRequestOptions,
  type ILoadOptionsFunctions,
  type JsonObject,
  NodeApiError,
} from "n8n-workflow";

export type Asker = IExecuteFunctions | ILoadOptionsFunctions | IHookFunctions;

export type NodeRequest = {
  method: IHttpRequestMethods;
  /** Below /api/v1. */
  path: string;
  input?: IDataObject;
  headers?: Record<string, string>;
  itemIndex?: number;
};

const LONGEST_MS = 300_000;

export async function ask(
  asker: Asker,
  { method, path, input, headers, itemIndex }: NodeRequest,
): Promise<IDataObject> {
  const { baseUrl } = await asker.getCredentials<{ baseUrl: string }>("cadenzaApi");
  const inQuery = method === "GET" || method === "DELETE";
  const options: IHttpRequestOptions = {
    method,
    url: `${baseUrl.trim().replace(/\/+$/, "")}/api/v1${path}`,
    json: true,
    returnFullResponse: true,
    ignoreHttpStatusErrors: true,
    arrayFormat: "brackets",
    timeout: LONGEST_MS,
    ...(input && (inQuery ? { qs: input } : { body: input })),
    ...(headers && { headers }),
  };
  let answer: { statusCode: number; body: IDataObject };
  try {
    answer = await asker.helpers.httpRequestWithAuthentication.call(asker, "cadenzaApi", options);
  } catch (error) {
    // Made anew: n8n keeps the words of an error that is one of its own already.
    const { message } = error as { message: string };
    throw new NodeApiError(asker.getNode(), { message } as JsonObject, {
      message: `${baseUrl} could not be reached`,
      description:
        "Check the URL in the credential. Check that the server is running and that n8n can reach it.",
      ...(itemIndex !== undefined && { itemIndex }),
    });
  }
  if (answer.statusCode >= 200 && answer.statusCode < 300) return answer.body;
  throw refusal(asker, answer.statusCode, answer.body, itemIndex);
}

function refusal(asker: Asker, status: number, given: unknown, itemIndex: number | undefined) {
  const body = (
    typeof given === "object" && given !== null ? given : { error: String(given ?? "") }
  ) as IDataObject;
  const sentence = textAt(body, "error") || textAt(body, "message") || `The server answered ${status}.`;
  const code = textAt(body, "code");
  return new NodeApiError(asker.getNode(), body as JsonObject, {
    message: sentence,
    description: `${textAt(body, "fix") || whatNext(status)}${code && ` (${code})`}`,
    httpCode: String(status),
    ...(itemIndex !== undefined && { itemIndex }),
  });
}

function textAt(body: IDataObject, key: string) {
  const value = body[key];
  return typeof value === "string" ? value : "";
}

function whatNext(status: number) {
  if (status === 401)
    return "Check the API key in the credential. It may be mistyped, revoked, or from another server.";
  if (status === 403) return "Use an API key with permission for this operation.";
  if (status === 404) return "Check the ID.";
  if (status === 429) return "Try again later, or add a Wait node.";
  if (status >= 500) return "Try again later. If it fails again, tell the server's operator.";
  return "Correct the input as the message says.";
}

/** The headers of a write. */
export function writeHeaders(
  asker: IExecuteFunctions,
  itemIndex: number,
  sent: unknown,
  { dryRun, idempotencyKey, ifMatch }: { dryRun?: boolean; idempotencyKey?: string; ifMatch?: string },
): Record<string, string> {
  const key = idempotencyKey?.trim() || keyOf(asker, itemIndex, sent);
  const etag = ifMatch?.trim().replaceAll('"', "");
  return {
    ...(key && { "Idempotency-Key": key }),
    ...(dryRun && { "Dry-Run": "true" }),
    ...(etag && { "If-Match": `"${etag}"` }),
  };
}

function keyOf(asker: IExecuteFunctions, itemIndex: number, sent: unknown) {
  const execution = asker.getExecutionId();
  if (!execution) return "";
  const run: unknown = asker.getWorkflowDataProxy(itemIndex).$runIndex;
  const { id: workflow } = asker.getWorkflow();
  const said = JSON.stringify([
    asker.getInstanceId(),
    workflow,
    execution,
    asker.getNode().id,
    run,
    itemIndex,
    sent,
  ]);
  return `n8n-${createHash("sha256").update(said).digest("hex").slice(0, 48)}`;
}
