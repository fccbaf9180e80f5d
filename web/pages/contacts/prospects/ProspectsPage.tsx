import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { Empty } from "../../../parts/Empty.tsx";
import { figure } from "../../../parts/figures.ts";
import { FilterBar } from "../../../parts/filters/FilterBar.tsx";
import classes from "../../../parts/filters/ListTools.module.css";
import { Page } from "../../../parts/Page.tsx";
import { RecordTable } from "../../../parts/records/RecordTable.tsx";
import { SearchBox } from "../../../parts/SearchBox.tsx";
import { Segmented } from "../../../parts/Segmented.tsx";
import { ImportLink } from "../imports/ImportLink.tsx";
import { ViewPicker } from "../views/ViewPicker.tsx";
import { COLUMNS, nameOf } from "./columns.tsx";
import type { PeopleScope } from "./filters.ts";
import { NoProspects } from "./NoProspects.tsx";
import { ProspectBar } from "./ProspectBar.tsx";
import { ProspectPeek } from "./ProspectPeek.tsx";
import { MOST_SAVED } from "./saved-words.ts";
import { useProspects } from "./useProspects.ts";

/** Whom one might write to: people of the store, narrowed until they are the right ones. */
export function ProspectsPage() {
  const list = useProspects();
  const navigate = useNavigate();
  const openContact = (id: string) => void navigate({ to: "/contacts/$id", params: { id } });
  const peek = (id: string) => list.setPeek(id === list.peek ? undefined : id);
  return (
    <Page
      title={t("Prospects")}
      state={sayTotal(list.rows.matches, list.rows.isAtLeast)}
      action={<ImportLink kind="people" />}
      fills
    >
      <div className={classes.tools}>
        <ViewPicker subject="people" shown={list.view} all={t("All people")} />
        <div className={classes.search}>
          <SearchBox label={t("Search people")} value={list.q} onChange={list.setQ} />
        </div>
        <Segmented
          aria-label={t("People to show")}
          value={list.part}
          onChange={(part) => list.setPart(part as PeopleScope)}
          data={PARTS.map(([value, name]) => ({ value, label: labelOf(name, list.counts?.[value]) }))}
        />
        <FilterBar fields={list.fields} value={list.filter} onChange={list.setFilter} />
      </div>
      <RecordTable
        label={t("People")}
        mostChosen={MOST_SAVED}
        columns={COLUMNS}
        rows={list.rows}
        rowKey={({ id }) => id}
        rowName={nameOf}
        onOpen={({ id, contact_id }) => (contact_id ? openContact(contact_id) : peek(id))}
        onPeek={({ id }) => peek(id)}
        selection={list.selection}
        table="prospects"
        layout={list.view.layout}
        rowState={({ id }) => (id === list.peek ? "peeked" : undefined)}
        empty={
          list.storeIsEmpty ? (
            <NoProspects />
          ) : (
            <Empty says={t("No people match.")}>
              <Button variant="default" onClick={list.widen}>
                {t("Show all")}
              </Button>
            </Empty>
          )
        }
      />
      <ProspectBar list={list} />
      {list.peek && (
        <ProspectPeek id={list.peek} onClose={() => list.setPeek(undefined)} onOpen={openContact} />
      )}
    </Page>
  );
}

const PARTS: readonly (readonly [PeopleScope, string])[] = perLanguage(() => [
  ["all", t("All")],
  ["new", t("Net new")],
  ["saved", t("Saved")],
]);

function labelOf(name: string, counted: number | undefined) {
  return counted === undefined ? name : `${name} ${figure(counted)}`;
}

function sayTotal(total: number | undefined, isAtLeast: boolean) {
  if (total === undefined) return undefined;
  return isAtLeast
    ? t("More than {total, plural, one {# person} other {# people}}", { total })
    : t("{total, plural, one {# person} other {# people}}", { total });
}
