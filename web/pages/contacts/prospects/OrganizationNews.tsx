import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { DataTable } from "../../../parts/DataTable.tsx";
import { Empty } from "../../../parts/Empty.tsx";
import { Moment } from "../../../parts/Moment.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { sayPlace } from "./columns.tsx";
import { postingsQuery, useNews } from "./organization.ts";

/** Whom it looks for: often what it is about to do. */
export function OrganizationPostings({ id }: { id: string }) {
  const { data, error, refetch } = useQuery(postingsQuery(id));
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (data?.length === 0) return <Empty says={t("No open positions found.")} />;
  return (
    <DataTable
      label={t("Open positions")}
      rows={data}
      rowKey={(one) => one.id}
      columns={[
        { header: t("Position"), width: "45%", cell: ({ title, url }) => <Outside url={url} says={title} /> },
        { header: t("Location"), cell: sayPlace },
        { header: t("Posted"), cell: ({ posted_at }) => <Moment at={posted_at} /> },
      ]}
    />
  );
}

/** Looking costs a credit where anything is found, so it is not done by itself. */
export function OrganizationNews({ id }: { id: string }) {
  const news = useNews(id);
  if (!news.data)
    return (
      <Empty says={t("News about this company. Each page costs 1 credit. No news, no cost.")}>
        <Button variant="default" loading={news.isPending} onClick={() => news.mutate()}>
          {t("Show news")}
        </Button>
        <Trouble error={news.error} doing="reading" />
      </Empty>
    );
  if (news.data.news_articles.length === 0) return <Empty says={t("No news found.")} />;
  return (
    <DataTable
      label={t("News")}
      rows={news.data.news_articles}
      rowKey={(one) => one.id}
      columns={[
        {
          header: t("Headline"),
          width: "60%",
          cell: ({ title, url, snippet }) => (
            <>
              <Outside url={url} says={title} />
              {snippet && <p className="soft small">{snippet}</p>}
            </>
          ),
        },
        { header: t("Source"), cell: ({ domain }) => domain ?? <span className="soft">–</span> },
        { header: t("Published"), cell: ({ published_at }) => <Moment at={published_at} /> },
      ]}
    />
  );
}

function Outside({ url, says }: { url: string | null; says: string }) {
  if (!url || !/^https?:\/\//.test(url)) return says;
  return (
    <a href={url} target="_blank" rel="noreferrer">
      {says}
    </a>
  );
}
