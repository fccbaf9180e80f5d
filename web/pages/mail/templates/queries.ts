import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { useReadFirst } from "../../../parts/read-first.ts";
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
export function templatesQuery(words = "", isArchived = false) {
  return queryOptions({
    queryKey: ["templates", words, isArchived],
    queryFn: ({ signal }) =>
      api.templates.search(
        { ...(words && { q_keywords: words }), ...(isArchived && { archived: true }), per_page: MOST },
        { signal },
      ),
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

/** `shown`: the template as it was when the change began; null for a new one. */
export function useSaveTemplate(shown: Template | null) {
  const readFirst = useReadFirst();
  return useTemplateWrite(async (wish: TemplateWish) => {
    if (!shown) return api.templates.create(wish);
    const isShown = (one: Template) => one.id !== shown.id || isAlike(one, shown);
    return readFirst(
      templatesQuery("", shown.archived),
      (now) => now.emailer_templates.every(isShown),
      (now) => {
        const etag = now.emailer_templates.find(({ id }) => id === shown.id)?.etag;
        return api.templates.update({ id: shown.id, ...wish }, { ifMatch: etag });
      },
    );
  });
}

const TOLD = ["name", "subject", "body_html", "folder_id", "global"] as const;
const isAlike = (one: Template, other: Template) => TOLD.every((name) => one[name] === other[name]);

export const useArchiveTemplate = () =>
  useTemplateWrite(({ id, isArchived }: { id: string; isArchived: boolean }) =>
    api.templates.update({ id, archived: isArchived }),
  );

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
