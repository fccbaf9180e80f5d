// Ties a contract entry to the function that carries it out.

import type { Endpoint } from "@cadenza/contract";
import type { z } from "zod";
import type { Act, App, Caller, Origin } from "../app.ts";
import type { Csv } from "./csv.ts";
import type { StoredFile } from "./files.ts";

export { mayCall, mayTry, refuseOutOfReach } from "./access.ts";

/** Sets or ends the browser's session with the answer. */
export type SessionCookie = {
  start(token: string, expiresAt: Temporal.Instant): void;
  /** The browser is known from now on by whom has signed in there. */
  know(device: string, until: Temporal.Instant): void;
  end(): void;
};

/** What a route is handed: the act it is part of, and what was asked. */
export type RouteContext<Input, Before = undefined> = Act & {
  input: Input;
  before: Before;
  cookie: SessionCookie;
};

/** What the step before the transaction is handed. */
type BeforeScene<Input> = Pick<Act, "app" | "caller" | "origin" | "isDryRun"> & { input: Input };

/** What a route without a caller is handed. It opens its own transactions. */
export type OpenScene<Input> = {
  app: App;
  origin: Origin;
  input: Input;
  cookie: SessionCookie;
  userAgent: string | null;
  /** What the browser was known by. */
  device: string | null;
  /** The name and the secret of a program, where it sends them by HTTP's own means. */
  basic: { name: string; secret: string } | null;
  /** Who is calling, if they say so; null where they do not, or where we do not know them. */
  identify(): Promise<Caller | null> | Caller | null;
};

export type Route = {
  endpoint: Endpoint;
  /** Waits for the network, before any transaction is open. */
  before?: (scene: BeforeScene<Record<string, unknown>>) => Promise<unknown>;
  handle?: (scene: never) => Promise<unknown>;
  handleOpen?: (scene: never) => Promise<unknown>;
  /** Looks whether they may, and answers what writes the file. */
  handleCsv?: (scene: never) => Promise<Csv>;
  /** Answers a file, where the contract says that it is one. */
  handleFile?: (scene: never) => Promise<StoredFile>;
};

/** The door opens a transaction for the caller's team, and commits it when `handle` has answered. */
export function route<Input extends z.ZodObject, Output extends z.ZodType>(
  endpoint: Endpoint<Input, Output>,
  handle: (scene: RouteContext<z.output<Input>>) => Promise<z.input<Output>>,
): Route {
  return { endpoint: endpoint as unknown as Endpoint, handle };
}

/** For what can be had as a file too, where the contract says so with `alsoCsv`. */
export function routeAlsoCsv<Input extends z.ZodObject, Output extends z.ZodType>(
  endpoint: Endpoint<Input, Output> & { alsoCsv?: true },
  handle: (scene: RouteContext<z.output<Input>>) => Promise<z.input<Output>>,
  handleCsv: (scene: Act & { input: z.output<Input> }) => Promise<Csv>,
): Route {
  return { ...route(endpoint, handle), handleCsv };
}

/** For what is a file, where the contract says so with `isFile`. */
export function routeFile<Input extends z.ZodObject, Output extends z.ZodType>(
  endpoint: Endpoint<Input, Output> & { isFile?: true },
  handleFile: (scene: Act & { input: z.output<Input> }) => Promise<StoredFile>,
): Route {
  return { endpoint: endpoint as unknown as Endpoint, handleFile };
}

/** A file that comes over the network: `before` runs outside the transaction. */
export function routeFileWithBefore<Input extends z.ZodObject, Output extends z.ZodType, Before>(
  endpoint: Endpoint<Input, Output> & { isFile?: true },
  before: (scene: BeforeScene<z.output<Input>>) => Promise<Before>,
  handleFile: (scene: Act & { input: z.output<Input>; before: Before }) => Promise<StoredFile>,
): Route {
  return { endpoint: endpoint as unknown as Endpoint, before: before as Route["before"] & {}, handleFile };
}

/** For what needs the network first, a connection test for example: `before` runs outside the transaction. */
export function routeWithBefore<Input extends z.ZodObject, Output extends z.ZodType, Before>(
  endpoint: Endpoint<Input, Output>,
  before: (scene: BeforeScene<z.output<Input>>) => Promise<Before>,
  handle: (scene: RouteContext<z.output<Input>, Before>) => Promise<z.input<Output>>,
): Route {
  return { endpoint: endpoint as unknown as Endpoint, before: before as Route["before"] & {}, handle };
}

/** For endpoints anybody may call: there is no caller and no team yet. */
export function openRoute<Input extends z.ZodObject, Output extends z.ZodType>(
  endpoint: Endpoint<Input, Output>,
  handleOpen: (scene: OpenScene<z.output<Input>>) => Promise<z.input<Output>>,
): Route {
  return { endpoint: endpoint as unknown as Endpoint, handleOpen };
}

/** What a recipient asks by a link in a mail they got. */
export type Visit = {
  app: App;
  origin: Origin;
  method: "GET" | "HEAD" | "POST";
  params: Readonly<Record<string, string>>;
  /** The form's fields; empty where the body is no form, or cannot be read. */
  form: Readonly<Record<string, unknown>>;
  /** By its name in lower case. */
  header(name: string): string | null;
};

export type VisitAnswer = {
  status: number;
  type: string | null;
  headers?: Readonly<Record<string, string>>;
  body: string | Buffer;
};

/** Outside the API, and not in the contract: its only callers are links of ours. */
export type VisitRoute = {
  /** For the log. */
  name: string;
  path: string;
  methods: readonly Visit["method"][];
  handle(visit: Visit): Promise<VisitAnswer>;
};
