// What people send from a mailbox with another program, where it counts against the mailbox's limits: how that is said.

/** One that lies among what a mailbox has sent, whoever sent it. */
export type SentMail = {
  /** Null: it has none, or nothing that could be one. */
  messageId: string | null;
  /** The same however often it is seen, and whatever number it has: a digest. */
  key: string;
  sentAt: Temporal.Instant;
};

export function ofWhichElsewhere(count: number) {
  if (count === 0) return "";
  return `, of which ${count.toLocaleString("en-US")} ${count === 1 ? "was" : "were"} sent elsewhere`;
}

export type SentFolder = {
  lookedAt: Temporal.Instant | null;
  /** Why it could not be looked into. */
  trouble: string | null;
};

export const NO_SENT_FOLDER = "no_folder";

const TROUBLES: Record<string, string> = {
  host_refused: "its server is not one Cadenza may connect to",
  plaintext_refused: "its server speaks without TLS",
  name_not_found: "its server's name is not known",
  unreachable: "its server cannot be reached",
  tls_failed: "no safe connection to its server comes about",
  auth_failed: "its server does not let Cadenza in",
  dropped: "its server broke off, or took too long",
  token_unreachable: "its provider's token server cannot be reached",
};

/** Whether what was sent elsewhere is found, in a sentence. */
export function sentFolderSays({ lookedAt, trouble }: SentFolder) {
  if (trouble === NO_SENT_FOLDER)
    return "The mailbox has no folder that can be known as its Sent folder, so what is sent with other programs is not found, and does not count.";
  if (trouble !== null)
    return `Its Sent folder cannot be looked into: ${TROUBLES[trouble] ?? "something went wrong"}. What is sent with other programs is not found until that is mended.`;
  if (lookedAt === null) return "Its Sent folder is going to be looked into.";
  return "What other programs leave in its Sent folder counts against its limits.";
}
