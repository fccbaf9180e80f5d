create index messages_next_weight on messages (team_id, next_weight, created_at);
