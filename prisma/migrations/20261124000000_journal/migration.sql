-- CreateTable
CREATE TABLE "case_head" (
    "id" UUID NOT NULL,
    "ref" TEXT NOT NULL,
    "process" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "settled" TEXT,
    "unit" TEXT NOT NULL,
    "owner" TEXT,
    "title" TEXT NOT NULL,
    "grade" TEXT,
    "revision" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "file" JSONB NOT NULL,
    "about" JSONB NOT NULL,
    "viewers" TEXT[],
    "opened_by" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3),
    "escalation" INTEGER,
    "wake_at" TIMESTAMPTZ(3),
    "origin_root" UUID,
    "origin_type" TEXT,
    "object" TEXT,

    CONSTRAINT "case_head_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "case_key" (
    "case_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "case_key_pkey" PRIMARY KEY ("case_id","key","value")
);

-- CreateTable
CREATE TABLE "case_link" (
    "from_case" UUID NOT NULL,
    "to_case" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
    "direction" TEXT NOT NULL,

    CONSTRAINT "case_link_pkey" PRIMARY KEY ("from_case","n")
);

-- CreateTable
CREATE TABLE "involvement" (
    "seq" BIGSERIAL NOT NULL,
    "person" TEXT NOT NULL,
    "relation" TEXT NOT NULL,
    "object" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "involvement_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "inbox" (
    "case_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "n" INTEGER NOT NULL,
    "principal" TEXT NOT NULL,
    "task" TEXT NOT NULL,
    "except" TEXT[],
    "deadline" TEXT,
    "due_at" TIMESTAMPTZ(3),
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "inbox_pkey" PRIMARY KEY ("case_id","version","n")
);

-- CreateTable
CREATE TABLE "notification" (
    "id" BIGSERIAL NOT NULL,
    "person" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "case_id" UUID NOT NULL,
    "digest" BOOLEAN NOT NULL,
    "data" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "read_at" TIMESTAMPTZ(3),

    CONSTRAINT "notification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "evidence_content" (
    "sha256" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "size" INTEGER NOT NULL,
    "media_type" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "uploaded_by" TEXT NOT NULL,
    "uploaded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "evidence_content_pkey" PRIMARY KEY ("sha256")
);

-- CreateTable
CREATE TABLE "organisation_revision" (
    "revision" INTEGER NOT NULL,
    "data" JSONB NOT NULL,
    "data_hash" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "organisation_revision_pkey" PRIMARY KEY ("revision")
);

-- CreateTable
CREATE TABLE "entry" (
    "seq" BIGSERIAL NOT NULL,
    "stream" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "local_at" TEXT NOT NULL,
    "actor" TEXT,
    "on_behalf_of" TEXT,
    "role" TEXT NOT NULL,
    "from_state" TEXT,
    "to_state" TEXT NOT NULL,
    "definition" TEXT NOT NULL,
    "payload_hash" TEXT NOT NULL,
    "prev_hash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "entry_pkey" PRIMARY KEY ("stream","version")
);

-- CreateTable
CREATE TABLE "entry_payload" (
    "stream" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "salt" TEXT NOT NULL,
    "payload" JSONB,
    "snapshot" JSONB,

    CONSTRAINT "entry_payload_pkey" PRIMARY KEY ("stream","version")
);

