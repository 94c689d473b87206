-- CreateTable
CREATE TABLE "directory_change" (
    "revision" INTEGER NOT NULL,
    "case_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "directory_change_pkey" PRIMARY KEY ("revision")
);

-- What was loaded before this table existed counts as well.
INSERT INTO "directory_change" ("revision", "case_id", "at") SELECT revision, NULL, at FROM "organisation_revision";
