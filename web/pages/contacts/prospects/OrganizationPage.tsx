import { Button, Skeleton, Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { capital } from "../../../parts/capital.ts";
import { LetterTile } from "../../../parts/LetterTile.tsx";
import { useLate } from "../../../parts/late.ts";
import { RecordPage } from "../../../parts/RecordPage.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { OrganizationFacts } from "./OrganizationFacts.tsx";
import { OrganizationNews, OrganizationPostings } from "./OrganizationNews.tsx";
import { OrganizationPeople } from "./OrganizationPeople.tsx";
import { type Organization, organizationQuery, useSaveAsAccount } from "./organization.ts";

/** A company of the store: what is known of it, who works there, whom it looks for, what is written about it. */
export function OrganizationPage() {
  const { id = "" } = useParams({ strict: false });
  const { data: company, error, refetch } = useQuery(organizationQuery(id));
  const isLate = useLate(!company);
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!company) return <div aria-busy="true">{isLate && <Skeleton height={20} width="40%" />}</div>;
  return <Shown key={id} company={company} />;
}

const TABS = perLanguage(
  () =>
    [
      ["people", t("People")],
      ["positions", t("Positions")],
      ["news", t("News")],
    ] as const,
);

function Shown({ company }: { company: Organization }) {
  const [address, change] = useAddress();
  const [tab] = TABS.find(([name]) => name === address.tab) ?? TABS[0];
  const name = company.name ?? company.primary_domain ?? t("Company");
  return (
    <RecordPage
      name={name}
      tile={<LetterTile name={name} size={40} />}
      says={[company.primary_domain, company.industry && capital(company.industry)]
        .filter(Boolean)
        .join(" · ")}
      crumb={{ to: "/prospects", name: t("Prospects") }}
      verbs={<Verbs company={company} />}
      facts={<OrganizationFacts company={company} />}
    >
      <Tabs value={tab} onChange={(next) => change({ tab: next ?? undefined })} keepMounted={false}>
        <Tabs.List mb={16}>
          {TABS.map(([one, word]) => (
            <Tabs.Tab key={one} value={one}>
              {word} {one === "positions" && <span className="soft">{company.num_jobs}</span>}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="people">
          <OrganizationPeople id={company.id} />
        </Tabs.Panel>
        <Tabs.Panel value="positions">
          <OrganizationPostings id={company.id} />
        </Tabs.Panel>
        <Tabs.Panel value="news">
          <OrganizationNews id={company.id} />
        </Tabs.Panel>
      </Tabs>
    </RecordPage>
  );
}

function Verbs({ company }: { company: Organization }) {
  const navigate = useNavigate();
  const save = useSaveAsAccount(company);
  const { account_id: id } = company;
  if (id)
    return (
      <Button
        variant="default"
        renderRoot={(props) => <Link to="/companies/$id" params={{ id }} {...props} />}
      >
        {t("Open in Companies")}
      </Button>
    );
  return (
    <>
      <Trouble error={save.error} doing="writing" />
      <Button
        loading={save.isPending}
        onClick={() =>
          save.mutate(undefined, {
            onSuccess: (made) => {
              if (made) void navigate({ to: "/companies/$id", params: { id: made } });
            },
          })
        }
      >
        {t("Save to Companies")}
      </Button>
    </>
  );
}
