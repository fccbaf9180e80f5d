import type { DraggableProvided } from "@hello-pangea/dnd";
import { t } from "../../../language/t.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { Initials } from "../../../parts/Initials.tsx";
import { dayOf } from "../../../parts/when.ts";
import { usePeople } from "../../settings/people/queries.ts";
import classes from "./Board.module.css";
import { isOverdue } from "./CloseDay.tsx";
import { money } from "./money.ts";
import type { Deal } from "./queries.ts";

type Props = { deal: Deal; provided: DraggableProvided; isDragging: boolean; onOpen: () => void };

/** Enter opens it; Space takes it up, the arrows carry it, Space puts it down. */
export function DealCard({ deal, provided, isDragging, onOpen }: Props) {
  const { data: people = [] } = usePeople();
  const owner = people.find(({ id }) => id === deal.owner_id);
  const now = currentTime();
  const isLate = isOverdue(deal, now);
  const roles = deal.opportunity_contact_roles;
  const contact = roles.find(({ is_primary }) => is_primary) ?? roles[0];
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the handle makes it a button
    <div
      ref={provided.innerRef}
      {...provided.draggableProps}
      {...provided.dragHandleProps}
      className={classes.card}
      data-dragging={isDragging || undefined}
      data-walk
      onClick={onOpen}
      onKeyDown={(event) => event.key === "Enter" && onOpen()}
    >
      <p className={classes.title}>{deal.name}</p>
      {contact && <p className="soft">{contact.contact.name}</p>}
      <p className={classes.line}>
        <span data-figures>
          {deal.amount === null ? (
            <span className="soft">{t("No amount")}</span>
          ) : (
            money(deal.amount, deal.currency.iso_code)
          )}
        </span>
        {owner && <Initials name={owner.name} size={18} />}
      </p>
      {deal.closed_date && (
        <p className={isLate ? classes.late : "soft"}>
          {closeWords(
            deal,
            isLate,
            dayOf((deal.is_closed ? deal.actual_close_date : null) ?? deal.closed_date, now),
          )}
        </p>
      )}
    </div>
  );
}

/** Which of its two dates is shown: the planned one of an open deal, the actual one of a closed deal. */
function closeWords({ is_closed }: Deal, isLate: boolean, day: string) {
  if (is_closed) return t("Closed {day}", { day });
  return isLate ? t("Planned close {day}, overdue", { day }) : t("Planned close {day}", { day });
}
