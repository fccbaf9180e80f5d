import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../../../session.ts";

export type Verification = NonNullable<
  Awaited<ReturnType<typeof api.emailVerifications.show>>["email_verification"]
>;
export type Settings = Awaited<ReturnType<typeof api.emailVerifications.settings>>["settings"];

export const verificationQuery = (contactId: string, email: string | null) =>
  queryOptions({
    queryKey: ["contacts", "verification", contactId, email],
    queryFn: async () => (await api.emailVerifications.show({ id: contactId })).email_verification,
    enabled: email !== null,
  });

export const settingsQuery = queryOptions({
  queryKey: ["verification", "settings"],
  queryFn: async () => (await api.emailVerifications.settings()).settings,
});

export function useChangeSettings() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (wish: Parameters<typeof api.emailVerifications.updateSettings>[0]) =>
      api.emailVerifications.updateSettings(wish),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["verification"] }),
  });
}

/** Until every one of them has been looked at, and told of how many have been. What it came to, by status. */
export async function verifyAndWait(
  contactIds: readonly string[],
  tell: (checked: number) => void = () => {},
) {
  const { entity_progress_job } = await api.emailVerifications.start({ contact_ids: [...contactIds] });
  for (;;) {
    const { entity_progress_job: job } = await api.progress.get({ id: entity_progress_job.id });
    if (job.finished_at) {
      if (job.error) throw new Error(job.error);
      return job.counts;
    }
    tell(job.done);
    await new Promise((resolve) => setTimeout(resolve, LOOKS_EVERY_MS));
  }
}

const LOOKS_EVERY_MS = 500;

export function useVerify() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (contactIds: readonly string[]) => verifyAndWait(contactIds),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["contacts"] }),
  });
}
