import { Skeleton, Tabs } from "@mantine/core";
import { useNavigate, useParams } from "@tanstack/react-router";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { capital } from "../../../parts/capital.ts";
import { LetterTile } from "../../../parts/LetterTile.tsx";
import { useLate } from "../../../parts/late.ts";
import { RecordPage } from "../../../parts/RecordPage.tsx";
import { useTrail } from "../../../parts/records/trail.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { Notes } from "../notes/Notes.tsx";
import { Timeline } from "../timeline/Timeline.tsx";
import { CompanyDeals } from "./CompanyDeals.tsx";
import { CompanyFacts } from "./CompanyFacts.tsx";
import { CompanyPeople } from "./CompanyPeople.tsx";
import { CompanySequences } from "./CompanySequences.tsx";
import { CompanyVerbs } from "./CompanyVerbs.tsx";
import { nameOf } from "./columns.tsx";
import { type ShownCompany, useCompany } from "./queries.ts";

export function CompanyPage() {
  const { id = "" } = useParams({ strict: false });
  const { data: company, error, refetch } = useCompany(id);
  const isLate = useLate(!company);
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!company) return <div aria-busy="true">{isLate && <Skeleton height={20} width="40%" />}</div>;
  return <Shown key={id} company={company} />;
}

const TABS = perLanguage(
  () =>
    [
      ["contacts", t("Contacts")],
      ["sequences", t("Sequences")],
      ["deals", t("Deals")],
      ["timeline", t("Timeline")],
      ["notes", t("Notes")],
    ] as const,
);

function Shown({ company }: { company: ShownCompany }) {
  const [address, change] = useAddress();
  const navigate = useNavigate();
  const trail = useTrail("companies", company.id);
  const [tab] = TABS.find(([name]) => name === address.tab) ?? TABS[0];
  const goTo = (id: string | null, by: 1 | -1) =>
    id === null
      ? undefined
      : () => {
          trail.step(by);
          void navigate({
            to: "/companies/$id",
            params: { id },
            search: { tab: address.tab },
            replace: true,
          });
        };
  return (
    <RecordPage
      name={nameOf(company)}
      tile={<LetterTile name={nameOf(company)} size={40} />}
      says={[company.domain, company.industry && capital(company.industry)].filter(Boolean).join(" · ")}
      crumb={{ to: trail.backTo ?? "/companies", name: t("Companies") }}
      onBefore={goTo(trail.before, -1)}
      onAfter={goTo(trail.after, 1)}
      verbs={<CompanyVerbs company={company} />}
      facts={<CompanyFacts company={company} />}
    >
      <Tabs value={tab} onChange={(next) => change({ tab: next ?? undefined })} keepMounted={false}>
        <Tabs.List mb={16}>
          {TABS.map(([name, word]) => (
            <Tabs.Tab key={name} value={name}>
              {word} {name === "contacts" && <span className="soft">{company.num_contacts}</span>}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="contacts">
          <CompanyPeople company={company} />
        </Tabs.Panel>
        <Tabs.Panel value="sequences">
          <CompanySequences company={company} />
        </Tabs.Panel>
        <Tabs.Panel value="deals">
          <CompanyDeals id={company.id} />
        </Tabs.Panel>
        <Tabs.Panel value="timeline">
          <Timeline of={{ account: company.id }} />
        </Tabs.Panel>
        <Tabs.Panel value="notes">
          <Notes about={{ account_id: company.id }} />
        </Tabs.Panel>
      </Tabs>
    </RecordPage>
  );
}
