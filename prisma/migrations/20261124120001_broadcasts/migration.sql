-- CreateTable
CREATE TABLE "case_party" (
    "case_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "person" TEXT NOT NULL,

    CONSTRAINT "case_party_pkey" PRIMARY KEY ("case_id","role")
);

-- CreateTable
CREATE TABLE "broadcast" (
    "case_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "n" INTEGER NOT NULL,
    "command" TEXT NOT NULL,
    "scope" JSONB NOT NULL,
    "cursor" UUID,
    "targets" INTEGER NOT NULL,
    "waiting" INTEGER NOT NULL,
    "refused" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "paged_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "broadcast_pkey" PRIMARY KEY ("case_id","version","n")
);

-- CreateTable
CREATE TABLE "broadcast_result" (
    "case_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "n" INTEGER NOT NULL,
    "target" UUID NOT NULL,
    "outcome" TEXT,
    "reasons" JSONB,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "broadcast_result_pkey" PRIMARY KEY ("case_id","version","n","target")
);

-- CreateIndex
CREATE INDEX "case_party_person_idx" ON "case_party"("person");

-- CreateIndex
CREATE INDEX "broadcast_result_target_idx" ON "broadcast_result"("target");

-- CreateIndex
CREATE INDEX "case_head_unit_idx" ON "case_head"("unit");

-- Cases that are there already: who holds which party, and that they have told nobody and need nobody.
INSERT INTO "case_party" ("case_id", "role", "person")
  SELECT h."id", p."key", p."value" FROM "case_head" h, jsonb_each_text(h."file"->'parties') p;
UPDATE "case_head" SET "file" = "file" || '{"vacancies": [], "takeovers": [], "broadcasts": []}';
