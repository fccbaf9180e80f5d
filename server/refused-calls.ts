// What the door that refuses calls and the noun that keeps account of them say to each other.

import type { ForbiddingCode } from "@cadenza/contract";
import type { Caller, Origin } from "./app.ts";

/** Somebody who is known asked for what they may not. */
export type RefusedCall = {
  caller: Caller;
  origin: Origin;
  /** As scopes of keys spell it. */
  operation: string;
  code: ForbiddingCode;
  /** Where the address named a record. */
  recordId: string | null;
};

/** Never fails: whoever is refused is told so in any case. */
export type TellRefused = (call: RefusedCall) => Promise<void>;
