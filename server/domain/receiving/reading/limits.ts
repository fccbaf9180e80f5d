// From which likelihood on a sentence counts. Chosen on templates that were held back from training; what they come to on
// mails that were never trained on is measured by server/testing/set-apart.test.ts.

/** Taken for sure, of all but opt-outs. */
export const ACTS = 0.84;
/** It may be so, and it matters: a person is asked. */
export const ASKS = 0.45;
/** An opt-out that is acted upon without asking. */
export const OPTS_OUT = 0.72;
/** The same of a long sentence: what is to be removed, ended or taken off a list is often something else. */
export const OPTS_OUT_AT_LENGTH = 0.86;
/** The same of three words or fewer. */
export const OPTS_OUT_IN_FEW_WORDS = 0.85;
/** The same of a question: "can you send the list?" and "can you take me off the list?" share most of their pieces. */
export const OPTS_OUT_IN_A_QUESTION = 0.82;
/** More likely than not. */
export const MENTIONS = 0.55;
/** A question beside a wish: "where did you get my address?" is often asked along with one. */
export const ASKS_TOO = 0.65;
