// Why a file cannot be read, as the thread that reads it says it: there, nothing of the contract is loaded.

import type { RefusalCode } from "@cadenza/contract";

export class FileUnreadable extends Error {
  readonly code: RefusalCode;
  readonly facts: Record<string, string | number>;

  constructor(code: RefusalCode, facts: Record<string, string | number> = {}) {
    super(code);
    this.name = "Unreadable";
    this.code = code;
    this.facts = facts;
  }
}
