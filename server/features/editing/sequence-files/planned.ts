// One record of a plan, and how what goes wrong while it is applied names its file.

import type { FileChange } from "../../../domain/sequences/file-changes.ts";
import type { FileKind } from "../../../domain/sequences/file-model.ts";
import type { FileVerdict } from "../../../domain/sequences/file-verdict.ts";
import { Refusal, sentenceOf } from "../../../kernel/refusal.ts";
import { fileFault } from "./file-fault.ts";
import type { FromFile } from "./files-input.ts";

export type TouchedContacts = {
  inSequence: number;
  keepVersion: number;
  move: number;
  byStep: { step: number; contacts: number }[];
};

export type PlannedRecord = FileVerdict & {
  kind: FileKind | "field";
  key: string;
  id: string;
  name: string;
  path: string;
  changes: FileChange[];
  drift: FileChange[];
  contacts: TouchedContacts | null;
};

/** What the caller may not do stays what it is; what the file says wrongly is told with the file. */
export async function inFile<Result>({ path }: FromFile<unknown>, work: () => Promise<Result>) {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refusal) || error.code === "file_refused") throw error;
    if (NOT_PERMITTED.includes(error.code)) throw new Refusal(error.code, {}, { file: path });
    if (!isOfTheFile(error)) throw error;
    throw fileFault(path, 1, sentenceOf(error));
  }
}

/** The answer names the file, because a call has many. */
const NOT_PERMITTED: readonly string[] = ["sequence_not_permitted", "template_not_permitted"];

const NOT_OF_THE_FILE: readonly string[] = [
  "sequence_busy",
  "record_not_found",
  "scope_missing",
  "token_scope_missing",
  "admin_only",
  "internal",
];

function isOfTheFile({ code }: Refusal) {
  return !NOT_OF_THE_FILE.includes(code);
}
