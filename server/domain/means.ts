// With what a hold could be mended, by whoever asks.

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
  /** Also whether whoever asks may put them into the sequence once more. */
  canRestart: boolean;
  /** The step at which a person stopped is gone, so there is none to try again. */
  hasLostStep: boolean;
  freeStage: Named | null;
  freeAccountStage: Named | null;
  otherEmail: string | null;
  otherMailbox: { id: string; email: string } | null;
  ownsMailbox: boolean;
  /** By step: a mail that is written and waits for review. */
  toApprove: ReadonlyMap<string, string>;
  /** A mail in doubt whose fate whoever asks may decide. */
  unclearMailId: string | null;
};
