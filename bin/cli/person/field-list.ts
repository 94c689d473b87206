/** As much of JSON schema as a line for people needs. */
interface Schema {
  type?: string;
  enum?: unknown[];
  properties?: Record<string, Schema>;
  required?: string[];
  reference?: string;
  format?: string;
  items?: Schema;
}

/** `grade=major|minor owner=<person> requirement=<text> [note=<text>]`: what goes into `--set`, the optional in brackets. */
export function fieldsOf(schema: unknown): string {
  const { properties = {}, required = [] } = schema as Schema;
  return Object.entries(properties)
    .map(([name, field]) => ({
      text: `${name}${signOf(field)}${kindOf(field)}`,
      isRequired: required.includes(name),
    }))
    .sort((one, other) => Number(other.isRequired) - Number(one.isRequired))
    .map(({ text, isRequired }) => (isRequired ? text : `[${text}]`))
    .join(' ');
}

function signOf({ type, enum: choices }: Schema): string {
  return type === undefined || type === 'string' || choices ? '=' : ':=';
}

function kindOf({ type, enum: choices, reference, format, items }: Schema): string {
  if (choices) return choices.join('|');
  if (type === 'array') return `<list${items?.reference ? ` of ${items.reference}` : ''}>`;
  return `<${reference ?? (format === 'date' ? 'date' : (nouns[type ?? ''] ?? 'value'))}>`;
}

const nouns: Record<string, string> = {
  string: 'text',
  integer: 'number',
  number: 'number',
  boolean: 'true or false',
  object: 'fields',
};
