import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { ChoiceMenu } from "../../../parts/ChoiceMenu.tsx";
import { chunksOf, inTurn } from "../../../parts/in-turn.ts";
import { SelectionBar } from "../../../parts/records/SelectionBar.tsx";
import { toast } from "../../../parts/toast.tsx";
import { accountFor } from "../../../parts/trouble.ts";
import { api } from "../../../session.ts";
import { usePeople } from "../../settings/people/queries.ts";
import { DeleteDealsDialog } from "./DeleteDealsDialog.tsx";
import { LostDialog } from "./LostDialog.tsx";
import { changeDeals, type Deal, type DealStage, dealsOf, stagesQuery, useDealWrite } from "./queries.ts";
import type { DealListState } from "./useDealList.ts";

/** What can be done with the chosen deals. */
export function DealBar({ list }: { list: DealListState }) {
  const { selection, rows } = list;
  const { data: stages = [] } = useQuery(stagesQuery);
  const { data: people = [] } = usePeople();
  const [asks, setAsks] = useState<DealStage | "delete" | null>(null);
  const { changeAll, isBusy, find } = useChange(list);
  const count = selection.count(rows.matches ?? 0);
  const moveTo = (stage: DealStage, reason?: string) =>
    changeAll(t("Stage changed to {name}.", { name: stage.name }), {
      opportunity_stage_id: stage.id,
      ...(reason && { closed_lost_reason: reason }),
    });
  const choose = (id: string) => {
    const stage = stages.find((one) => one.id === id);
    if (!stage) return;
    if (stage.is_closed && !stage.is_won) setAsks(stage);
    else moveTo(stage);
  };
  return (
    <>
      <SelectionBar selection={selection} total={rows.matches} noun="deal">
        <ChoiceMenu
          label={t("Stage")}
          choices={stages.map(({ id, name }) => ({ value: id, label: name }))}
          isBusy={isBusy}
          onChoose={choose}
        />
        <ChoiceMenu
          label={t("Owner")}
          choices={people
            .filter(({ state }) => state === "active")
            .map(({ id, name }) => ({ value: id, label: name }))}
          isBusy={isBusy}
          onChoose={(id, name) => changeAll(t("Owner changed to {name}.", { name }), { owner_id: id })}
        />
        <Button variant="default" onClick={() => setAsks("delete")}>
          {t("Delete …")}
        </Button>
      </SelectionBar>
      {asks === "delete" && (
        <DeleteDealsDialog
          count={count}
          find={find}
          onClose={() => setAsks(null)}
          onDeleted={() => {
            setAsks(null);
            selection.clear();
            toast(t("{count, plural, one {# deal deleted.} other {# deals deleted.}}", { count }));
          }}
        />
      )}
      {asks !== null && asks !== "delete" && (
        <LostDialog
          deal={{ name: t("{count, plural, one {# deal} other {# deals}}", { count }) }}
          onClose={() => setAsks(null)}
          onLost={(reason) => {
            setAsks(null);
            moveTo(asks, reason);
          }}
        />
      )}
    </>
  );
}

type Change = Parameters<typeof changeDeals>[1];

function useChange({ selection, search }: DealListState) {
  const undone = useDealWrite(putBack);
  const targets = async () => (selection.isAll ? dealsOf(search) : [...selection.chosen.values()]);
  const find = async () => (await targets()).map(({ id }) => id);
  const change = async (wish: Change) => {
    const before = await targets();
    await changeDeals(
      before.map(({ id }) => id),
      wish,
    );
    return before;
  };
  const write = useDealWrite(change);
  const changeAll = (says: string, wish: Change) =>
    write.mutate(wish, {
      onSuccess: (before) => {
        selection.clear();
        toast(says, { undo: () => undone.mutateAsync(before) });
      },
      onError: (error) => toast(accountFor(error, "writing").happened),
    });
  return { changeAll, find, isBusy: write.isPending };
}

async function putBack(deals: readonly Deal[]) {
  await inTurn(chunksOf(deals, 1000), (some) =>
    api.opportunities.bulkUpdate({ opportunity_attributes: some.map(asItStood) }),
  );
}

function asItStood({ id, owner_id, opportunity_stage_id, closed_lost_reason }: Deal) {
  return { id, owner_id, closed_lost_reason, ...(opportunity_stage_id && { opportunity_stage_id }) };
}
