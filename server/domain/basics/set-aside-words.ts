// Why a mail that came in was set aside, in a sentence: what happened, and what to do.

import { say, texts } from "../../kernel/say.ts";

const SENTENCES: Record<string, string> = texts({
  too_large: "The email is larger than 50 MB, so only its header was read.",
  not_fetched: "The mail server did not deliver this email. Open it in your email program.",
  too_many_parts: "The email has too many parts, so only some of it was read.",
  header_too_long: "The header of the email is longer than 1 MB, so only part of it was read.",
  malformed: "The format of the email is broken, so only part of it was read.",
  no_header: "The email has no header, so its sender is unknown.",
  took_too_long:
    "Reading this email took longer than 10 seconds and was stopped. Open it in your email program.",
  out_of_memory: "Reading this email needed too much memory and was stopped. Open it in your email program.",
  ended_the_server:
    "The server crashed each time it read this email, so it is skipped. Open it in your email program.",
  our_error: "Cadenza failed to read this email. Open it in your email program.",
});

/** Null for a mail that was read as a whole. */
export function setAsideSentence(why: string | null) {
  return why === null
    ? null
    : (SENTENCES[why] ?? say("Not all of it could be read ({why}). Open it in your email program.", { why }));
}
