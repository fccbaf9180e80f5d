import { Button } from "@mantine/core";
import { t } from "../../../language/t.ts";
import { Empty } from "../../../parts/Empty.tsx";
import { accountFor } from "../../../parts/trouble.ts";
import { useMe } from "../../../session.ts";
import { startWork } from "../../insight/progress/work.ts";
import { ImportLink } from "../imports/ImportLink.tsx";
import { usePlantInvented } from "./queries.ts";

/** The people database is empty: where people come from, and some to try it with. */
export function NoProspects() {
  const { user } = useMe();
  const plant = usePlantInvented();
  const invent = () =>
    plant.mutate(undefined, {
      onSuccess: ({ entity_progress_job }) =>
        startWork({
          id: entity_progress_job.id,
          says: t("Creating sample people and companies"),
          href: "/prospects",
        }),
    });
  return (
    <Empty says={t("Find new people here. They come from an import or a data provider.")}>
      {user.role === "admin" && (
        <Button variant="default" loading={plant.isPending} disabled={plant.isSuccess} onClick={invent}>
          {t("Try it with 100,000 sample people")}
        </Button>
      )}
      {plant.error && <span role="alert">{accountFor(plant.error, "writing").happened}</span>}
      <ImportLink kind="people" />
    </Empty>
  );
}
