// Why a mail cannot be composed at all, for any contact. (A missing value is no fault of the mail.)

export type FaultCode = "unclosed" | "unreadable" | "too_long" | "too_slow" | "too_large";

export type TemplateFault = { code: FaultCode; sentence: string };

/** Thrown and caught within composing; outside, a fault is data. */
export class TemplateUnreadable extends Error {
  readonly fault: TemplateFault;

  constructor(code: FaultCode, sentence: string) {
    super(sentence);
    this.fault = { code, sentence };
  }
}

/** What was written, short enough to be quoted. */
export function shortQuote(text: string) {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
}
