// By what a question to providers is known to all processes: equal questions have equal digests.

import { createHash } from "node:crypto";
import { keyOfOrganization, keyOfPerson } from "../../../domain/prospecting/enrichment.ts";
import type { ProviderQuestion } from "../providers/asking.ts";

export function hex(digest: Buffer) {
  return digest.toString("hex");
}

export function digestOf(question: ProviderQuestion) {
  const key =
    question.about === "person"
      ? `${keyOfPerson(question.person)}${question.wantsPhone ? " with phone" : ""}`
      : keyOfOrganization(question.organization);
  return createHash("sha256").update(key).digest();
}
