// What can be asked about, and how an address says it: "enrollment:6b00…".

export const KINDS = ["contact", "enrollment", "sequence", "mailbox", "message"] as const;

export type Kind = (typeof KINDS)[number];
export type Subject = { type: Kind; id: string };

export function writeSubject({ type, id }: Subject) {
  return `${type}:${id}`;
}

/** Null where the address says something else, or nothing. */
export function readSubject(text: string | undefined): Subject | null {
  const [type, id, ...rest] = (text ?? "").split(":");
  const kind = KINDS.find((one) => one === type);
  return kind && id && rest.length === 0 ? { type: kind, id } : null;
}

/** An address that opens the panel for whoever follows it. */
export function linkTo(of: Subject) {
  return `${location.origin}/?why=${encodeURIComponent(writeSubject(of))}`;
}
