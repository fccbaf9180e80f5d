import { CloseButton } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { FilterBar } from "../../../parts/filters/FilterBar.tsx";
import type { FilterField, FilterValues } from "../../../parts/filters/filter.ts";
import { searchOf as companySearchOf } from "../../contacts/companies/search.ts";
import { useCompanyFilters } from "../../contacts/companies/useCompanyList.ts";
import { useContactFilters } from "../../contacts/contacts/filters.ts";
import { prospectFields, searchOf as prospectSearchOf } from "../../contacts/prospects/filters.ts";
import { facetsQuery } from "../../contacts/prospects/queries.ts";
import { type Body, isEverybody, readBack, unseenIn } from "./kept-filters.ts";
import { unseenSequence } from "./kinds.ts";
import type { Entity } from "./queries.ts";
import classes from "./Workflows.module.css";

type Props = {
  entity: Entity;
  body: Body;
  /** Said where nothing is narrowed, and everybody is meant. Null: it is no cause for a warning. */
  warning: string | null;
  /** Said there in place of a warning. */
  note?: string;
  /** Null: to be looked at only. */
  onChange: ((body: Body) => void) | null;
};

/** The same filters as the lists of contacts, prospects and companies have, kept as the body of their search. */
export function WorkflowFilters(props: Props) {
  const Of = { contact: OfContacts, person: OfPeople, account: OfCompanies }[props.entity];
  return <Of {...props} />;
}

function OfContacts(props: Props) {
  const { fields, searchOf } = useContactFilters();
  return <Chips {...props} fields={fields} searchOf={searchOf} />;
}

function OfCompanies(props: Props) {
  return <Chips {...props} fields={useCompanyFilters()} searchOf={companySearchOf} />;
}

function OfPeople(props: Props) {
  const { data } = useQuery(facetsQuery({}));
  return (
    <Chips
      {...props}
      fields={[SAVED, ...prospectFields(data?.facets, undefined)]}
      searchOf={prospectSearchOf}
    />
  );
}

const SAVED: FilterField = perLanguage(() => ({
  key: "saved",
  name: t("Saved"),
  kind: "choices",
  choices: [
    { value: "yes", label: t("a contact") },
    { value: "no", label: t("net new") },
  ],
}));
/** Of a filter that no chip says. */
const SHOWN = 60;

const KEYWORDS: FilterField = perLanguage(() => ({ key: "q", name: t("Keywords"), kind: "words" }));

type ChipsProps = Props & {
  fields: readonly FilterField[];
  searchOf: (filter: FilterValues, q: string) => object;
};

function Chips({ entity, body, warning, note, onChange, fields, searchOf }: ChipsProps) {
  const ask = ({ q, ...filter }: FilterValues) => plain(searchOf(filter, typeof q === "string" ? q : ""));
  const { filter, rest } = readBack(entity, body, ask);
  const unseen = unseenIn(body);
  const put = (next: FilterValues) => onChange?.({ ...unseen, ...rest, ...ask(next) });
  const without = (name: string) =>
    onChange?.(Object.fromEntries(Object.entries(body).filter(([key]) => key !== name)));
  return (
    <div className={classes.filters} inert={onChange === null}>
      <div className="row">
        <FilterBar fields={[KEYWORDS, ...fields]} value={filter} onChange={put} />
        {Object.keys(unseen).map((name) => (
          <span key={name} className={classes.kept}>
            <span className="soft">{t("Sequence")}</span> {unseenSequence()}
          </span>
        ))}
        {Object.entries(rest).map(([name, value]) => (
          <span key={name} className={classes.kept}>
            <span className="soft">{name}</span> {JSON.stringify(value).slice(0, SHOWN)}
            <CloseButton
              size="xs"
              aria-label={t("Remove filter {name}", { name })}
              onClick={() => without(name)}
            />
          </span>
        ))}
      </div>
      {isEverybody(body) && warning === null && <p className="soft small">{note}</p>}
      {isEverybody(body) && warning !== null && (
        <p className={classes.everybody}>
          <IconAlertTriangle size="1rem" stroke={1.75} aria-hidden />
          {warning}
        </p>
      )}
    </div>
  );
}

/** Without what is not said. */
function plain(search: object): Body {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined));
}
