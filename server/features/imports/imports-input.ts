// What a caller says of an import, in our words: the file, however it was sent, and how it is to be taken.

import type { contract } from "@cadenza/contract";
import type { z } from "zod";
import { Refusal } from "../../refusal.ts";
import { readTermsWish } from "../joining/joining-input.ts";
import type { ImportWish } from "./commands.ts";
import type { Source } from "./reading.ts";

type Input = z.output<typeof contract.imports.create.input>;

/** A file of a form, as the door has taken it in. */
type Sent = Source & { fileName: string };

export function sourceOf({ file, text }: Pick<Input, "file" | "text">): Source {
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

export function readImport(input: Input, now: Temporal.Instant): ImportWish {
  const { kind } = input;
  const stageId = kind === "contacts" ? input.contact_stage_id : input.account_stage_id;
  const other = kind === "contacts" ? "account_stage_id" : "contact_stage_id";
  if (input[other]) throw new Refusal("import_unsound", { name: other, kind });
  return {
    kind,
    fileName: input.file_name ?? (input.file as Sent | undefined)?.fileName ?? null,
    mapping: input.mapping,
    options: {
      overwrite: input.overwrite,
      labelNames: (input.label_names ?? []).filter((name) => name.trim() !== ""),
      stageId: stageId ?? null,
      ownerId: input.owner_id ?? null,
      createsAccounts: kind === "contacts" && input.create_accounts,
    },
    joining: input.add_to_sequence ? readTermsWish(input.add_to_sequence, now) : null,
  };
}
