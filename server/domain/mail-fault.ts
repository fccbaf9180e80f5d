// Why a mail cannot be composed at all, whoever it is for. (That a value is missing is no fault of the mail.)

export type FaultCode = "unclosed" | "unreadable" | "too_long" | "too_slow" | "too_large";

export type Fault = { code: FaultCode; sentence: string };

/** Thrown and caught within composing; outside, a fault is data. */
export class Unreadable extends Error {
  readonly fault: Fault;

  constructor(code: FaultCode, sentence: string) {
    super(sentence);
    this.fault = { code, sentence };
  }
}

/** What was written, short enough to be quoted. */
export function quoted(text: string) {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
}
