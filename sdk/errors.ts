/** The server said no, and why. `code` is stable; the sentence is for people. */
export class Refused extends Error {
  readonly status: number;
  /** Null where the answer carries none: Apollo's own do not. */
  readonly code: string | null;
  readonly body: unknown;
  readonly headers: Headers;

  constructor(status: number, body: unknown, headers: Headers) {
    super(sentenceIn(body) ?? `The server answered ${status}.`);
    this.name = "Refused";
    this.status = status;
    this.code = textAt(body, "code") ?? textAt(body, "error_code");
    this.body = body;
    this.headers = headers;
  }
}

function sentenceIn(body: unknown) {
  return typeof body === "string" ? body : (textAt(body, "error") ?? textAt(body, "message"));
}

function textAt(body: unknown, key: string) {
  const value =
    typeof body === "object" && body !== null ? (body as Record<string, unknown>)[key] : undefined;
  return typeof value === "string" ? value : null;
}
