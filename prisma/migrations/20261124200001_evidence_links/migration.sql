-- AlterTable
ALTER TABLE "evidence_content" ADD COLUMN     "link" JSONB;
