// What a refusal says of itself.

export type RefusalEntry = {
  status: number;
  says: string;
  /** The caller may not: it lacks a role or a scope, or the record belongs to another user. The audit log records it. */
  forbids?: true;
  /** Apollo's `error_code`, where it sends one. */
  errorCode?: string;
  /** Sent as bare text, as Apollo sends its 401. */
  plain?: true;
  /** The sentence goes under `message` instead of `error`, as Apollo does for limits. */
  asMessage?: true;
  /** What a person can do about it. */
  fix?: string;
  /** The word for it in OAuth's own answers. */
  oauth?: string;
  /** With which `WWW-Authenticate` it is sent. */
  challenge?: string;
};