-- CreateTable
CREATE TABLE "attempt" (
    "seq" BIGSERIAL NOT NULL,
    "number" INTEGER NOT NULL,
    "case_id" UUID,
    "person" TEXT NOT NULL,
    "command" TEXT NOT NULL,
    "rule" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "salt" TEXT NOT NULL,
    "reasons" JSONB NOT NULL,
    "payload_hash" TEXT NOT NULL,
    "prev_hash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "attempt_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "stream_head" (
    "stream" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "stream_head_pkey" PRIMARY KEY ("stream")
);

-- CreateTable
CREATE TABLE "command" (
    "id" TEXT NOT NULL,
    "case_id" UUID NOT NULL,
    "person" TEXT,
    "name" TEXT NOT NULL,
    "body" JSONB,
    "body_hash" TEXT NOT NULL,
    "if_match" INTEGER,
    "source" JSONB,
    "stored_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_at" TIMESTAMPTZ(3),
    "outcome" JSONB,

    CONSTRAINT "command_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbox" (
    "case_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "n" INTEGER NOT NULL,
    "effect" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("case_id","version","n")
);

-- CreateTable
CREATE TABLE "counter" (
    "name" TEXT NOT NULL,
    "value" INTEGER NOT NULL,

    CONSTRAINT "counter_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "auth_user" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "email_verified" BOOLEAN NOT NULL DEFAULT false,
    "image" TEXT,
    "person_id" TEXT NOT NULL,
    "created_at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "auth_user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "auth_session" (
    "id" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "expires_at" TIMESTAMP(3) NOT NULL,
    "ip_address" TEXT,
    "user_agent" TEXT,
    "user_id" TEXT NOT NULL,
    "created_at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "auth_session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "auth_account" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "access_token" TEXT,
    "refresh_token" TEXT,
    "id_token" TEXT,
    "access_token_expires_at" TIMESTAMP(3),
    "refresh_token_expires_at" TIMESTAMP(3),
    "scope" TEXT,
    "password" TEXT,
    "created_at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "auth_account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "auth_verification" (
    "id" TEXT NOT NULL,
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expires_at" TIMESTAMP(3) NOT NULL,
    "created_at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "auth_verification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "auth_api_key" (
    "id" TEXT NOT NULL,
    "config_id" TEXT NOT NULL DEFAULT 'default',
    "name" TEXT,
    "start" TEXT,
    "prefix" TEXT,
    "key" TEXT NOT NULL,
    "reference_id" TEXT NOT NULL,
    "refill_interval" INTEGER,
    "refill_amount" INTEGER,
    "last_refill_at" TIMESTAMP(3),
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "rate_limit_enabled" BOOLEAN NOT NULL DEFAULT false,
    "rate_limit_time_window" INTEGER,
    "rate_limit_max" INTEGER,
    "request_count" INTEGER NOT NULL DEFAULT 0,
    "remaining" INTEGER,
    "last_request" TIMESTAMP(3),
    "expires_at" TIMESTAMP(3),
    "permissions" TEXT,
    "metadata" TEXT,
    "created_at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "auth_api_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "one_time_link" (
    "token_hash" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "person_id" TEXT,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "one_time_link_pkey" PRIMARY KEY ("token_hash")
);

-- CreateIndex
CREATE UNIQUE INDEX "case_head_ref_key" ON "case_head"("ref");

-- CreateIndex
CREATE INDEX "case_head_process_state_idx" ON "case_head"("process", "state");

-- CreateIndex
CREATE INDEX "case_head_updated_at_id_idx" ON "case_head"("updated_at", "id");

-- CreateIndex
CREATE INDEX "case_head_opened_at_id_idx" ON "case_head"("opened_at", "id");

-- CreateIndex
CREATE INDEX "case_head_origin_root_origin_type_idx" ON "case_head"("origin_root", "origin_type");

-- CreateIndex
CREATE INDEX "case_key_key_value_idx" ON "case_key"("key", "value");

-- CreateIndex
CREATE INDEX "case_link_to_case_idx" ON "case_link"("to_case");

-- CreateIndex
CREATE INDEX "involvement_object_idx" ON "involvement"("object");

-- CreateIndex
CREATE INDEX "involvement_person_idx" ON "involvement"("person");

-- CreateIndex
CREATE INDEX "inbox_principal_due_at_case_id_idx" ON "inbox"("principal", "due_at", "case_id");

-- CreateIndex
CREATE INDEX "notification_person_id_idx" ON "notification"("person", "id");

-- CreateIndex
CREATE UNIQUE INDEX "notification_person_cause_key" ON "notification"("person", "cause");

-- CreateIndex
CREATE UNIQUE INDEX "entry_seq_key" ON "entry"("seq");

-- CreateIndex
CREATE UNIQUE INDEX "attempt_number_key" ON "attempt"("number");

-- CreateIndex
CREATE INDEX "attempt_case_id_idx" ON "attempt"("case_id");

-- CreateIndex
CREATE INDEX "command_case_id_stored_at_idx" ON "command"("case_id", "stored_at");

-- CreateIndex
CREATE UNIQUE INDEX "auth_user_email_key" ON "auth_user"("email");

-- CreateIndex
CREATE UNIQUE INDEX "auth_user_person_id_key" ON "auth_user"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "auth_session_token_key" ON "auth_session"("token");

-- CreateIndex
CREATE INDEX "auth_session_user_id_idx" ON "auth_session"("user_id");

-- CreateIndex
CREATE INDEX "auth_account_user_id_idx" ON "auth_account"("user_id");

-- CreateIndex
CREATE INDEX "auth_verification_identifier_idx" ON "auth_verification"("identifier");

-- CreateIndex
CREATE INDEX "auth_api_key_key_idx" ON "auth_api_key"("key");

-- CreateIndex
CREATE INDEX "auth_api_key_reference_id_idx" ON "auth_api_key"("reference_id");

-- AddForeignKey
ALTER TABLE "auth_session" ADD CONSTRAINT "auth_session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "auth_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "auth_account" ADD CONSTRAINT "auth_account_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "auth_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- CreateIndex
CREATE INDEX "case_head_viewers_idx" ON "case_head" USING GIN ("viewers");
