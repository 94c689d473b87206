/** Placeholder: the link by which the first person registers, or null where there are people. */
export async function setupLink(_databaseUrl: string, _publicUrl: string): Promise<string | null> {
  return null;
}
