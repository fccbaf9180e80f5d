import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api } from "../../../session.ts";

export type Report = Awaited<ReturnType<typeof api.reports.sequence>>["report"];
export type StepRow = Report["steps"][number];
export type VariantRow = Report["variants"][number];
export type Mails = Report["mails"];

export const reportQuery = (id: string, from: string | undefined) =>
  queryOptions({
    queryKey: ["sequences", id, "report", from ?? ""],
    queryFn: async ({ signal }) =>
      (await api.reports.sequence({ id, ...(from && { from }) }, { signal })).report,
    placeholderData: keepPreviousData,
  });

type Search = NonNullable<Parameters<typeof api.emailerMessages.search>[0]>;
export type Stat = Extract<Search["emailer_message_stats"], string>;

/** Which mails a number counts. */
type StatMailsQuery = {
  stat: Stat;
  sequenceId: string;
  stepId?: string;
  touchId?: string;
  from?: string;
};

const PAGE = 25;

/** The contacts whom the sequence, or one of its steps, has reached. */
export const reachedQuery = (id: string, stepId: string | undefined, from: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ["sequences", id, "reached", stepId, from],
    queryFn: ({ pageParam, signal }) =>
      api.reports.reached(
        {
          id,
          ...(stepId && { emailer_step_id: stepId }),
          ...(from && { from }),
          page: pageParam,
          per_page: PAGE,
        },
        { signal },
      ),
    initialPageParam: 1,
    getNextPageParam: ({ pagination: { page, total_pages } }) => (page < total_pages ? page + 1 : undefined),
  });

export const rowsQuery = ({ stat, sequenceId, stepId, touchId, from }: StatMailsQuery) =>
  infiniteQueryOptions({
    queryKey: ["messages", "of-report", stat, sequenceId, stepId, touchId, from],
    queryFn: async ({ pageParam, signal }) => {
      const { emailer_messages } = await api.emailerMessages.search(
        {
          page: pageParam,
          per_page: PAGE,
          emailer_message_stats: [stat],
          emailer_campaign_ids: [sequenceId],
          ...(stepId && { emailer_step_ids: [stepId] }),
          ...(touchId && { emailer_touch_ids: [touchId] }),
          ...(from && {
            emailer_message_date_range_mode: "completed_at",
            emailer_message_date_range: { min: from },
          }),
        },
        { signal },
      );
      return emailer_messages;
    },
    initialPageParam: 1,
    getNextPageParam: (last, pages) => (last.length === PAGE ? pages.length + 1 : undefined),
  });
