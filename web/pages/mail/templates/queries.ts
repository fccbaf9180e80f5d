import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../../../session.ts";

export type Template = Awaited<ReturnType<typeof api.templates.search>>["emailer_templates"][number];
export type TemplateWish = NonNullable<Parameters<typeof api.templates.create>[0]>;

/** What a text can name. */
export const variablesQuery = queryOptions({
  queryKey: ["mail-variables"],
  queryFn: ({ signal }) => api.rehearsals.variables({}, { signal }),
  staleTime: 5 * 60_000,
});

const MOST = 100;

/** One's own and those that the team shares, the newest first, with the folders they lie in. */
export function templatesQuery(words = "") {
  return queryOptions({
    queryKey: ["templates", words],
    queryFn: ({ signal }) =>
      api.templates.search({ ...(words && { q_keywords: words }), per_page: MOST }, { signal }),
    staleTime: 60_000,
  });
}

function useTemplateWrite<Wish, Answer>(write: (wish: Wish) => Promise<Answer>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: write,
    onSuccess: () => void queries.invalidateQueries({ queryKey: ["templates"] }),
  });
}

export const useSaveTemplate = () =>
  useTemplateWrite(({ id, ...wish }: TemplateWish & { id: string | null }) =>
    id ? api.templates.update({ id, ...wish }) : api.templates.create(wish),
  );

export const useArchiveTemplate = () => useTemplateWrite((id: string) => api.templates.archive({ id }));

export const useStarTemplate = () =>
  useTemplateWrite(({ id, isStarred }: { id: string; isStarred: boolean }) =>
    isStarred ? api.stars.starTemplate({ id }) : api.stars.unstarTemplate({ id }),
  );

export const useMakeFolder = () =>
  useTemplateWrite((name: string) => api.folders.create({ kind: "templates", name }));

/** The template with the contact's values in it. Nothing is saved: the draft that would be made is only looked at. */
export async function filledFor(template: Template, contactId: string) {
  const { emailer_message: draft, missing_variables: missing } = await api.emailerMessages.create(
    { contact_id: contactId, emailer_template_id: template.id },
    { dryRun: true },
  );
  return { subject: draft.subject, html: draft.body_html ?? "", missing };
}

/** Whether it says something else to each contact. */
export function hasVariables({ subject, body_html }: Template) {
  return /\{[{%]/.test(`${subject ?? ""}${body_html ?? ""}`);
}
