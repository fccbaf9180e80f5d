import { DragDropContext, Draggable, Droppable, type DropResult } from "@hello-pangea/dnd";
import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { figure } from "../../../parts/figures.ts";
import { nonce } from "../../../parts/nonce.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import classes from "./Board.module.css";
import { DealCard } from "./DealCard.tsx";
import { LostDialog } from "./LostDialog.tsx";
import { shortMoney, sums } from "./money.ts";
import { columnQuery, type Deal, type DealFilter, type DealStage, type DealTotal } from "./queries.ts";
import { useMovingOfDeals } from "./useMoveDeal.tsx";

type Props = {
  stages: readonly DealStage[];
  totals: readonly DealTotal[] | undefined;
  filter: DealFilter;
  onOpen: (id: string) => void;
};

type Move = { deal: Deal; to: DealStage };

/** A column for each stage. A deal is carried from one to another, by pointer or by keys. */
export function Board({ stages, totals = [], filter, onOpen }: Props) {
  const { go } = useMovingOfDeals();
  const [moved, setMoved] = useState<ReadonlyMap<string, Move>>(new Map());
  const [losing, setLosing] = useState<Move | null>(null);
  const [seen] = useState(() => new Map<string, Deal>());

  const settle = (id: string) => setMoved((before) => new Map([...before].filter(([other]) => other !== id)));
  const move = async ({ deal, to }: Move, reason?: string) => {
    setMoved((before) => new Map(before).set(deal.id, { deal, to }));
    await go(deal, to, reason);
    settle(deal.id);
  };
  const drop = ({ draggableId, destination, source }: DropResult) => {
    const deal = seen.get(draggableId);
    const to = stages.find(({ id }) => id === destination?.droppableId);
    if (!deal || !to || destination?.droppableId === source.droppableId) return;
    if (to.is_closed && !to.is_won) setLosing({ deal, to });
    else void move({ deal, to });
  };

  return (
    <>
      <DragDropContext onDragEnd={drop} {...(nonce && { nonce })}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys */}
        <section className={classes.board} aria-label={t("Deals by stage")} tabIndex={0}>
          {stages.map((stage) => (
            <Column
              key={stage.id}
              stage={stage}
              totals={totals.filter(({ opportunity_stage_id: id }) => id === stage.id)}
              filter={filter}
              moved={moved}
              seen={seen}
              onOpen={onOpen}
            />
          ))}
        </section>
      </DragDropContext>
      {losing && (
        <LostDialog
          deal={losing.deal}
          onClose={() => setLosing(null)}
          onLost={(reason) => {
            void move(losing, reason);
            setLosing(null);
          }}
        />
      )}
    </>
  );
}

type ColumnProps = {
  stage: DealStage;
  totals: readonly DealTotal[];
  filter: DealFilter;
  moved: ReadonlyMap<string, Move>;
  seen: Map<string, Deal>;
  onOpen: (id: string) => void;
};

function Column({ stage, totals, filter, moved, seen, onOpen }: ColumnProps) {
  const found = useInfiniteQuery(columnQuery(filter, stage.id));
  const loaded = found.data?.pages.flatMap(({ opportunities }) => opportunities) ?? [];
  // A moved deal is shown in its new stage before the server has answered.
  const deals = [
    ...[...moved.values()]
      .filter(({ to, deal }) => to.id === stage.id && !loaded.some(({ id }) => id === deal.id))
      .map(({ deal }) => deal),
    ...loaded.filter(({ id }) => (moved.get(id)?.to.id ?? stage.id) === stage.id),
  ];
  for (const deal of deals) seen.set(deal.id, deal);
  const count = totals.reduce((all, total) => all + total.deals, 0);
  return (
    <section className={classes.column} aria-label={t("{name}, {count} deals", { name: stage.name, count })}>
      <header className={classes.head}>
        <h2 className={classes.name}>
          {stage.name} <span className={classes.count}>{figure(count)}</span>
        </h2>
        <p className={classes.sums} data-figures>
          {sums(totals)
            .slice(0, 2)
            .map(({ currency, amount, weighted }) => (
              <span key={currency}>
                {shortMoney(amount, currency)}
                {!stage.is_closed && (
                  <span className="soft">
                    {" "}
                    {t("· {weighted} weighted", { weighted: shortMoney(weighted, currency) })}
                  </span>
                )}
              </span>
            ))}
          {sums(totals).length === 0 && <span className="soft">–</span>}
        </p>
      </header>
      <Trouble error={found.error} onRetry={() => void found.refetch()} />
      <Droppable droppableId={stage.id}>
        {({ innerRef, droppableProps, placeholder }, { isDraggingOver }) => (
          <div
            ref={innerRef}
            {...droppableProps}
            className={classes.cards}
            data-over={isDraggingOver || undefined}
          >
            {deals.map((deal, index) => (
              <Draggable key={deal.id} draggableId={deal.id} index={index}>
                {(provided, { isDragging }) => (
                  <DealCard
                    deal={deal}
                    provided={provided}
                    isDragging={isDragging}
                    onOpen={() => onOpen(deal.id)}
                  />
                )}
              </Draggable>
            ))}
            {placeholder}
            {found.hasNextPage && (
              <Button
                variant="subtle"
                loading={found.isFetchingNextPage}
                onClick={() => void found.fetchNextPage()}
              >
                {t("Load more")}
              </Button>
            )}
          </div>
        )}
      </Droppable>
    </section>
  );
}
