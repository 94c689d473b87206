-- Cases that are there already: nobody has asked for a later date of theirs, none is on hold, nobody wants to call one off, and none was
-- approved under a condition.
UPDATE "case_head" SET "file" = '{"extensions": [], "hold": null, "cancelRequest": null, "conditions": []}'::jsonb || "file";
