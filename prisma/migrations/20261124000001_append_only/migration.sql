-- The journal is append-only, and the database itself sees to it: entries and attempts are never updated, deleted or truncated,
-- whoever asks (rules §4.1). What was said (entry_payload) may only ever be emptied, and only by the redaction function.

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER entry_append_only BEFORE UPDATE OR DELETE ON entry FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER entry_no_truncate BEFORE TRUNCATE ON entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER attempt_append_only BEFORE UPDATE OR DELETE ON attempt FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER attempt_no_truncate BEFORE TRUNCATE ON attempt FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION refuse_all_but_redaction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND current_setting('isms.redacting', true) = 'on'
     AND NEW.payload IS NULL AND NEW.snapshot IS NULL
     AND NEW.stream = OLD.stream AND NEW.version = OLD.version AND NEW.salt = OLD.salt THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '% may only be emptied by redaction: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER entry_payload_kept BEFORE UPDATE OR DELETE ON entry_payload FOR EACH ROW EXECUTE FUNCTION refuse_all_but_redaction();
CREATE TRIGGER entry_payload_no_truncate BEFORE TRUNCATE ON entry_payload FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What is still waiting is looked for every few seconds: small partial indexes instead of scans.
CREATE INDEX command_undecided ON command (stored_at) WHERE decided_at IS NULL;
CREATE INDEX outbox_undone ON outbox (created_at) WHERE done_at IS NULL;
CREATE INDEX case_head_wake ON case_head (wake_at, id) WHERE wake_at IS NOT NULL;
CREATE INDEX case_head_open ON case_head (wake_at NULLS LAST, id) WHERE settled IS NULL;
