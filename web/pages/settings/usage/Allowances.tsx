import { Progress } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { type Column, DataTable } from "../../../parts/DataTable.tsx";
import { Section } from "../../../parts/Page.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { usePeople } from "../people/queries.ts";
import { type Allowance, allowancesQuery } from "./queries.ts";
import { KINDS, ofPeople, ofTeam, sayLeft } from "./words.ts";

/** What the team may spend and has spent; then the users with an allowance of their own. */
export function Allowances() {
  const { data, error, refetch } = useQuery(allowancesQuery);
  const own = ofPeople(data ?? []);
  return (
    <Section
      title={t("Credits")}
      note={t("Lookups cost credits. There is no limit unless an admin sets an allowance.")}
    >
      <Trouble error={error} onRetry={() => void refetch()} />
      {data && <TeamList allowances={ofTeam(data)} />}
      {own.length > 0 && <PeopleTable allowances={own} />}
    </Section>
  );
}

function TeamList({ allowances }: { allowances: readonly Allowance[] }) {
  return (
    <ul className="stack" style={{ gap: 12 }}>
      {allowances.map((one) => (
        <li key={one.kind}>
          <div className="row" style={{ justifyContent: "space-between" }}>
            <span>{KINDS[one.kind]}</span>
            <span className="soft small" data-figures>
              {sayLeft(one)}
            </span>
          </div>
          {one.limit !== null && (
            <Progress
              size="sm"
              value={one.limit ? Math.min((100 * (one.consumed + one.reserved)) / one.limit, 100) : 100}
              color="var(--accent)"
              aria-label={`${KINDS[one.kind]}: ${sayLeft(one)}`}
            />
          )}
        </li>
      ))}
    </ul>
  );
}

function PeopleTable({ allowances }: { allowances: readonly Allowance[] }) {
  const people = usePeople().data;
  const columns: Column<Allowance>[] = [
    {
      header: t("User"),
      width: "34%",
      cell: ({ user_id }) => people?.find(({ id }) => id === user_id)?.name ?? "…",
    },
    { header: t("Credits"), cell: ({ kind }) => KINDS[kind] },
    { header: t("This cycle"), align: "right", cell: sayLeft },
  ];
  return (
    <div style={{ marginTop: 16 }}>
      <DataTable
        label={t("User allowances")}
        columns={columns}
        rows={allowances}
        rowKey={({ user_id, kind }) => `${user_id} ${kind}`}
      />
    </div>
  );
}
