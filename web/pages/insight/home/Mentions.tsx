import { Button, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { t } from "../../../language/t.ts";
import { Moment } from "../../../parts/Moment.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { api, useMe } from "../../../session.ts";
import { usePeople } from "../../settings/people/queries.ts";
import needs from "./NeedsYou.module.css";

const AT_ONCE = 10;

const keyOf = (userId: string) => ["mentions", userId];

export function useMentions() {
  const { user } = useMe();
  return useQuery({
    queryKey: keyOf(user.id),
    queryFn: () => api.notes.mentions({ unseen: true, per_page: AT_ONCE }),
    refetchInterval: 60_000,
  });
}

export type Mentions = NonNullable<ReturnType<typeof useMentions>["data"]>;
type Mention = Mentions["mentions"][number];

/** Notes in which teammates mention the viewer, until they are seen. */
export function MentionsPart({ mentions: { mentions, pagination } }: { mentions: Mentions }) {
  const beyond = pagination.total_entries - mentions.length;
  if (mentions.length === 0) return null;
  return (
    <section aria-labelledby="mentions" className={needs.part}>
      <h2 id="mentions" className={needs.title}>
        {t("Mentions")}
      </h2>
      <ul className={needs.list}>
        {mentions.map((mention) => (
          <MentionLine key={mention.note.id} mention={mention} />
        ))}
      </ul>
      {beyond > 0 && (
        <p className="soft small">
          {t("{beyond, number} earlier mentions. Mark these as seen to show them.", { beyond })}
        </p>
      )}
    </section>
  );
}

function MentionLine({ mention: { note, mentioned_by_user_id, mentioned_at, about } }: { mention: Mention }) {
  const { user } = useMe();
  const client = useQueryClient();
  const { data: people = [] } = usePeople();
  const by = people.find(({ id }) => id === mentioned_by_user_id)?.name ?? t("Former user");
  const seen = useMutation({
    mutationFn: () => api.notes.see({ id: note.id }),
    onSettled: () => client.invalidateQueries({ queryKey: keyOf(user.id) }),
  });
  const [first] = about;
  const page = first && PAGES[first.type];
  return (
    <li className={needs.line}>
      <span className={needs.words}>
        <Text span inherit lineClamp={3}>
          {note.content}
        </Text>
        <span className="soft small">
          {first
            ? t("{by} about {name}", { by, name: first.name ?? t("a record without a name") })
            : t("By {by}", { by })}
          , <Moment at={mentioned_at} />
        </span>
        {seen.error && <Trouble error={seen.error} onRetry={() => seen.mutate()} />}
      </span>
      {first && page && (
        <Link
          to={page}
          params={{ id: first.id }}
          search={{ tab: "notes" }}
          className={needs.verb}
          onClick={() => seen.mutate()}
          data-walk
        >
          {t("Open")}
        </Link>
      )}
      <Button variant="default" size="xs" loading={seen.isPending} onClick={() => seen.mutate()}>
        {t("Mark as seen")}
      </Button>
    </li>
  );
}

/** Where the note is read. A conversation has no page. */
const PAGES = {
  contact: "/contacts/$id",
  opportunity: "/deals/$id",
  account: "/companies/$id",
  conversation: undefined,
} as const;
