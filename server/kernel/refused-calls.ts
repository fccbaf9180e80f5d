// What the door that refuses calls and the noun that keeps account of them say to each other.

import type { ForbiddingCode } from "@cadenza/contract";
import type { Caller, Origin } from "../app.ts";

/** A known caller asked for what they may not have. */
export type RefusedCall = {
  caller: Caller;
  origin: Origin;
  /** As scopes of keys spell it. */
  operation: string;
  code: ForbiddingCode;
  /** Where the address named a record. */
  recordId: string | null;
};

/** Never fails: the caller gets the refusal in any case. */
export type TellRefused = (call: RefusedCall) => Promise<void>;
