import { useAddress } from "../../parts/address.ts";
import { DeskFilter, FilterChoice } from "../../parts/desk/DeskFilter.tsx";
import { Segmented } from "../../parts/Segmented.tsx";
import { WhoseChoice } from "../people/WhoseChoice.tsx";
import { SequenceChoice } from "../sequences/SequenceChoice.tsx";
import { KIND_CHOICES, PRIORITIES } from "./words.tsx";

/** Whose tasks, of which kind: in the address, so that what one sees can be shared. */
export function TaskFilters() {
  const [address, change] = useAddress();
  return (
    <div className="row" style={{ flexWrap: "nowrap", justifyContent: "space-between" }}>
      <Segmented
        aria-label="Which tasks"
        data={[
          { value: "todo", label: "To do" },
          { value: "done", label: "Done" },
        ]}
        value={address.tab === "done" ? "done" : "todo"}
        onChange={(tab) => change({ tab: tab === "done" ? "done" : undefined, open: undefined })}
      />
      <DeskFilter by={["owner", "kind", "sequence", "priority"]}>
        <WhoseChoice />
        <FilterChoice name="kind" label="Kind" choices={KIND_CHOICES} />
        <SequenceChoice placeholder="Any, or none" />
        <FilterChoice name="priority" label="Priority" choices={PRIORITIES} />
      </DeskFilter>
    </div>
  );
}
