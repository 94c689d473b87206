-- CreateTable
CREATE TABLE "installation" (
    "id" INTEGER NOT NULL,
    "identity" TEXT NOT NULL,
    "start_mark" TEXT,
    "held_since" TIMESTAMPTZ(3),
    "held_because" TEXT,
    "verified_at" TIMESTAMPTZ(3),
    "verified_entries" INTEGER,
    "verify_problems" INTEGER,

    CONSTRAINT "installation_pkey" PRIMARY KEY ("id")
);
