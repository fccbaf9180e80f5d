// What the caller could do about a hold.

type Named = { id: string; name: string };

export type Means = {
  callerId: string;
  isAdmin: boolean;
  isOperator: boolean;
  mayEdit: boolean;
  mayManage: boolean;
  sequenceId: string | null;
  /** Null: everybody in the sequence whom it is about. */
  contactId: string | null;
  /** Whether a person who stopped may go on as things are. */
  canResume: boolean;
  canRetry: boolean;
  /** Also whether the caller may enroll them again. */
  canRestart: boolean;
  /** The step at which a contact stopped was deleted, so it cannot be retried. */
  hasLostStep: boolean;
  freeStage: Named | null;
  freeAccountStage: Named | null;
  otherEmail: string | null;
  otherMailbox: { id: string; email: string } | null;
  ownsMailbox: boolean;
  ownsSequence: boolean;
  /** By step: a mail that is written and waits for review. */
  toApprove: ReadonlyMap<string, string>;
  /** A mail with an unknown result, which the caller may decide. */
  unclearMailId: string | null;
};
