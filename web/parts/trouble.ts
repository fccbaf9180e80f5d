// A failure as a person can use it: what happened, what is safe, what to do. The server's own sentence
// goes first, because it was written for this; we add what it cannot know.

import { Refused, Unreached } from "@cadenza/sdk";
import { t } from "../language/t.ts";
import { ChangedElsewhere, isOvertaken } from "./read-first.ts";

export type Doing = "reading" | "writing";

type ErrorReport = {
  happened: string;
  safe: string | null;
  todo: string | null;
  /** For the people who look into it. */
  requestId: string | null;
  code: string | null;
};

export function accountFor(error: unknown, doing: Doing): ErrorReport {
  if (isOvertaken(error)) return changedElsewhere();
  if (error instanceof Refused) return error.status >= 500 ? ours(error, doing) : refusal(error);
  if (error instanceof Unreached) return unreachable(doing);
  if (error instanceof ChangedElsewhere) return changedElsewhere();
  return {
    happened: t("This page has an error."),
    safe: t("Your saved data is safe."),
    todo: t("Reload the page. If it happens again, tell your administrator."),
    requestId: null,
    code: error instanceof Error ? error.message : null,
  };
}

function changedElsewhere(): ErrorReport {
  return {
    happened: t("Another user saved something else in the meantime."),
    safe: t("Nothing was saved."),
    todo: t("Look at both versions, and save the one that you want to keep."),
    requestId: null,
    code: null,
  };
}

function refusal(error: Refused): ErrorReport {
  const fix = textIn(error.body, "fix");
  return { happened: error.message, safe: null, todo: fix, requestId: requestIdIn(error), code: error.code };
}

function ours(error: Refused, doing: Doing): ErrorReport {
  return {
    happened: error.message,
    safe: doing === "reading" ? t("Nothing was changed.") : t("Nothing was saved."),
    todo:
      textIn(error.body, "fix") ??
      t("Try again. If it fails again, give the request ID to your administrator."),
    requestId: requestIdIn(error),
    code: error.code,
  };
}

/** No answer came. For a write we cannot know whether the server did it, and must not pretend to. */
function unreachable(doing: Doing): ErrorReport {
  return {
    happened: t("The server could not be reached."),
    safe: doing === "reading" ? t("Nothing was changed.") : t("Your change may not have been saved."),
    todo:
      doing === "reading"
        ? t("Check your connection and try again.")
        : t("Reload the page to check before you try again."),
    requestId: null,
    code: null,
  };
}

function requestIdIn(error: Refused) {
  return textIn(error.body, "request_id") ?? error.headers.get("x-request-id");
}

function textIn(body: unknown, key: string) {
  const value = typeof body === "object" && body !== null ? (body as Record<string, unknown>)[key] : null;
  return typeof value === "string" ? value : null;
}
