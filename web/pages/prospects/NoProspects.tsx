import { Button } from "@mantine/core";
import { Empty } from "../../parts/Empty.tsx";
import { accountFor } from "../../parts/trouble.ts";
import { useMe } from "../../session.ts";
import { ImportLink } from "../imports/ImportLink.tsx";
import { startWork } from "../progress/work.ts";
import { usePlantInvented } from "./queries.ts";

/** Nobody is in the store yet: where people come from, and some to try it with. */
export function NoProspects() {
  const { user } = useMe();
  const plant = usePlantInvented();
  const invent = () =>
    plant.mutate(undefined, {
      onSuccess: ({ entity_progress_job }) =>
        startWork({ id: entity_progress_job.id, says: "Making up people and companies", href: "/prospects" }),
    });
  return (
    <Empty says="Here you find people whom you do not know yet: those that an import or a provider brings.">
      {user.role === "admin" && (
        <Button variant="default" loading={plant.isPending} disabled={plant.isSuccess} onClick={invent}>
          Try it with 100,000 invented people
        </Button>
      )}
      {plant.error && <span role="alert">{accountFor(plant.error, "writing").happened}</span>}
      <ImportLink kind="people" />
    </Empty>
  );
}
