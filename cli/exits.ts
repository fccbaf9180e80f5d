// What the program ends with, and what it says when it did not go well: the server's words, what to do next, and never
// a stack or a secret.

import type { Refused } from "@cadenza/sdk";
import { CommanderError } from "commander";
import type { Session } from "./connection.ts";

export const EXIT = {
  done: 0,
  refused: 1,
  usage: 2,
  notAllowed: 3,
  notFound: 4,
  unreached: 5,
  tooMuch: 6,
  notAll: 7,
  changes: 8,
  fault: 70,
  interrupted: 130,
} as const;

export const EXIT_WORDS: [code: number, means: string][] = [
  [EXIT.done, "done"],
  [EXIT.refused, "the server refused"],
  [EXIT.usage, "invalid command; nothing was sent"],
  [EXIT.notAllowed, "the API key is missing, wrong or has no permission"],
  [EXIT.notFound, "not found"],
  [EXIT.unreached, "the server is unreachable, too slow or has an error"],
  [EXIT.tooMuch, "too many calls"],
  [
    EXIT.notAll,
    "done, but no contact was added, some were skipped (--strict), a job failed, the doctor or lint found a problem, a file was left alone, or a migration left something out",
  ],
  [EXIT.changes, "the files of a plan differ from the server, or two servers from each other"],
  [EXIT.fault, "an error in this program"],
  [EXIT.interrupted, "interrupted"],
];

/** What was asked cannot be understood, or cannot be right. */
export class Unusable extends Error {
  readonly todo: string | null;
  readonly exit: number;

  constructor(sentence: string, todo: string | null = null, exit: number = EXIT.usage) {
    super(sentence);
    this.todo = todo;
    this.exit = exit;
  }
}

/** Says it, and answers what to exit with. */
export async function tellFailure(error: unknown, session: Session): Promise<number> {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage; // it has said it itself
  const { exit, message, ...more } = await accountOf(error, session);
  if (session.wantsJson) {
    session.complain(JSON.stringify({ error: { message, ...more, exit } }));
    return exit;
  }
  session.complain(`cadenza: ${message}`);
  if (more.todo) session.complain(`  ${more.todo}`);
  if (more.request_id)
    session.complain(`  Request ${more.request_id}${more.code ? `, code ${more.code}` : ""}.`);
  return exit;
}

type Account = {
  exit: number;
  message: string;
  todo?: string | null;
  code?: string | null;
  status?: number;
  request_id?: string | null;
};

async function accountOf(error: unknown, session: Session): Promise<Account> {
  // Loaded only now: help needs none of it, and is to come at once.
  const { Misconfigured, Refused, Unreached } = await import("@cadenza/sdk");
  const { SourceUnusable } = await import("@cadenza/sdk/moving");
  if (error instanceof Refused) {
    const { status, message, todo, code, requestId } = error;
    const isUnasked = code === "api_key_required" && !session.hasKey;
    const next = isUnasked ? "Set CADENZA_API_KEY, or run cadenza login." : todo;
    const exit = exitFor(error);
    return { exit, message, todo: next, code, status, request_id: requestId };
  }
  if (error instanceof Unreached) {
    const isGone = error.code === "unreachable";
    const where = error.code === "redirected" ? "" : ` The address was ${session.url}.`;
    return {
      exit: EXIT.unreached,
      message: isGone
        ? error.message.replace("The server could not be reached", `Server not reachable at ${session.url}`)
        : `${error.message}${where}`,
      todo: error.todo
        .replace("the address in baseUrl", "CADENZA_URL or --url")
        .replace("as baseUrl", "in CADENZA_URL or --url")
        .replace("timeoutMs", "--timeout"),
      code: error.code,
    };
  }
  if (error instanceof SourceUnusable) return { exit: EXIT.usage, message: error.message, todo: error.todo };
  if (error instanceof Misconfigured)
    return { exit: EXIT.usage, message: error.message, todo: error.todo, code: error.code };
  if (error instanceof Unusable) return { exit: error.exit, message: error.message, todo: error.todo };
  if (error instanceof TypeError && /^[a-zA-Z]+\.[a-zA-Z]+ needs |^baseUrl|^Apollo/.test(error.message))
    return {
      exit: EXIT.usage,
      message: error.message.replace(/^baseUrl is/, "CADENZA_URL, or --url, is"),
    };
  const { code, path } = error as { code?: unknown; path?: unknown };
  if (typeof code === "string" && typeof path === "string")
    return { exit: EXIT.usage, message: `${path}: ${fileWords(code)}` };
  return {
    exit: EXIT.fault,
    message: `Error in this program: ${error instanceof Error ? error.message : String(error)}`,
    todo: "Report it, with the command you used.",
  };
}

function exitFor({ status, code, isNotThere }: Refused) {
  if (status === 401 || status === 403 || code === "api_key_required") return EXIT.notAllowed;
  if (isNotThere) return EXIT.notFound;
  if (status === 429) return EXIT.tooMuch;
  return status >= 500 ? EXIT.unreached : EXIT.refused;
}

function fileWords(code: string) {
  const words: Record<string, string> = {
    ENOENT: "the file does not exist",
    EACCES: "no permission to read or write it",
    EISDIR: "it is a folder",
    EEXIST: "it exists already",
    ENOSPC: "the disk is full",
  };
  return words[code] ?? code;
}
