import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useReadShown } from "../../../parts/read-first.ts";
import { api } from "../../../session.ts";

export type CustomField = Awaited<
  ReturnType<typeof api.typedCustomFields.list>
>["typed_custom_fields"][number];
export type CustomFieldInput = Parameters<typeof api.customFields.create>[0];
export type FieldChange = Parameters<typeof api.customFields.update>[0]["fields"][number];

/** What the team has added. */
export const ownFieldsQuery = queryOptions({
  queryKey: ["fields"],
  queryFn: async () => (await api.typedCustomFields.list()).typed_custom_fields,
});

export function useOwnFields() {
  return useQuery(ownFieldsQuery);
}

export function useAddField() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (wish: CustomFieldInput) => api.customFields.create(wish),
    onSuccess: refresh,
  });
}

/** `shown`: the field as it was when the change began. */
export function useChangeField() {
  const refresh = useRefresh();
  const readShown = useReadShown();
  return useMutation({
    mutationFn: async ({ shown, ...change }: FieldChange & { shown: CustomField }) => {
      const told = ({ name, picklist_values }: CustomField) => [name, picklist_values];
      return readShown(ownFieldsQuery, { shown, told }, (given) =>
        api.customFields.update({ fields: [change] }, given),
      );
    },
    onSuccess: refresh,
  });
}

export function useDeleteField() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (id: string) => api.customFields.delete({ id }),
    onSuccess: () => void refresh(),
  });
}

function useRefresh() {
  const queries = useQueryClient();
  return () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: ownFieldsQuery.queryKey }),
      queries.invalidateQueries({ queryKey: ["history"] }),
    ]);
}
