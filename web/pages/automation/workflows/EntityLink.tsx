import { Link } from "@tanstack/react-router";
import { t } from "../../../language/t.ts";
import type { Entity } from "./queries.ts";

type Props = { entity: Entity; id: string; name: string | null };

/** A person of the store has no page of their own: they open beside the list. */
export function EntityLink({ entity, id, name }: Props) {
  const says = name?.trim() || t("No name");
  if (entity === "contact")
    return (
      <Link to="/contacts/$id" params={{ id }}>
        {says}
      </Link>
    );
  if (entity === "account")
    return (
      <Link to="/companies/$id" params={{ id }}>
        {says}
      </Link>
    );
  return (
    <Link to="/prospects" search={{ peek: id }}>
      {says}
    </Link>
  );
}
