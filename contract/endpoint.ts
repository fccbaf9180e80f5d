// One endpoint is one object, and everything else is read off it: routing, validation, key
// scopes, limits, openapi.json, the SDK's methods, the CLI's commands.

import type { z } from "zod";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/**
 * Who may call.
 * - `open`: every caller, without a key (health, set-up, sign-in).
 * - `known`: any key, whatever its scopes, or a signed-in person: what callers may ask about themselves.
 * - `scoped`: a key that names the scope, a master key, or a signed-in person.
 * - `master`: a master key or a signed-in person. Apollo names no scope for these.
 * - `admin`: a master key or a signed-in admin.
 * - `operator`: the bootstrap key, or the user who set this installation up.
 * - `person`: a signed-in person and no program, whatever its key: what people can only decide for themselves.
 *
 * An OAuth token makes the calls whose `oauth` scope it holds; `app_scopes` stands for all that are `scoped`.
 */
export type Access = "open" | "known" | "scoped" | "master" | "admin" | "operator" | "person";

export type Endpoint<Input extends z.ZodObject = z.ZodObject, Output extends z.ZodType = z.ZodType> = {
  method: Method;
  /** Other verbs that published clients use for the same call. */
  also?: readonly Method[];
  /** Below /api/v1 and /v1; `{id}` is a parameter and stands in the input like any other. */
  path: string;
  /** `<controller>/<action>`: names the call in key scopes, limits and usage. */
  scope: string;
  /** A scope of its own by which a key may make the call with `Dry-Run: true` alone, so that it changes nothing. */
  dryRunScope?: { scope: string; summary: string };
  /** What it does happens once, at another server: `Dry-Run: true` is refused. */
  hasNoDryRun?: true;
  /** The scope by which an OAuth token may make it, as Apollo names it; several calls may share one. */
  oauth?: string;
  access: Access;
  /** Open, and yet it tells about the key, if one comes along. */
  looksAtKey?: true;
  /** There is nothing to call in an installation that is not a sandbox: it answers 404. */
  inSandbox?: true;
  effect: "read" | "write";
  summary: string;
  description?: string;
  /** Every parameter, whether it comes by path, query or body: to Apollo they are one bag. */
  input: Input;
  /** The key under which Rails clients may send the parameters once more: `{"emailer_campaign": {…}}`. */
  wrapper?: string;
  output: Output;
  /** `Accept: text/csv` asks for the same as a file, all pages at once. */
  alsoCsv?: true;
  /** The parameter that may be sent as a file: as CSV for a body, or with a form (multipart). */
  takesFile?: string;
  /** The parameter that may be a large file of a form (multipart): taken in as it arrives, and never held whole. */
  takesUpload?: string;
  /** The answer is a file, and no JSON. */
  isFile?: true;
  /**
   * Part of OAuth itself: takes its parameters from the body alone and no cookie, so any origin may call it, and refuses
   * in OAuth's words, with this one where none is closer.
   */
  speaksOAuth?: "invalid_request" | "invalid_client_metadata";
  /** 200 unless said. */
  answersWith?: 201;
  /** It takes `If-Match` with the record's `etag`, and is refused where the record was changed since that was read. */
  ifMatch?: Condition;
};

/** What a change may be made conditional on. */
export type Condition = {
  /** The call that shows the record as it is, such as `contactStages.list`; default: GET at the same path. */
  read?: { call: string; input?: Readonly<Record<string, unknown>> };
  /** Where the record's id is, if it is not the record's own. */
  idIn?: string;
  /** The list of records in the parameters, where the call takes several: with `If-Match` it takes one. */
  among?: string;
  /** As it is answered, with its `etag` (see etags.ts). */
  record: z.ZodObject;
  /** Parameters that the record shows under another key; null: they say how it is changed, and the record has none of it. */
  shows?: Readonly<Record<string, string | readonly string[] | null>>;
  /** Of what the record holds under this key, what counts: the rest changes by itself, as figures do. */
  within?: Readonly<Record<string, readonly string[]>>;
};

export type Example = {
  title: string;
  input: Record<string, unknown>;
  answer: unknown;
  /** The answer's records stand in examples of other calls: the API's document, which must stay small, leaves it out. */
  isShownElsewhere?: true;
};

export function endpoint<Input extends z.ZodObject, Output extends z.ZodType>(
  spec: Endpoint<Input, Output>,
): Endpoint<Input, Output> {
  return spec;
}

/** The scope as Apollo prints it in keys, refusals and usage statistics. */
export function scopeName(spec: Pick<Endpoint, "scope">) {
  return `api/v1/${spec.scope}`;
}

/** The scopes by which keys can be allowed the call, each with what it allows. */
export function scopesOf(spec: Pick<Endpoint, "scope" | "summary" | "effect" | "dryRunScope">) {
  const { dryRunScope, summary, effect } = spec;
  return [
    { name: scopeName(spec), summary, isRead: effect === "read" },
    ...(dryRunScope ? [{ name: scopeName(dryRunScope), summary: dryRunScope.summary, isRead: false }] : []),
  ];
}

/** Writes without a caller have none, and those that happen at another server. */
export function offersDryRun({
  effect,
  access,
  hasNoDryRun,
}: Pick<Endpoint, "effect" | "access" | "hasNoDryRun">) {
  return effect === "write" && access !== "open" && hasNoDryRun === undefined;
}

export function pathParameters(path: string) {
  return [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] as string);
}
