// The call that fixes a hold, ready to be sent as it is. There is none where no call would fix it now, or where the
// caller may not send it: a value that only a person knows, a consent that only the contact can give.

import type { HeldBy } from "../../../domain/insight/explaining.ts";
import type { Means } from "../../../domain/insight/means.ts";
import { FIXES } from "./fixes-present.ts";

type Method = "POST" | "PUT" | "PATCH" | "DELETE";
type ProposedFix = {
  label: string;
  method: Method;
  path: string;
  body: Record<string, unknown> | null;
};

/** The first call that would mend it. */
export function presentFix(
  { code, evidence }: Pick<HeldBy, "code" | "evidence">,
  means: Means,
): ProposedFix | null {
  for (const { call, make } of FIXES[code]) {
    const made = make(means, evidence);
    const [method, path = ""] = call.split(" ") as [Method, string];
    if (made)
      return {
        label: made.label,
        method,
        path: `/api/v1${path.replace("{id}", made.id)}`,
        body: made.body ?? null,
      };
  }
  return null;
}
