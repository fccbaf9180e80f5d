// What one sentence of an incoming mail may be.

export const CLASSES = [
  "optout", // wants no more mail
  "away", // is absent, or says when they are back
  "left", // has left the company
  "wrong", // is not the right person
  "ack", // a machine confirms that something came in
  "bounce", // the mail was not delivered, in words
  "yes", // interested
  "ask", // asks something
  "no", // not interested
  "refer", // names or involves another person
  "other", // greetings, signatures, talk
] as const;

export type SentenceClass = (typeof CLASSES)[number];
