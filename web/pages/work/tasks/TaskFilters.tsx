import { memo } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { type Address, useAddress } from "../../../parts/address.ts";
import { DeskFilter, FilterChoice } from "../../../parts/desk/DeskFilter.tsx";
import { DeskSearch } from "../../../parts/desk/DeskSearch.tsx";
import { Segmented } from "../../../parts/Segmented.tsx";
import { SequenceChoice } from "../../sequences/sequences/SequenceChoice.tsx";
import { WhoseChip } from "../../settings/people/WhoseChip.tsx";
import { WhoseChoice } from "../../settings/people/WhoseChoice.tsx";
import type { TaskOrder } from "./queries.ts";
import { KIND_CHOICES, PRIORITIES } from "./words.tsx";

const ORDERS = perLanguage(() => [
  { value: "due", label: t("Due date") },
  { value: "priority", label: t("Priority") },
  { value: "newest", label: t("Newest first") },
]);

/** How the queue is sorted; by due date where nothing is said. */
export function orderIn({ sort }: Address): TaskOrder {
  return sort === "priority" || sort === "newest" ? sort : "due";
}

/** Whose tasks, of which kind: in the address, so that what one sees can be shared. */
export const TaskFilters = memo(function TaskFilters() {
  const [address, change] = useAddress();
  return (
    <>
      <div className="row" style={{ flexWrap: "nowrap", justifyContent: "space-between" }}>
        <Segmented
          aria-label={t("Tasks to show")}
          data={[
            { value: "todo", label: t("To do") },
            { value: "done", label: t("Done") },
          ]}
          value={address.tab === "done" ? "done" : "todo"}
          onChange={(tab) => change({ tab: tab === "done" ? "done" : undefined, open: undefined })}
        />
        <DeskFilter by={["owner", "kind", "sequence", "priority"]}>
          <WhoseChoice />
          <FilterChoice name="kind" label={t("Type")} choices={KIND_CHOICES} />
          <SequenceChoice placeholder={t("Any")} />
          <FilterChoice name="priority" label={t("Priority")} choices={PRIORITIES} />
          <FilterChoice name="sort" label={t("Sort by")} choices={ORDERS} usual="due" />
        </DeskFilter>
      </div>
      <DeskSearch label={t("Search tasks")} />
      <WhoseChip />
    </>
  );
});
