// What can be asked about, and how an address says it: "enrollment:6b00…".

export const KINDS = ["contact", "enrollment", "sequence", "mailbox", "message"] as const;

type ExplainKind = (typeof KINDS)[number];
export type ExplainSubject = { type: ExplainKind; id: string };

export function writeSubject({ type, id }: ExplainSubject) {
  return `${type}:${id}`;
}

/** Null where the address says something else, or nothing. */
export function readSubject(text: string | undefined): ExplainSubject | null {
  const [type, id, ...rest] = (text ?? "").split(":");
  const kind = KINDS.find((one) => one === type);
  return kind && id && rest.length === 0 ? { type: kind, id } : null;
}

/** An address that opens the panel. */
export function linkTo(of: ExplainSubject) {
  return `${location.origin}/?why=${encodeURIComponent(writeSubject(of))}`;
}
