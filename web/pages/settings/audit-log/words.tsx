import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { useKeys } from "../api-keys/queries.ts";
import type { AuditLogEntry } from "./queries.ts";

const CAUSES: Record<string, string> = perLanguage(() => ({
  web: t("in the app"),
  api: t("by API key"),
  start: t("at startup"),
  clock: t("on schedule"),
  mail: t("by an incoming email"),
  job: t("in a background job"),
  workflow: t("by a workflow"),
  copilot: t("by a copilot"),
  webhook: t("by a webhook"),
  visitor: t("by a link"),
  link: t("by a link"),
  lookup: t("by a lookup"),
  sweep: t("by maintenance"),
  settling: t("by credit settlement"),
  sample: t("with the sample data"),
}));

/** The way a change was made: a user in the app or by an application, a key by its name, the operator, Cadenza itself. */
export function By({ entry: { actor } }: { entry: AuditLogEntry }) {
  const { data: keys = [] } = useKeys();
  const key = keys.find(({ id }) => id === actor.api_key_id);
  const who = actor.api_key_id ? (key?.name ?? t("An API key")) : (actor.name ?? nobody(actor.cause));
  const way = actor.application
    ? t("by {name}", { name: actor.application.name ?? t("an application") })
    : key
      ? t("API key")
      : (CAUSES[actor.cause] ?? actor.cause);
  return (
    <>
      {who} <span className="soft">{way}</span>
    </>
  );
}

const WHO_ELSE: Record<string, string> = perLanguage(() => ({
  api: t("The operator"),
  web: t("The operator"),
  visitor: t("A recipient"),
}));

/** Changes without a caller are made by Cadenza itself. */
function nobody(cause: string) {
  return WHO_ELSE[cause] ?? t("Cadenza");
}
