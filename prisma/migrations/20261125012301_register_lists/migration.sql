-- What registers are sorted by, filtered by and counted by, worked out once when an entry is written instead of for every entry whenever one looks.

-- Where a risk lies in the matrix: likelihood, greatest impact of all dimensions, level; null without a rating.
CREATE FUNCTION "matrix_cell"(rating JSONB) RETURNS TEXT LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN (rating->>'likelihood') || ',' || greatest(rating->'impact'->'financial', rating->'impact'->'legal', rating->'impact'->'operational',
    rating->'impact'->'reputation', rating->'impact'->'safety', rating->'impact'->'privacy')::int::text || ',' || (rating->>'level');

-- AlterTable
ALTER TABLE "case_head"
  -- Of a risk that its owner has not confirmed yet the level that was proposed, or that it brought along; 1 low to 4 critical, 0 none.
  ADD COLUMN "level" INTEGER NOT NULL GENERATED ALWAYS AS (coalesce(array_position('{low,medium,high,critical}'::text[],
    coalesce("about"->>'level', "about"->>'proposalLevel', "about"->>'criticality')), 0)) STORED,
  ADD COLUMN "category" TEXT GENERATED ALWAYS AS ("about"->>'category') STORED,
  ADD COLUMN "current_cell" TEXT GENERATED ALWAYS AS (CASE WHEN "process" = 'risk' THEN
    coalesce("matrix_cell"("file"->'document'->'ratings'->'current'), "matrix_cell"("file"->'document'->'proposal'->'rating')) END) STORED,
  ADD COLUMN "inherent_cell" TEXT GENERATED ALWAYS AS (CASE WHEN "process" = 'risk' THEN "matrix_cell"("file"->'document'->'ratings'->'inherent') END) STORED,
  ADD COLUMN "residual_cell" TEXT GENERATED ALWAYS AS (CASE WHEN "process" = 'risk' THEN "matrix_cell"("file"->'document'->'ratings'->'residual') END) STORED;

-- One index for each order of a list, so that a page costs a page; whoever adds a register adds it here.
CREATE INDEX "register_by_ref" ON "case_head" ("process", "ref" COLLATE "C", "id") WHERE "process" IN ('asset', 'businessProcess', 'control', 'risk', 'supplier');
CREATE INDEX "register_by_title" ON "case_head" ("process", lower("title") COLLATE "C", "id") WHERE "process" IN ('asset', 'businessProcess', 'control', 'risk', 'supplier');
CREATE INDEX "register_by_owner" ON "case_head" ("process", coalesce("owner", '') COLLATE "C", "id") WHERE "process" IN ('asset', 'businessProcess', 'control', 'risk', 'supplier');
CREATE INDEX "register_by_update" ON "case_head" ("process", "updated_at", "id") WHERE "process" IN ('asset', 'businessProcess', 'control', 'risk', 'supplier');
CREATE INDEX "register_by_level" ON "case_head" ("process", "level", "id") WHERE "process" IN ('asset', 'businessProcess', 'control', 'risk', 'supplier');
CREATE INDEX "register_by_due" ON "case_head" ("process", coalesce("due_at", 'infinity'), "id") WHERE "process" IN ('asset', 'businessProcess', 'control', 'risk', 'supplier');

-- And for what they are filtered by, where few entries remain: plain columns, of which PostgreSQL knows how many have which value.
CREATE INDEX "register_of_owner" ON "case_head" ("process", "owner") WHERE "process" IN ('asset', 'businessProcess', 'control', 'risk', 'supplier');
CREATE INDEX "register_in_unit" ON "case_head" ("process", "unit") WHERE "process" IN ('asset', 'businessProcess', 'control', 'risk', 'supplier');
CREATE INDEX "register_in_category" ON "case_head" ("process", "category") WHERE "process" IN ('asset', 'businessProcess', 'control', 'risk', 'supplier');

-- For what somebody types, if the server brings pg_trgm (it belongs to PostgreSQL, but some packages leave it out); without it all titles are read.
DO $$ BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  CREATE INDEX "register_with_words" ON "case_head" USING gin ("title" gin_trgm_ops) WHERE "process" IN ('asset', 'businessProcess', 'control', 'risk', 'supplier');
EXCEPTION WHEN undefined_file OR feature_not_supported OR insufficient_privilege OR undefined_object THEN
  RAISE NOTICE 'pg_trgm is not there: searching in large registers takes longer';
END $$;
