import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { t } from "../../../language/t.ts";
import { Moment } from "../../../parts/Moment.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { api, useMe } from "../../../session.ts";
import needs from "./NeedsYou.module.css";
import { heardFrom, type WorkflowNoticeGroup } from "./notices.ts";

const AT_ONCE = 100;

const keyOf = (userId: string) => ["workflow-notices", userId];

export function useNotices() {
  const { user } = useMe();
  return useQuery({
    queryKey: keyOf(user.id),
    queryFn: () => api.workflowNotices.list({ unread: true, per_page: AT_ONCE }),
    refetchInterval: 60_000,
  });
}

export type Notices = NonNullable<ReturnType<typeof useNotices>["data"]>;

/** Workflows' notifications to the viewer, a line for each workflow, until they are seen. */
export function NoticesPart({ notices }: { notices: Notices }) {
  const heard = heardFrom(notices.workflow_notices);
  const beyond = notices.pagination.total_entries - notices.workflow_notices.length;
  if (heard.length === 0) return null;
  return (
    <section aria-labelledby="notices" className={needs.part}>
      <h2 id="notices" className={needs.title}>
        {t("Workflow notifications")}
      </h2>
      <ul className={needs.list}>
        {heard.map((one) => (
          <NoticeLine key={one.workflowId} heard={one} />
        ))}
      </ul>
      {beyond > 0 && (
        <p className="soft small">
          {t("{beyond, number} earlier notifications. Mark these as seen to show them.", { beyond })}
        </p>
      )}
    </section>
  );
}

function NoticeLine({ heard: { workflowId, name, texts, ids, latestAt } }: { heard: WorkflowNoticeGroup }) {
  const { user } = useMe();
  const client = useQueryClient();
  const seen = useMutation({
    mutationFn: async () => {
      for (const id of ids) await api.workflowNotices.read({ id });
    },
    onSettled: () => client.invalidateQueries({ queryKey: keyOf(user.id) }),
  });
  return (
    <li className={needs.line}>
      <span className={needs.words}>
        <span>{texts.join(" · ")}</span>
        <span className="soft small">
          <Link to="/workflows/$id" params={{ id: workflowId }} search={{ tab: "runs" }} data-walk>
            {name}
          </Link>
          {ids.length > 1 && t(", {ids} times", { ids: ids.length })}, <Moment at={latestAt} />
        </span>
        {seen.error && <Trouble error={seen.error} onRetry={() => seen.mutate()} />}
      </span>
      <Button variant="default" size="xs" loading={seen.isPending} onClick={() => seen.mutate()}>
        {t("Mark as seen")}
      </Button>
    </li>
  );
}
