// What a caller says of an import, in our words: the file, however it was sent, and how it is to be taken.

import type { contract } from "@cadenza/contract";
import type { z } from "zod";
import { Refusal } from "../../../kernel/refusal.ts";
import { readTermsWish } from "../../enrollments/enrolling/enrolling-input.ts";
import type { ImportRequest } from "./commands.ts";
import type { FormatHints, ImportFile } from "./reading.ts";

type Input = z.output<typeof contract.imports.create.input>;

/** A file of a form, as the door has taken it in. */
type Sent = ImportFile & { fileName: string };

export function importFileOf({ file, text }: Pick<Input, "file" | "text">): ImportFile {
  if (file) return file as Sent;
  if (text === undefined) throw new Refusal("import_file_missing");
  const bytes = Buffer.from(text);
  return {
    size: bytes.length,
    async *pieces() {
      yield bytes;
    },
  };
}

/** What the caller says of how it is written. */
export const saidOf = ({ format, encoding, delimiter }: FormatHints): FormatHints => ({
  format,
  encoding,
  delimiter,
});

/** Who says what a file says, unless it names another source. */
const FROM_FILE = "import";

const OF_THE_TEAM = ["label_names", "contact_stage_id", "account_stage_id", "owner_id"] as const;

/** What means nothing for a kind is refused rather than passed over. */
const UNFIT = {
  contacts: ["account_stage_id", "source"],
  accounts: ["contact_stage_id", "source"],
  opportunities: ["label_names", "contact_stage_id", "account_stage_id", "source"],
  people: OF_THE_TEAM,
  organizations: OF_THE_TEAM,
} as const satisfies Record<Input["kind"], readonly (keyof Input)[]>;

const isSaid = (value: unknown) =>
  Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null;

export function readImport(input: Input, now: Temporal.Instant): ImportRequest {
  const { kind } = input;
  const unfit = UNFIT[kind].find((name) => isSaid(input[name]));
  if (unfit) throw new Refusal("import_unsound", { name: unfit, kind });
  return {
    kind,
    fileName: input.file_name ?? (input.file as Sent | undefined)?.fileName ?? null,
    mapping: input.mapping,
    options: {
      overwrite: input.overwrite,
      labelNames: (input.label_names ?? []).filter((name) => name.trim() !== ""),
      stageId: input.contact_stage_id ?? input.account_stage_id ?? null,
      ownerId: input.owner_id ?? null,
      source: input.source ?? FROM_FILE,
      createsAccounts: (kind === "contacts" || kind === "opportunities") && input.create_accounts,
    },
    joining: input.add_to_sequence
      ? { ...readTermsWish(input.add_to_sequence, now), isExplicit: false }
      : null,
    promiseId: input.add_to_sequence?.promise_id ?? null,
  };
}
