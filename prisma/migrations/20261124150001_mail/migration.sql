-- AlterTable
ALTER TABLE "notification" ADD COLUMN     "mail_id" BIGINT,
ADD COLUMN     "mailing" TEXT;

-- CreateTable
CREATE TABLE "mail" (
    "id" BIGSERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "person" TEXT NOT NULL,
    "way" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "next_at" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "attempt" UUID,
    "claimed_until" TIMESTAMPTZ(3),
    "content_at" TIMESTAMPTZ(3),
    "uncertain" BOOLEAN NOT NULL DEFAULT false,
    "deferred_at" TIMESTAMPTZ(3),
    "dated_at" TIMESTAMPTZ(3),
    "message_id" TEXT,
    "problem" TEXT,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "mail_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mail_preference" (
    "person" TEXT NOT NULL,
    "language" TEXT,
    "choices" JSONB NOT NULL,

    CONSTRAINT "mail_preference_pkey" PRIMARY KEY ("person")
);

-- CreateIndex
CREATE UNIQUE INDEX "mail_key_key" ON "mail"("key");

-- CreateIndex
CREATE INDEX "mail_state_next_at_id_idx" ON "mail"("state", "next_at", "id");

-- CreateIndex
CREATE INDEX "mail_person_way_state_idx" ON "mail"("person", "way", "state");

-- CreateIndex
CREATE INDEX "notification_mailing_id_idx" ON "notification"("mailing", "id");

-- CreateIndex
CREATE INDEX "notification_mail_id_idx" ON "notification"("mail_id");

-- What people were told before there was mail stays in the application.
UPDATE "notification" SET "mailing" = 'inApp: before mail';
