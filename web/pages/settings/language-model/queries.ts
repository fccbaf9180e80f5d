import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, useIsAdmin } from "../../../session.ts";

type LanguageModelSettings = Awaited<ReturnType<typeof api.languageModel.show>>;
export type Model = NonNullable<LanguageModelSettings["language_model"]>;
export type UsedOn = LanguageModelSettings["usage"][number];
export type ModelWish = NonNullable<Parameters<typeof api.languageModel.save>[0]>;

const KEY = "language-model";

const modelQuery = queryOptions({ queryKey: [KEY], queryFn: () => api.languageModel.show() });

/** Admins only: to anybody else the server says no, so we do not ask. */
export function useModel() {
  return useQuery({ ...modelQuery, enabled: useIsAdmin() });
}

/** Word for word; of a contact who is named, as it would be told of them. */
export function usePrompts() {
  return useQuery({
    queryKey: [KEY, "prompts"],
    queryFn: () => api.languageModel.prompts(),
    enabled: useIsAdmin(),
  });
}

export function useSaveModel() {
  return useMutation({
    mutationFn: (wish: ModelWish) => api.languageModel.save(wish),
    onSuccess: useRefresh(),
  });
}

export function useTryModel() {
  return useMutation({ mutationFn: () => api.languageModel.test(), onSettled: useRefresh() });
}

export function useDisconnect() {
  return useMutation({ mutationFn: () => api.languageModel.delete(), onSuccess: useRefresh() });
}

function useRefresh() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: [KEY] });
}
