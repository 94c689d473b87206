-- CreateTable
CREATE TABLE "case_claim" (
    "key" TEXT NOT NULL,
    "case_id" UUID NOT NULL,

    CONSTRAINT "case_claim_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE INDEX "case_claim_case_id_idx" ON "case_claim"("case_id");
