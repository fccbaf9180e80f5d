import { useKeys } from "../api-keys/queries.ts";
import type { Entry } from "./queries.ts";

const CAUSES: Record<string, string> = {
  web: "in the app",
  api: "by API key",
  start: "at the start",
  clock: "by the clock",
  mail: "by a mail that came",
  job: "in long work",
  workflow: "in a workflow",
  copilot: "as copilot",
  webhook: "by a webhook",
  visitor: "by a link",
  link: "by a link",
  lookup: "in a lookup",
  sweep: "looking after things",
  settling: "settling credits",
  sample: "with the sample",
};

/** By which way somebody did it: a person in the app or by an application, a key by its name, the operator, Cadenza itself. */
export function By({ entry: { actor } }: { entry: Entry }) {
  const { data: keys = [] } = useKeys();
  const key = keys.find(({ id }) => id === actor.api_key_id);
  const who = actor.api_key_id ? (key?.name ?? "A key") : (actor.name ?? nobody(actor.cause));
  const way = actor.application
    ? `by ${actor.application.name ?? "an application"}`
    : key
      ? "API key"
      : (CAUSES[actor.cause] ?? actor.cause);
  return (
    <>
      {who} <span className="soft">{way}</span>
    </>
  );
}

const WHO_ELSE: Record<string, string> = { api: "The operator", web: "The operator", visitor: "A recipient" };

/** What nobody asked for over the wire Cadenza does by itself. */
function nobody(cause: string) {
  return WHO_ELSE[cause] ?? "Cadenza";
}
