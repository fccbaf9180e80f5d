import { Skeleton, Tabs } from "@mantine/core";
import { useNavigate, useParams } from "@tanstack/react-router";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { LetterTile } from "../../../parts/LetterTile.tsx";
import { useLate } from "../../../parts/late.ts";
import { RecordPage } from "../../../parts/RecordPage.tsx";
import { useTrail } from "../../../parts/records/trail.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { Notes } from "../../contacts/notes/Notes.tsx";
import { Timeline } from "../../contacts/timeline/Timeline.tsx";
import { DealFacts } from "./DealFacts.tsx";
import { DealTasks } from "./DealTasks.tsx";
import { DealVerbs } from "./DealVerbs.tsx";
import { money } from "./money.ts";
import { type DealShown, useDeal } from "./queries.ts";
import { StagePath } from "./StagePath.tsx";

export function DealPage() {
  const { id = "" } = useParams({ strict: false });
  const { data: deal, error, refetch } = useDeal(id);
  const isLate = useLate(!deal);
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!deal) return <div aria-busy="true">{isLate && <Skeleton height={20} width="40%" />}</div>;
  return <Shown key={id} deal={deal} />;
}

const TABS = perLanguage(
  () =>
    [
      ["timeline", t("Timeline")],
      ["notes", t("Notes")],
      ["tasks", t("Tasks")],
    ] as const,
);

function Shown({ deal }: { deal: DealShown }) {
  const [address, change] = useAddress();
  const navigate = useNavigate();
  const trail = useTrail("deals", deal.id);
  const [tab] = TABS.find(([name]) => name === address.tab) ?? TABS[0];
  const goTo = (id: string | null, by: 1 | -1) =>
    id === null
      ? undefined
      : () => {
          trail.step(by);
          void navigate({ to: "/deals/$id", params: { id }, search: { tab: address.tab }, replace: true });
        };
  const { amount, currency, account } = deal;
  return (
    <RecordPage
      name={deal.name}
      tile={<LetterTile name={account?.name ?? deal.name} size={40} />}
      says={[account?.name, amount === null ? null : money(amount, currency.iso_code)]
        .filter(Boolean)
        .join(" · ")}
      crumb={{ to: trail.backTo ?? "/deals", name: t("Deals") }}
      onBefore={goTo(trail.before, -1)}
      onAfter={goTo(trail.after, 1)}
      verbs={<DealVerbs deal={deal} />}
      facts={<DealFacts deal={deal} />}
    >
      <div className="stack">
        <StagePath deal={deal} />
        <Tabs value={tab} onChange={(next) => change({ tab: next ?? undefined })} keepMounted={false}>
          <Tabs.List mb={16}>
            {TABS.map(([name, word]) => (
              <Tabs.Tab key={name} value={name}>
                {word}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value="timeline">
            <Timeline of={{ deal: deal.id }} />
          </Tabs.Panel>
          <Tabs.Panel value="notes">
            <Notes about={{ opportunity_id: deal.id }} />
          </Tabs.Panel>
          <Tabs.Panel value="tasks">
            <DealTasks id={deal.id} />
          </Tabs.Panel>
        </Tabs>
      </div>
    </RecordPage>
  );
}
