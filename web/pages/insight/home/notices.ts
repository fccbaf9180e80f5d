// Notices by the workflow that gave them: of a hundred people it took, a hundred lines would tell less than one.

export type Notice = {
  id: string;
  workflow_id: string;
  workflow_name: string;
  text: string;
  created_at: string;
};

export type WorkflowNoticeGroup = {
  workflowId: string;
  name: string;
  texts: string[];
  ids: string[];
  latestAt: string;
};

const MOST_TEXTS = 3;

/** The newest first, as they come. Of texts that differ a few are shown. */
export function heardFrom(notices: readonly Notice[]): WorkflowNoticeGroup[] {
  return [...Map.groupBy(notices, ({ workflow_id }) => workflow_id).values()].flatMap((own) => {
    const [latest] = own;
    if (!latest) return [];
    const texts = [...new Set(own.map(({ text }) => text))];
    const shown = texts.slice(0, MOST_TEXTS);
    return {
      workflowId: latest.workflow_id,
      name: latest.workflow_name,
      ids: own.map(({ id }) => id),
      texts: texts.length > shown.length ? [...shown, "…"] : shown,
      latestAt: latest.created_at,
    };
  });
}
