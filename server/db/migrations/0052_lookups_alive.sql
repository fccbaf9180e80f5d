-- Whose process asks providers, and until when one of them may be answering: who stands still meanwhile is waited for as long as
-- they live, because what is answered may be paid for.
alter table lookup_claims add column life ident, add column asking_until timestamptz;
