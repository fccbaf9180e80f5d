/** The embedded database cannot run. The message says what happened, what is safe and what to do: people read it. */
export class CannotStartDatabase extends Error {
  override readonly name = "CannotStartDatabase";
}

/** The `code` of a system or PostgreSQL error ("ENOENT", "57P03"), or "" when it has none. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error) || !("code" in error)) return "";
  return typeof error.code === "string" ? error.code : "";
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
