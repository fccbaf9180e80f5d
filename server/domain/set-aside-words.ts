// Why a mail that came in was set aside, in a sentence: what happened, and what to do.

const LOOK = "Open it in the mailbox itself.";

const SENTENCES: Record<string, string> = {
  too_large: "It is larger than 50 MB, so only its header was read.",
  not_fetched: `The mail server did not hand it over. ${LOOK}`,
  too_many_parts: "It has more parts than a mail program makes, so not all of it was read.",
  header_too_long: "Its header is longer than 1 MB, so not all of it was read.",
  malformed: "Its format is broken, so not all of it was read.",
  no_header: "It has no header, so nobody knows who sent it.",
  took_too_long: `Reading it took longer than 10 seconds, so it was stopped. ${LOOK}`,
  out_of_memory: `Reading it needed more memory than a mail may use. ${LOOK}`,
  ended_the_server: `The server stopped each time it read this mail, so it is not read again. ${LOOK}`,
  our_error: `Cadenza failed to read it. ${LOOK}`,
};

/** Null for a mail that was read as a whole. */
export function setAsideSentence(why: string | null) {
  return why === null ? null : (SENTENCES[why] ?? `Not all of it could be read (${why}). ${LOOK}`);
}
