/** Placeholder: loads the example company, if it is not there yet; answers with lines to print. */
export async function loadDemo(_options: {
  databaseUrl: string;
  temporalAddress: string;
}): Promise<string[]> {
  return [];
}
