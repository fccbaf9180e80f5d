// From which likelihood on a sentence counts. Chosen on templates that were held back from training; what they come to on
// mails that were never trained on is measured by server/testing/set-apart.test.ts.

/** Acted upon without asking. */
export const ACTS = 0.84;
/** The same of a question: "can you send the list?" and "can you take me off the list?" share most of their pieces. */
export const ACTS_ON_A_QUESTION = 0.9;
/** It may be so, and it matters: a person is asked. */
export const ASKS = 0.45;
/** More likely than not. */
export const MENTIONS = 0.55;
