-- Deadlines say by the configuration of which instant they were reckoned. For those that are there already it is the instant at which
-- they began to run: nothing had been configured then.
UPDATE "case_head" h SET "file" = jsonb_set(h."file", '{deadlines}', (
  SELECT coalesce(jsonb_object_agg(d."key", jsonb_build_object('setAt', d."value"->'anchor'->'at', 'workedOutAt', d."value"->'anchor'->'at') || d."value"), '{}')
  FROM jsonb_each(h."file"->'deadlines') d
)) WHERE h."file"->'deadlines' <> '{}';
