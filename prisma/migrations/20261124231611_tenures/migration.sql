-- CreateTable
CREATE TABLE "tenure" (
    "case_id" UUID NOT NULL,
    "party" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "person" TEXT NOT NULL,
    "began_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "tenure_pkey" PRIMARY KEY ("case_id","party","version")
);

-- CreateIndex
CREATE INDEX "tenure_person_idx" ON "tenure"("person");

-- From what is stored: parties as they were at the opening, at each change of state and wherever one changed; nobody holds anything in a case that has ended.
INSERT INTO "tenure" ("case_id", "party", "version", "person", "began_at", "ended_at")
WITH "states" AS (
    SELECT e."stream", e."version", e."at", s."payload", s."snapshot",
        (SELECT last."snapshot" ->> 'settled' FROM "entry_payload" last
         WHERE last."stream" = e."stream" AND last."version" <= e."version" AND last."snapshot" IS NOT NULL
         ORDER BY last."version" DESC LIMIT 1) AS "settled"
    FROM "entry" e
    JOIN "case_head" h ON h."id" = e."stream"
    JOIN "entry_payload" s ON s."stream" = e."stream" AND s."version" = e."version"
),
"said" AS (
    SELECT "stream", "version", "at", "settled", p."key" AS "party", p."value" AS "person", 0 AS "rank", 0::bigint AS "n"
    FROM "states", jsonb_each_text("snapshot" -> 'parties') p
    UNION ALL
    SELECT "stream", "version", "at", "settled", c."row" ->> 'role', c."row" ->> 'to', 1, -c."ordinality"
    FROM "states", jsonb_array_elements("payload" -> 'happenings') WITH ORDINALITY AS c("row", "ordinality")
    WHERE c."row" ->> 'kind' = 'partyChanged'
),
"points" AS (
    SELECT DISTINCT ON ("stream", "party", "version") "stream", "party", "version", "at", CASE WHEN "settled" IS NULL THEN "person" END AS "person"
    FROM "said"
    ORDER BY "stream", "party", "version", "rank", "n"
),
"compared" AS (
    SELECT *, lag("person") OVER "ofParty" AS "before"
    FROM "points"
    WINDOW "ofParty" AS (PARTITION BY "stream", "party" ORDER BY "version")
),
"changes" AS (
    SELECT *, lead("at") OVER "ofParty" AS "next"
    FROM "compared"
    WHERE "person" IS DISTINCT FROM "before"
    WINDOW "ofParty" AS (PARTITION BY "stream", "party" ORDER BY "version")
)
SELECT "stream", "party", "version", "person", "at", "next" FROM "changes" WHERE "person" IS NOT NULL;
