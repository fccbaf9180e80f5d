import { Button, Checkbox, Skeleton } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { FilterBar } from "../../../parts/filters/FilterBar.tsx";
import type { FilterValues } from "../../../parts/filters/filter.ts";
import { SearchBox } from "../../../parts/SearchBox.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { nameOf, sayEmail } from "../../contacts/prospects/columns.tsx";
import { prospectFields, searchOf } from "../../contacts/prospects/filters.ts";
import {
  facetsQuery,
  firstProspectsQuery,
  type Prospect,
  type ProspectSearch,
  type SaveWish,
} from "../../contacts/prospects/queries.ts";
import { MOST_SAVED } from "../../contacts/prospects/saved-words.ts";
import classes from "./AddContactsDialog.module.css";
import { ProspectPrice } from "./ProspectPrice.tsx";
import type { EnrollmentAudience } from "./wish.ts";

type Props = { whom: EnrollmentAudience; choose: (whom: Partial<EnrollmentAudience>) => void };

/** People who are no contacts yet, found with the filters of the people search; those chosen are saved, and join. */
export function ProspectChoice({ whom, choose }: Props) {
  const [typed, setTyped] = useState("");
  const [filter, setFilter] = useState<FilterValues>({});
  const [ids, setIds] = useState<readonly string[]>([]);
  const [isAll, setIsAll] = useState(false);
  const [words] = useDebouncedValue(typed.trim(), 200);
  const search = searchOf(filter, words);
  const narrow = (next: FilterValues) => {
    setFilter(next);
    setIsAll(false);
  };
  const { data: all } = useQuery(facetsQuery(EVERYBODY));
  const { data: now } = useQuery(facetsQuery(search));
  const clear = () => {
    setIds([]);
    setIsAll(false);
  };
  return (
    <>
      <div className={classes.prospectTools}>
        <SearchBox
          label={t("Search people")}
          value={typed}
          onChange={(next) => {
            setTyped(next);
            setIsAll(false);
          }}
        />
        <FilterBar fields={prospectFields(all?.facets, now?.facets)} value={filter} onChange={narrow} />
      </div>
      <Found
        search={search}
        ids={ids}
        isAll={isAll}
        onToggle={(id) => setIds(ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id])}
        onAll={() => setIsAll(!isAll)}
      />
      {(isAll || ids.length > 0) && (
        <ProspectPrice
          wish={wishOf(ids, isAll, search)}
          onSaved={({ contacts }) => {
            clear();
            const saved = contacts.map(({ contact_id }) => contact_id);
            choose({ ids: [...new Set([...whom.ids, ...saved])], filter: null });
          }}
        />
      )}
      {(whom.ids.length > 0 || whom.filter !== null) && (
        <div className="row">
          <Button variant="subtle" onClick={() => choose({ ids: [], filter: null })}>
            {t("Clear selection")}
          </Button>
        </div>
      )}
    </>
  );
}

const EVERYBODY: ProspectSearch = {};

function wishOf(ids: readonly string[], isAll: boolean, search: ProspectSearch): SaveWish {
  return isAll ? { person_filter: search } : { person_ids: [...ids] };
}

type FoundProps = {
  search: ProspectSearch;
  ids: readonly string[];
  isAll: boolean;
  onToggle: (id: string) => void;
  onAll: () => void;
};

function Found({ search, ids, isAll, onToggle, onAll }: FoundProps) {
  const found = useQuery(firstProspectsQuery(search));
  const total = found.data?.total ?? 0;
  return (
    <>
      <Trouble error={found.error} onRetry={() => void found.refetch()} />
      <fieldset className={classes.found} aria-label={t("People found")} tabIndex={isAll ? 0 : -1}>
        {found.data?.people.map((person) => (
          <Person
            key={person.id}
            person={person}
            isChosen={isAll || ids.includes(person.id)}
            isAll={isAll}
            onToggle={() => onToggle(person.id)}
          />
        ))}
        {found.isPending && <Skeleton className={classes.waiting} height={160} />}
        {found.data?.people.length === 0 && <p className={classes.waiting}>{t("No people match.")}</p>}
      </fieldset>
      {total > 0 && (
        <Checkbox
          label={
            total > MOST_SAVED
              ? t("The first {most, number} of {total, number} people that match", {
                  most: MOST_SAVED,
                  total,
                })
              : t("All {total, plural, one {# person} other {# people}} that match", { total })
          }
          checked={isAll}
          onChange={onAll}
        />
      )}
    </>
  );
}

type PersonProps = { person: Prospect; isChosen: boolean; isAll: boolean; onToggle: () => void };

function Person({ person, isChosen, isAll, onToggle }: PersonProps) {
  const note = [person.title, person.organization_name].filter(Boolean).join(", ");
  return (
    <Checkbox
      className={classes.one}
      checked={isChosen}
      disabled={isAll}
      onChange={onToggle}
      label={
        <span className={classes.who}>
          <span>{nameOf(person)}</span>
          {note && <span className={classes.note}>{note}</span>}
          <span className={classes.note}>
            {person.contact_id ? t("already a contact") : t("email: {says}", { says: sayEmail(person) })}
          </span>
        </span>
      }
    />
  );
}
