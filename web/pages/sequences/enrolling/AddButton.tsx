import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { accountFor } from "../../../parts/trouble.ts";
import { startWork } from "../../insight/progress/work.ts";
import { promiseQuery } from "../promises/queries.ts";
import { sequenceQuery } from "../sequences/queries.ts";
import { type Added, rehearsalQuery, useAdd } from "./queries.ts";
import type { JoinInput } from "./wish.ts";

type Props = {
  request: JoinInput;
  isRefused: boolean;
  onAdded: (added: Added) => void;
  /** It goes on without us, in the line at the foot of every page. */
  onStarted: () => void;
};

/** Says the number. */
export function AddButton({ request, isRefused, onAdded, onStarted }: Props) {
  const { data: check, isFetching } = useQuery(rehearsalQuery(request));
  const { data: sequence } = useQuery(sequenceQuery(request.id));
  const { data: promise } = useQuery(promiseQuery(request));
  const add = useAdd();
  const name = sequence?.emailer_campaign.name ?? t("the sequence");
  const go = () =>
    add.mutate(
      { ...request, ...(promise && { promise_id: promise.id }) },
      {
        onSuccess: (added) => {
          if ("contacts" in added) return onAdded(added);
          startWork({
            id: added.entity_progress_job.id,
            says: t("Adding contacts to {name}", { name }),
            href: `/sequences/${request.id}?tab=activity&open=${added.request_id}`,
          });
          onStarted();
        },
      },
    );
  const joining = check ? check.joining + check.untried : 0;
  return (
    <>
      {add.error && <span role="alert">{accountFor(add.error, "writing").happened}</span>}
      <Button
        loading={add.isPending}
        disabled={!check || isFetching || joining === 0 || isRefused}
        onClick={go}
      >
        {check ? labelOf(joining, check.untried > 0) : t("Add")}
      </Button>
    </>
  );
}

function labelOf(joining: number, isAbout: boolean) {
  if (joining === 0) return t("No contacts to add");
  return isAbout
    ? t("Add up to {joining, plural, one {# contact} other {# contacts}}", { joining })
    : t("Add {joining, plural, one {# contact} other {# contacts}}", { joining });
}
