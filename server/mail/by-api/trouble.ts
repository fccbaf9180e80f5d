// Why a mailbox could not be read by its provider's API, in the words that mail servers are spoken of.

import { ReadingFailed } from "../imap-connection.ts";
import type { ApiAnswer } from "./calls.ts";

export function troubleIn(answer: ApiAnswer): ReadingFailed {
  if (answer.kind === "answered") {
    const { status, said, waitMs } = answer;
    const isNotLetIn = status === 401 || status === 403;
    return new ReadingFailed(isNotLetIn ? "auth_failed" : "dropped", said ?? `HTTP ${status}`, waitMs);
  }
  switch (answer.why) {
    case "private_address":
      return new ReadingFailed("host_refused", null);
    case "name_not_found":
      return new ReadingFailed("name_not_found", null);
    case "connection_failed":
    case "timed_out":
      return new ReadingFailed("dropped", answer.why.replace("_", " "));
    default:
      return new ReadingFailed("unreachable", answer.why.replaceAll("_", " "));
  }
}
