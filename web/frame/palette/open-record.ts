import type { useNavigate } from "@tanstack/react-router";
import type { FoundRecord } from "./acts.ts";

/** Its own page, or the list that shows it. */
export function openRecord(
  navigate: ReturnType<typeof useNavigate>,
  { type, id }: Pick<FoundRecord, "type" | "id">,
) {
  const params = { id };
  switch (type) {
    case "contact":
      return void navigate({ to: "/contacts/$id", params });
    case "account":
      return void navigate({ to: "/companies/$id", params });
    case "sequence":
      return void navigate({ to: "/sequences/$id", params });
    case "label":
      return void navigate({ to: "/lists/$id", params });
    case "deal":
      return void navigate({ to: "/deals/$id", params });
    case "message":
      return void navigate({ to: "/outbox", search: { open: id, tab: "all" } });
    case "incoming_mail":
      return void navigate({ to: "/inbox", search: { open: id, tab: "all" } });
    case "user":
      return void navigate({ to: "/settings/people", search: { open: id } });
  }
}
