-- AlterTable
ALTER TABLE "involvement" ADD COLUMN     "on_behalf" BOOLEAN NOT NULL DEFAULT false;
