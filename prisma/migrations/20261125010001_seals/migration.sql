-- CreateTable
CREATE TABLE "seal" (
    "number" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "key" TEXT NOT NULL,
    "heads" INTEGER NOT NULL,
    "root" TEXT NOT NULL,
    "previous" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "signature" TEXT NOT NULL,

    CONSTRAINT "seal_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "seal_leaf" (
    "seal" INTEGER NOT NULL,
    "n" INTEGER NOT NULL,
    "stream" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "seal_leaf_pkey" PRIMARY KEY ("seal","n")
);

-- CreateTable
CREATE TABLE "seal_key" (
    "id" TEXT NOT NULL,
    "public_key" TEXT NOT NULL,
    "from_seal" INTEGER NOT NULL,
    "introduced_by" TEXT,
    "introduction" TEXT,

    CONSTRAINT "seal_key_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "seal_leaf_stream_version_key" ON "seal_leaf"("stream", "version");

-- CreateIndex
CREATE UNIQUE INDEX "seal_key_from_seal_key" ON "seal_key"("from_seal");

-- Like the journal itself: nothing of it is ever changed or taken back.
CREATE TRIGGER seal_append_only BEFORE UPDATE OR DELETE ON seal FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER seal_no_truncate BEFORE TRUNCATE ON seal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER seal_leaf_append_only BEFORE UPDATE OR DELETE ON seal_leaf FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER seal_leaf_no_truncate BEFORE TRUNCATE ON seal_leaf FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER seal_key_append_only BEFORE UPDATE OR DELETE ON seal_key FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER seal_key_no_truncate BEFORE TRUNCATE ON seal_key FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
