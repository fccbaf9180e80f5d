import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { DataTable } from "../../parts/DataTable.tsx";
import { Empty } from "../../parts/Empty.tsx";
import { Moment } from "../../parts/Moment.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { sayPlace } from "./columns.tsx";
import { postingsQuery, useNews } from "./organization.ts";

/** Whom it looks for: often what it is about to do. */
export function OrganizationPostings({ id }: { id: string }) {
  const { data, error, refetch } = useQuery(postingsQuery(id));
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (data?.length === 0) return <Empty says="No open positions are known." />;
  return (
    <DataTable
      label="Open positions"
      rows={data}
      rowKey={(one) => one.id}
      columns={[
        { header: "Position", width: "45%", cell: ({ title, url }) => <Outside url={url} says={title} /> },
        { header: "Place", cell: sayPlace },
        { header: "Since", cell: ({ posted_at }) => <Moment at={posted_at} /> },
      ]}
    />
  );
}

/** Looking costs a credit where anything is found, so it is not done by itself. */
export function OrganizationNews({ id }: { id: string }) {
  const news = useNews(id);
  if (!news.data)
    return (
      <Empty says="News of this company that a source has brought. A page of them costs one credit; none cost nothing.">
        <Button variant="default" loading={news.isPending} onClick={() => news.mutate()}>
          Show the news
        </Button>
        <Trouble error={news.error} doing="reading" />
      </Empty>
    );
  if (news.data.news_articles.length === 0) return <Empty says="No news are known." />;
  return (
    <DataTable
      label="News"
      rows={news.data.news_articles}
      rowKey={(one) => one.id}
      columns={[
        {
          header: "What",
          width: "60%",
          cell: ({ title, url, snippet }) => (
            <>
              <Outside url={url} says={title} />
              {snippet && <p className="soft small">{snippet}</p>}
            </>
          ),
        },
        { header: "Where", cell: ({ domain }) => domain ?? <span className="soft">–</span> },
        { header: "When", cell: ({ published_at }) => <Moment at={published_at} /> },
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
