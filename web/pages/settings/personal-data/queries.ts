import { queryOptions } from "@tanstack/react-query";
import { api } from "../../../session.ts";

export type RetentionRule = Awaited<ReturnType<typeof api.dataRetention.show>>["rules"][number];
export type RetentionCount = Awaited<ReturnType<typeof api.dataRetention.preview>>["counts"][number];
export type ProcessingRecord = Awaited<ReturnType<typeof api.processingRecords.show>>["processing_record"];

export const retentionQuery = queryOptions({
  queryKey: ["data retention"],
  queryFn: async () => (await api.dataRetention.show()).rules,
});

export const recordQuery = queryOptions({
  queryKey: ["record of processing"],
  queryFn: async () => (await api.processingRecords.show()).processing_record,
});
