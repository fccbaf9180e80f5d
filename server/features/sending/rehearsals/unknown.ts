import { unknownVariables } from "../../../domain/templates/unknown-variables.ts";
import { nameAsWritten } from "../../../domain/templates/variable-scope.ts";
import { TEMPLATE_VARIABLES } from "../../../domain/templates/variables.ts";
import { cleanHtml } from "../../../kernel/html.ts";
import { nearestWord } from "../../../kernel/nearest-word.ts";
import { listFields } from "../../contacts/custom-fields/store.ts";
import type { ReadContext } from "../../gate/facts/around.ts";

/** Names that are written like a variable and do not exist, each with the name that is probably meant. */
export async function unknownIn(
  { db, caller }: Pick<ReadContext, "db" | "caller">,
  { subject, bodyHtml }: { subject: string | null; bodyHtml: string | null },
) {
  const fields = await Promise.all(
    (["contact", "account"] as const).map((source) => listFields(db, caller.teamId, source)),
  );
  const fieldNames = fields.flat().map(({ name }) => name);
  const names = [
    ...unknownVariables("subject", subject ?? "", fieldNames),
    ...unknownVariables("body", bodyHtml ? cleanHtml(bodyHtml) : "", fieldNames),
  ];
  if (names.length === 0) return [];
  const known = [...TEMPLATE_VARIABLES.map(({ name }) => name), ...fieldNames.map(nameAsWritten)];
  return [...new Set(names)].map((name) => ({ name, meant: nearestWord(name, known) }));
}
