import { t } from "../../../language/t.ts";
import { FilterChoice } from "../../../parts/desk/DeskFilter.tsx";
import { useMe } from "../../../session.ts";
import { usePeople } from "./queries.ts";

/** One's own work unless said, everybody's, or a colleague's. */
export function WhoseChoice() {
  const { user } = useMe();
  const { data: people = [] } = usePeople();
  const others = people.filter(({ id, state }) => id !== user.id && state === "active");
  const choices = [
    { value: "me", label: t("Mine") },
    { value: "all", label: t("Everybody's") },
    ...others.map(({ id, name }) => ({ value: id, label: name })),
  ];
  return <FilterChoice name="owner" label={t("Owner")} choices={choices} usual="me" />;
}
