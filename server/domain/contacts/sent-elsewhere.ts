// What people send from a mailbox with another program, where it counts against the mailbox's limits: how that is said.

import { say, texts } from "../../kernel/say.ts";

/** A mail from a mailbox's sent folder, from any program. */
export type MailFromElsewhere = {
  /** Null: it has none, or nothing that could be one. */
  messageId: string | null;
  /** The same however often it is seen, and whatever number it has: a digest. */
  key: string;
  sentAt: Temporal.Instant;
};

export function ofWhichElsewhere(count: number) {
  if (count === 0) return "";
  return say(", of which {count, plural, one {# was} other {# were}} sent with another program", { count });
}

export type SentFolder = {
  lookedAt: Temporal.Instant | null;
  /** Why it could not be looked into. */
  trouble: string | null;
};

export const NO_SENT_FOLDER = "no_folder";

const TROUBLES: Record<string, string> = texts({
  host_refused: "Cadenza is not allowed to connect to its server",
  plaintext_refused: "its server does not use TLS",
  name_not_found: "its server's name was not found in DNS",
  unreachable: "its server cannot be reached",
  tls_failed: "a secure connection to its server failed",
  auth_failed: "its server rejected the sign-in",
  dropped: "its server closed the connection or took too long",
  token_unreachable: "its provider's token server cannot be reached",
});

/** Whether what was sent elsewhere is found, in a sentence. */
export function sentFolderSays({ lookedAt, trouble }: SentFolder) {
  if (trouble === NO_SENT_FOLDER)
    return say(
      "No Sent folder was found in the mailbox, so emails sent with other programs do not count against its limits.",
    );
  if (trouble !== null)
    return say(
      "Its Sent folder cannot be read: {trouble}. Emails sent with other programs do not count until this is fixed.",
      { trouble: TROUBLES[trouble] ?? say("an unknown error") },
    );
  if (lookedAt === null) return say("Its Sent folder has not been read yet.");
  return say("Emails that other programs put into its Sent folder count against its limits.");
}
